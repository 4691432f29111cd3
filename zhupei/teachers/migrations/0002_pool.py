"""The pool as it is reviewed: evidence, trades, review state, contracts, studies.

Teachers of before were taken in by the region and stay in the pool.
Locks: teachers_teacher and teachers_engagement for a moment while columns are added. Fails when
somebody is full-time in two places at once: end one engagement first.
Reverse: drops the new tables and columns, and what they hold.
"""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('core', '0003_waiting_files_and_series'),
        ('organizations', '0001_initial'),
        ('people', '0001_initial'),
        ('syllabus', '0001_initial'),
        ('teachers', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Qualification',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.TextField(choices=[('title', '职称证书'), ('skill', '职业技能等级证书'), ('teaching', '教师资格证'), ('degree', '学历学位证书'), ('practice', '工作经历证明')], verbose_name='类别')),
                ('name', models.TextField(verbose_name='名称')),
                ('number', models.TextField(blank=True, verbose_name='证书编号')),
                ('issued_on', models.DateField(verbose_name='发证日期')),
                ('valid_until', models.DateField(blank=True, null=True, verbose_name='有效期止')),
            ],
            options={
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('kind__in', ['title', 'skill', 'teaching', 'degree', 'practice'])), name='qualification_kind_known'),
                    models.CheckConstraint(condition=models.Q(('valid_until__gte', models.F('issued_on'))), name='qualification_ends_after_issue', violation_error_message='结束早于开始，请检查两个日期。'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Study',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.TextField(verbose_name='研修内容')),
                ('host', models.TextField(verbose_name='举办单位')),
                ('starts_on', models.DateField(verbose_name='开始日期')),
                ('ends_on', models.DateField(verbose_name='结束日期')),
                ('seconds', models.PositiveIntegerField(help_text='seconds; 2700 are one 学时', verbose_name='学时')),
                ('confirmed_at', models.DateTimeField(editable=False, null=True)),
                ('confirmed_by_name', models.TextField(editable=False, null=True)),
            ],
            options={
                'verbose_name_plural': 'studies',
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('ends_on__gte', models.F('starts_on'))), name='study_ends_after_it_begins', violation_error_message='结束早于开始，请检查两个日期。'),
                    models.CheckConstraint(condition=models.Q(models.Q(('confirmed_at__isnull', True), ('confirmed_by_name__isnull', True)), models.Q(('confirmed_at__isnull', False), ('confirmed_by_name__isnull', False)), _connector='OR'), name='study_confirmed_by_somebody'),
                    models.CheckConstraint(condition=models.Q(('seconds__gt', 0)), name='study_takes_time'),
                ],
            },
        ),
        migrations.AddField(
            model_name='engagement',
            name='contract',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.storedfile', verbose_name='合同或聘书'),
        ),
        migrations.AddField(
            model_name='engagement',
            name='contract_until',
            field=models.DateField(blank=True, null=True, verbose_name='合同或聘书期限'),
        ),
        migrations.AddField(
            model_name='engagement',
            name='insurance',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.storedfile', verbose_name='社保缴费记录'),
        ),
        migrations.AddField(
            model_name='engagement',
            name='insured_until',
            field=models.DateField(blank=True, null=True, verbose_name='社保缴至'),
        ),
        migrations.AddField(
            model_name='teacher',
            name='applied_at',
            field=models.DateTimeField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name='teacher',
            name='due_at',
            field=models.DateTimeField(editable=False, null=True, verbose_name='审核时限'),
        ),
        migrations.AddField(
            model_name='teacher',
            name='education',
            field=models.TextField(blank=True, verbose_name='学历'),
        ),
        migrations.AddField(
            model_name='teacher',
            name='proposed_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.organization', verbose_name='报送单位'),
        ),
        migrations.AddField(
            model_name='teacher',
            name='rank',
            field=models.TextField(choices=[('none', '无职称'), ('junior', '初级'), ('intermediate', '中级'), ('senior', '高级及以上')], default='none', verbose_name='职称级别'),
        ),
        migrations.AddField(
            model_name='teacher',
            name='state',
            field=models.TextField(choices=[('draft', '填报中'), ('applied', '待审核'), ('returned', '退回补正'), ('admitted', '在库'), ('removed', '已出库')], default='admitted', editable=False),
        ),
        migrations.AlterField(
            model_name='teacher',
            name='state',
            field=models.TextField(choices=[('draft', '填报中'), ('applied', '待审核'), ('returned', '退回补正'), ('admitted', '在库'), ('removed', '已出库')], default='draft', editable=False),
        ),
        migrations.AddField(
            model_name='teacher',
            name='trades',
            field=models.ManyToManyField(blank=True, related_name='teachers', to='syllabus.job', verbose_name='任教专业工种'),
        ),
        migrations.AlterField(
            model_name='engagement',
            name='since',
            field=models.DateField(verbose_name='聘用日期'),
        ),
        migrations.AlterField(
            model_name='engagement',
            name='until',
            field=models.DateField(blank=True, null=True, verbose_name='解聘日期'),
        ),
        migrations.AlterField(
            model_name='teacher',
            name='in_pool_since',
            field=models.DateField(editable=False, null=True, verbose_name='入库日期'),
        ),
        migrations.AddConstraint(
            model_name='engagement',
            constraint=models.UniqueConstraint(models.F('teacher'), condition=models.Q(('full_time', True), ('until__isnull', True)), name='engagement_full_time_in_one_place', violation_error_message='这位教师已是另一家机构的专职教师。'),
        ),
        migrations.AddConstraint(
            model_name='teacher',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['draft', 'applied', 'returned', 'admitted', 'removed'])), name='teacher_state_known'),
        ),
        migrations.AddConstraint(
            model_name='teacher',
            constraint=models.CheckConstraint(condition=models.Q(('rank__in', ['none', 'junior', 'intermediate', 'senior'])), name='teacher_rank_known'),
        ),
        migrations.AddConstraint(
            model_name='teacher',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'admitted'), _negated=True), ('in_pool_since__isnull', False), _connector='OR'), name='teacher_in_the_pool_since_a_day'),
        ),
        migrations.AddField(
            model_name='qualification',
            name='file',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.storedfile'),
        ),
        migrations.AddField(
            model_name='qualification',
            name='teacher',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='qualifications', to='teachers.teacher'),
        ),
        migrations.AddField(
            model_name='study',
            name='file',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.storedfile', verbose_name='证明'),
        ),
        migrations.AddField(
            model_name='study',
            name='teacher',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='studies', to='teachers.teacher'),
        ),
    ]
