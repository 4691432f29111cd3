"""The first tables of venues: designations, sites, seats.

Locks: none, the tables are new.
Reverse: drops them.
"""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('core', '0005_delivery_and_wordings'),
        ('institutions', '0005_numbers_and_papers'),
        ('organizations', '0002_roles_of_the_exam'),
        ('syllabus', '0004_no_ministry_code'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Designation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.CharField(editable=False, max_length=20, null=True, unique=True, verbose_name='编号')),
                ('valid_from', models.DateField(verbose_name='有效期起')),
                ('valid_until', models.DateField(verbose_name='有效期止')),
                ('conditions', models.TextField(blank=True, verbose_name='条件和要求')),
                ('housing_signed_at', models.DateTimeField(editable=False, null=True)),
                ('hr_signed_at', models.DateTimeField(editable=False, null=True)),
                ('state', models.TextField(choices=[('draft', '起草中'), ('signed', '待另一部门签署'), ('in_force', '已确定'), ('suspended', '暂停'), ('withdrawn', '已撤销'), ('dropped', '已作废')], default='draft', editable=False)),
                ('affiliates', models.ManyToManyField(blank=True, related_name='+', to='organizations.organization', verbose_name='同属一个单位的培训机构')),
                ('housing', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.organization', verbose_name='住建部门')),
                ('housing_signed_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('hr', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.organization', verbose_name='人社部门')),
                ('hr_signed_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('jobs', models.ManyToManyField(related_name='+', to='syllabus.job', verbose_name='岗位、工种')),
                ('organization', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='designations', to='organizations.organization', verbose_name='考核机构')),
                ('prefecture', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.division', verbose_name='地州市')),
                ('stopped_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.organization', verbose_name='暂停的部门')),
            ],
            options={
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('state__in', ['draft', 'signed', 'in_force', 'suspended', 'withdrawn', 'dropped'])), name='designation_state_known'),
                    models.CheckConstraint(condition=models.Q(('valid_until__gte', models.F('valid_from'))), name='designation_ends_after_it_begins', violation_error_message='结束早于开始，请检查两个日期。'),
                    models.CheckConstraint(condition=models.Q(models.Q(('housing_signed_at__isnull', True), ('housing_signed_by__isnull', True)), models.Q(('housing_signed_at__isnull', False), ('housing_signed_by__isnull', False)), _connector='OR'), name='designation_housing_signed'),
                    models.CheckConstraint(condition=models.Q(models.Q(('hr_signed_at__isnull', True), ('hr_signed_by__isnull', True)), models.Q(('hr_signed_at__isnull', False), ('hr_signed_by__isnull', False)), _connector='OR'), name='designation_hr_signed'),
                    models.CheckConstraint(condition=models.Q(models.Q(('housing_signed_at__isnull', False), ('hr_signed_at__isnull', False)), models.Q(('state__in', ['in_force', 'suspended', 'withdrawn']), _negated=True), _connector='OR'), name='designation_in_force_signed_by_both'),
                    models.CheckConstraint(condition=models.Q(('stopped_by__isnull', False), models.Q(('state', 'suspended'), _negated=True), _connector='OR'), name='designation_suspended_by_a_department'),
                ],
                'indexes': [
                    models.Index(fields=['organization', 'prefecture'], name='designation_by_body'),
                    models.Index(fields=['prefecture', 'state'], name='designation_by_prefecture'),
                ],
            },
        ),
        migrations.CreateModel(
            name='DesignationDocument',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.TextField(choices=[('application', '考核机构申请材料'), ('minutes', '联合评审意见'), ('decision', '确定文件'), ('other', '其他材料')], default='other', verbose_name='类别')),
                ('designation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='documents', to='venues.designation')),
                ('file', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.storedfile')),
            ],
            options={
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('kind__in', ['application', 'minutes', 'decision', 'other'])), name='designation_document_kind_known'),
                ],
            },
        ),
        migrations.CreateModel(
            name='RoomCheck',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('done', models.JSONField(help_text='keys of words.CHECKLIST that were in order')),
                ('working', models.PositiveSmallIntegerField(help_text='machines in order that day')),
                ('broken', models.PositiveSmallIntegerField(help_text='machines out of order that day')),
                ('note', models.TextField(blank=True, verbose_name='说明')),
                ('made_at', models.DateTimeField()),
                ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('room', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='checks', to='institutions.room')),
            ],
            options={
                'indexes': [
                    models.Index(fields=['room', '-made_at'], name='room_check_newest'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Seat',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField(verbose_name='座位号')),
                ('row', models.PositiveSmallIntegerField(verbose_name='排')),
                ('column', models.PositiveSmallIntegerField(verbose_name='列')),
                ('usable', models.BooleanField(default=True, verbose_name='可用')),
                ('spare', models.BooleanField(default=False, verbose_name='备用')),
                ('machine', models.TextField(blank=True, verbose_name='机器编号')),
                ('asset_tag', models.TextField(blank=True, verbose_name='资产编号')),
                ('condition', models.TextField(choices=[('unknown', '未检查'), ('ok', '正常'), ('broken', '故障')], default='unknown', verbose_name='设备状态')),
                ('checked_at', models.DateTimeField(editable=False, null=True, verbose_name='检查时间')),
                ('note', models.TextField(blank=True, verbose_name='备注')),
                ('checked_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('room', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='exam_seats', to='institutions.room')),
            ],
            options={
                'ordering': ['room', 'row', 'column'],
                'constraints': [
                    models.UniqueConstraint(models.F('room'), models.F('number'), name='seat_number_once_a_room'),
                    models.UniqueConstraint(models.F('room'), models.F('row'), models.F('column'), name='seat_place_once_a_room'),
                    models.CheckConstraint(condition=models.Q(('condition__in', ['unknown', 'ok', 'broken'])), name='seat_condition_known'),
                    models.CheckConstraint(condition=models.Q(models.Q(('checked_at__isnull', True), ('checked_by__isnull', True)), models.Q(('checked_at__isnull', False), ('checked_by__isnull', False)), _connector='OR'), name='seat_checked_by_somebody'),
                    models.CheckConstraint(condition=models.Q(('column__gt', 0), ('number__gt', 0), ('row__gt', 0)), name='seat_counts_from_one'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Site',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.TextField(verbose_name='考点名称')),
                ('address', models.TextField(verbose_name='地址')),
                ('directions', models.TextField(blank=True, verbose_name='怎样到达')),
                ('contact', models.TextField(verbose_name='联系人')),
                ('contact_phone', models.TextField(verbose_name='联系电话')),
                ('accessibility', models.TextField(blank=True, verbose_name='无障碍条件')),
                ('closed_on', models.DateField(blank=True, editable=False, null=True, verbose_name='停用日期')),
                ('division', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.division', verbose_name='所在县市')),
                ('organization', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sites', to='organizations.organization')),
                ('prefecture', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.division')),
            ],
            options={
                'constraints': [
                    models.UniqueConstraint(models.F('organization'), models.F('name'), name='site_name_once', violation_error_message='已有一个同名的考点。请换一个名称。'),
                ],
            },
        ),
        migrations.CreateModel(
            name='ExamRoom',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('front', models.TextField(blank=True, verbose_name='讲台位置和入口')),
                ('spacing', models.TextField(blank=True, verbose_name='座位间距')),
                ('room', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='exam_room', to='institutions.room')),
                ('site', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='rooms', to='venues.site', verbose_name='考点')),
            ],
        ),
    ]
