"""The whole file of an institution: staff, policies, stations, ledgers, platforms, standing.

Locks: institutions_room for a moment while columns are added; the other tables are new.
Reverse: drops the new tables and columns, and what they hold.
"""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('core', '0003_waiting_files_and_series'),
        ('institutions', '0001_initial'),
        ('organizations', '0001_initial'),
        ('syllabus', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Admission',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.TextField(choices=[('filing', '建档中'), ('applied', '待准入'), ('returned', '退回补正'), ('active', '正常'), ('suspended', '暂停业务'), ('left', '已退出')], default='filing', editable=False)),
                ('applied_at', models.DateTimeField(editable=False, null=True)),
                ('admitted_on', models.DateField(editable=False, null=True, verbose_name='准入日期')),
            ],
            options={
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('state__in', ['filing', 'applied', 'returned', 'active', 'suspended', 'left'])), name='admission_state_known'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Consumable',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.TextField(verbose_name='名称')),
                ('unit', models.TextField(verbose_name='单位')),
                ('balance', models.DecimalField(decimal_places=2, default=0, editable=False, max_digits=12, verbose_name='结存')),
            ],
            options={
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('balance__gte', 0)), name='consumable_is_not_overdrawn', violation_error_message='领用超过结存。'),
                ],
            },
        ),
        migrations.CreateModel(
            name='ConsumableEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('on', models.DateField(verbose_name='日期')),
                ('direction', models.TextField(choices=[('in', '入库'), ('out', '领用')], verbose_name='收发')),
                ('quantity', models.DecimalField(decimal_places=2, max_digits=12, verbose_name='数量')),
                ('purpose', models.TextField(blank=True, verbose_name='用途或来源')),
            ],
            options={
                'verbose_name_plural': 'consumable entries',
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('direction__in', ['in', 'out'])), name='consumable_direction_known'),
                    models.CheckConstraint(condition=models.Q(('quantity__gt', 0)), name='consumable_entry_counts_something'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Equipment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.TextField(verbose_name='设备编号')),
                ('name', models.TextField(verbose_name='名称')),
                ('model', models.TextField(blank=True, verbose_name='规格型号')),
                ('quantity', models.PositiveIntegerField(default=1, verbose_name='数量')),
                ('bought_on', models.DateField(blank=True, null=True, verbose_name='购置日期')),
                ('condition', models.TextField(choices=[('good', '完好'), ('repair', '待修'), ('retired', '报废')], default='good', verbose_name='状况')),
            ],
            options={
                'verbose_name_plural': 'equipment',
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('condition__in', ['good', 'repair', 'retired'])), name='equipment_condition_known'),
                    models.CheckConstraint(condition=models.Q(('quantity__gt', 0)), name='equipment_counts_something'),
                ],
            },
        ),
        migrations.CreateModel(
            name='EquipmentUse',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('used_on', models.DateField(verbose_name='使用日期')),
                ('minutes', models.PositiveIntegerField(verbose_name='使用时长（分钟）')),
                ('purpose', models.TextField(verbose_name='用途')),
                ('user_name', models.TextField(verbose_name='使用人')),
            ],
        ),
        migrations.CreateModel(
            name='Platform',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.TextField(verbose_name='平台名称')),
                ('url', models.URLField(verbose_name='网址')),
                ('owner', models.TextField(choices=[('own', '自有'), ('others', '第三方')], verbose_name='来源')),
                ('provider', models.TextField(verbose_name='运营单位')),
                ('assessed_on', models.DateField(blank=True, null=True, verbose_name='评估通过日期')),
                ('valid_until', models.DateField(blank=True, null=True, verbose_name='评估有效期止')),
                ('ended_on', models.DateField(blank=True, null=True, verbose_name='停用日期')),
            ],
            options={
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('owner__in', ['own', 'others'])), name='platform_owner_known'),
                    models.CheckConstraint(condition=models.Q(('valid_until__gte', models.F('assessed_on'))), name='platform_assessment_lasts', violation_error_message='结束早于开始，请检查两个日期。'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Policy',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.TextField(choices=[('teaching', '教学管理制度'), ('learners', '学员管理制度'), ('workshops', '实训室管理制度'), ('safety', '安全管理制度'), ('logistics', '后勤保障管理制度'), ('emergencies', '应急预案'), ('staff', '工作人员管理制度'), ('assessment', '考核细则')], verbose_name='制度')),
                ('title', models.TextField(verbose_name='名称')),
                ('adopted_on', models.DateField(verbose_name='施行日期')),
                ('replaced_on', models.DateField(blank=True, editable=False, null=True)),
            ],
            options={
                'verbose_name_plural': 'policies',
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('kind__in', ['teaching', 'learners', 'workshops', 'safety', 'logistics', 'emergencies', 'staff', 'assessment'])), name='policy_kind_known'),
                    models.CheckConstraint(condition=models.Q(('replaced_on__gte', models.F('adopted_on'))), name='policy_replaced_after_adoption', violation_error_message='结束早于开始，请检查两个日期。'),
                ],
            },
        ),
        migrations.CreateModel(
            name='StaffMember',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('post', models.TextField(choices=[('head', '负责人'), ('manager', '管理人员')], verbose_name='岗位')),
                ('name', models.TextField(verbose_name='姓名')),
                ('title', models.TextField(blank=True, verbose_name='职称')),
                ('rank', models.TextField(choices=[('none', '无职称'), ('junior', '初级'), ('intermediate', '中级'), ('senior', '高级及以上')], default='none', verbose_name='职称级别')),
                ('full_time', models.BooleanField(default=True, verbose_name='专职')),
                ('charge', models.TextField(blank=True, choices=[('site_post', '施工现场专业人员'), ('trade', '技能工人'), ('municipal', '市政公用')], verbose_name='负责的培训类别')),
                ('managing_since', models.DateField(blank=True, null=True, verbose_name='从事教学管理始于')),
                ('since', models.DateField(verbose_name='任职日期')),
                ('until', models.DateField(blank=True, null=True, verbose_name='离任日期')),
            ],
            options={
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('post__in', ['head', 'manager'])), name='staff_post_known'),
                    models.CheckConstraint(condition=models.Q(('rank__in', ['none', 'junior', 'intermediate', 'senior'])), name='staff_rank_known'),
                    models.CheckConstraint(condition=models.Q(('charge__in', ['', 'site_post', 'trade', 'municipal'])), name='staff_charge_known'),
                    models.CheckConstraint(condition=models.Q(('until__gte', models.F('since'))), name='staff_leaves_after_coming', violation_error_message='结束早于开始，请检查两个日期。'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Station',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('count', models.PositiveSmallIntegerField(verbose_name='工位')),
            ],
            options={
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('count__gt', 0)), name='station_counts_something'),
                ],
            },
        ),
        migrations.AddField(
            model_name='room',
            name='closed_on',
            field=models.DateField(blank=True, null=True, verbose_name='停用日期'),
        ),
        migrations.AddField(
            model_name='room',
            name='computers',
            field=models.PositiveSmallIntegerField(default=0, verbose_name='机位'),
        ),
        migrations.AddField(
            model_name='room',
            name='fire_checked_on',
            field=models.DateField(blank=True, null=True, verbose_name='消防检查日期'),
        ),
        migrations.AddField(
            model_name='room',
            name='fire_paper',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.storedfile', verbose_name='消防检查记录'),
        ),
        migrations.AddField(
            model_name='room',
            name='fire_valid_until',
            field=models.DateField(blank=True, null=True, verbose_name='下次消防检查不晚于'),
        ),
        migrations.AddField(
            model_name='room',
            name='lease_until',
            field=models.DateField(blank=True, null=True, verbose_name='租期或协议至'),
        ),
        migrations.AddField(
            model_name='room',
            name='tenure',
            field=models.TextField(choices=[('owned', '自有'), ('leased', '租赁'), ('shared', '依托企业或学校')], default='owned', verbose_name='产权'),
        ),
        migrations.AddConstraint(
            model_name='room',
            constraint=models.CheckConstraint(condition=models.Q(('tenure__in', ['owned', 'leased', 'shared'])), name='room_tenure_known'),
        ),
        migrations.AddConstraint(
            model_name='room',
            constraint=models.CheckConstraint(condition=models.Q(('tenure', 'owned'), ('lease_until__isnull', False), _connector='OR'), name='room_not_owned_has_a_term', violation_error_message='租赁或依托的场地要写明租期或协议到哪一天。'),
        ),
        migrations.AddConstraint(
            model_name='room',
            constraint=models.CheckConstraint(condition=models.Q(('fire_valid_until__gte', models.F('fire_checked_on'))), name='room_fire_check_lasts_after_it_is_made', violation_error_message='结束早于开始，请检查两个日期。'),
        ),
        migrations.AddField(
            model_name='admission',
            name='organization',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='admission', to='organizations.organization'),
        ),
        migrations.AddField(
            model_name='consumable',
            name='job',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='syllabus.job', verbose_name='适用工种'),
        ),
        migrations.AddField(
            model_name='consumable',
            name='organization',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='consumables', to='organizations.organization'),
        ),
        migrations.AddField(
            model_name='consumableentry',
            name='consumable',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='entries', to='institutions.consumable'),
        ),
        migrations.AddField(
            model_name='consumableentry',
            name='organization',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.organization'),
        ),
        migrations.AddField(
            model_name='equipment',
            name='job',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='syllabus.job', verbose_name='适用工种'),
        ),
        migrations.AddField(
            model_name='equipment',
            name='organization',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='equipment', to='organizations.organization'),
        ),
        migrations.AddField(
            model_name='equipment',
            name='room',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='institutions.room', verbose_name='存放场地'),
        ),
        migrations.AddField(
            model_name='equipmentuse',
            name='equipment',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='uses', to='institutions.equipment'),
        ),
        migrations.AddField(
            model_name='equipmentuse',
            name='organization',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.organization'),
        ),
        migrations.AddField(
            model_name='platform',
            name='organization',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='platforms', to='organizations.organization'),
        ),
        migrations.AddField(
            model_name='platform',
            name='paper',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.storedfile', verbose_name='评估结论'),
        ),
        migrations.AddField(
            model_name='policy',
            name='file',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.storedfile', verbose_name='制度文本'),
        ),
        migrations.AddField(
            model_name='policy',
            name='organization',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='policies', to='organizations.organization'),
        ),
        migrations.AddField(
            model_name='staffmember',
            name='organization',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='staff', to='organizations.organization'),
        ),
        migrations.AddField(
            model_name='staffmember',
            name='proof',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.storedfile', verbose_name='聘书或社保证明'),
        ),
        migrations.AddField(
            model_name='station',
            name='job',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='syllabus.job', verbose_name='工种'),
        ),
        migrations.AddField(
            model_name='station',
            name='organization',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='stations', to='organizations.organization'),
        ),
        migrations.AddField(
            model_name='station',
            name='room',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='station_rows', to='institutions.room', verbose_name='场地'),
        ),
        migrations.AddConstraint(
            model_name='consumable',
            constraint=models.UniqueConstraint(models.F('organization'), models.F('name'), name='consumable_name_once', violation_error_message='这种耗材已经登记过。'),
        ),
        migrations.AddIndex(
            model_name='consumableentry',
            index=models.Index(fields=['consumable', '-on'], name='consumable_entry_by_day'),
        ),
        migrations.AddConstraint(
            model_name='equipment',
            constraint=models.UniqueConstraint(models.F('organization'), models.F('number'), name='equipment_number_once', violation_error_message='这个设备编号已经登记过。'),
        ),
        migrations.AddIndex(
            model_name='equipmentuse',
            index=models.Index(fields=['equipment', '-used_on'], name='equipment_use_by_day'),
        ),
        migrations.AddConstraint(
            model_name='platform',
            constraint=models.UniqueConstraint(models.F('organization'), models.F('name'), condition=models.Q(('ended_on__isnull', True)), name='platform_once_at_a_time', violation_error_message='这个平台已经登记过。'),
        ),
        migrations.AddConstraint(
            model_name='policy',
            constraint=models.UniqueConstraint(models.F('organization'), models.F('kind'), condition=models.Q(('replaced_on__isnull', True)), name='policy_one_of_a_kind_in_force'),
        ),
        migrations.AddConstraint(
            model_name='staffmember',
            constraint=models.UniqueConstraint(models.F('organization'), condition=models.Q(('post', 'head'), ('until__isnull', True)), name='staff_one_head_at_a_time', violation_error_message='已有在任的负责人。请先登记他的离任日期。'),
        ),
        migrations.AddConstraint(
            model_name='station',
            constraint=models.UniqueConstraint(models.F('room'), models.F('job'), name='station_once_a_room_and_job'),
        ),
    ]
