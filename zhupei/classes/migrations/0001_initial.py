"""The first tables of classes.

Locks: none, the tables are new.
Reverse: drops them.
"""

import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
import django.db.models.functions.datetime
import zhupei.classes.models.enrolment
import zhupei.classes.models.plan
import zhupei.core.crypto
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('core', '0001_initial'),
        ('institutions', '0001_initial'),
        ('organizations', '0001_initial'),
        ('people', '0001_initial'),
        ('syllabus', '0001_initial'),
        ('teachers', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='TrainingClass',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.CharField(editable=False, max_length=20, null=True, unique=True, verbose_name='编号')),
                ('title', models.TextField(verbose_name='班级名称')),
                ('starts_on', models.DateField(verbose_name='开课日期')),
                ('ends_on', models.DateField(verbose_name='结课日期')),
                ('seats', models.PositiveSmallIntegerField(verbose_name='计划人数')),
                ('contact_phone', models.TextField(verbose_name='咨询电话')),
                ('practice_scheme', models.TextField(blank=True, verbose_name='实训实习方案')),
                ('state', models.TextField(choices=[('draft', '草稿'), ('submitted', '待审核'), ('returned', '退回补正'), ('filed', '已备案'), ('approved', '已通过'), ('revoked', '已撤回许可'), ('cancelled', '已取消'), ('finished', '已结班')], default='draft', editable=False)),
                ('mode', models.TextField(choices=[('filing', '备案'), ('approval', '审批')], editable=False, null=True)),
                ('submitted_at', models.DateTimeField(editable=False, null=True)),
                ('due_at', models.DateTimeField(editable=False, null=True, verbose_name='审核时限')),
                ('division', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.division', verbose_name='办学县市')),
                ('organization', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='classes', to='organizations.organization')),
                ('prefecture', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.division', verbose_name='办学地州市')),
                ('room', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='institutions.room', verbose_name='主要教室')),
                ('syllabus', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='syllabus.syllabus', verbose_name='培训大纲')),
            ],
            options={
                'verbose_name_plural': 'training classes',
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('state__in', ['draft', 'submitted', 'returned', 'filed', 'approved', 'revoked', 'cancelled', 'finished'])), name='class_state_known'),
                    models.CheckConstraint(condition=models.Q(('mode__in', ['filing', 'approval'])), name='class_mode_known'),
                    models.CheckConstraint(condition=models.Q(('ends_on__gte', models.F('starts_on'))), name='class_ends_after_it_starts', violation_error_message='结课日期早于开课日期，请检查两个日期。'),
                    models.CheckConstraint(condition=models.Q(('seats__range', (1, 200))), name='class_seats_sensible', violation_error_message='计划人数应在 1 到 200 之间。'),
                    models.CheckConstraint(condition=models.Q(('number__isnull', False), ('state__in', ['draft', 'cancelled']), _connector='OR'), name='class_in_the_world_has_a_number'),
                ],
                'indexes': [
                    models.Index(models.F('due_at'), condition=models.Q(('state', 'submitted')), name='class_awaiting_review'),
                    models.Index(fields=['organization', '-starts_on'], name='class_by_organization'),
                    models.Index(fields=['prefecture', '-starts_on'], name='class_by_prefecture'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Lesson',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.TextField(choices=[('theory', '理论'), ('practice', '实操')], verbose_name='方式')),
                ('starts_at', models.DateTimeField(verbose_name='开始')),
                ('ends_at', models.DateTimeField(verbose_name='结束')),
                ('booked', models.BooleanField(default=False, editable=False)),
                ('room', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='institutions.room', verbose_name='地点')),
                ('teacher', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='lessons', to='teachers.teacher', verbose_name='教师')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='syllabus.unit', verbose_name='单元')),
                ('training_class', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='lessons', to='classes.trainingclass')),
            ],
            options={
                'ordering': ['starts_at', 'pk'],
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('kind__in', ['theory', 'practice'])), name='lesson_kind_known'),
                    models.CheckConstraint(condition=models.Q(('ends_at__gt', models.F('starts_at'))), name='lesson_ends_after_it_starts', violation_error_message='这节课的结束时间不晚于开始时间。'),
                    django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(('booked', True)), expressions=[('teacher', '='), (zhupei.classes.models.plan.TsTzRange('starts_at', 'ends_at', django.contrib.postgres.fields.ranges.RangeBoundary()), '&&')], name='lesson_teacher_in_one_place'),
                    django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(('booked', True)), expressions=[('room', '='), (zhupei.classes.models.plan.TsTzRange('starts_at', 'ends_at', django.contrib.postgres.fields.ranges.RangeBoundary()), '&&')], name='lesson_room_for_one_class'),
                    django.contrib.postgres.constraints.ExclusionConstraint(expressions=[('training_class', '='), (zhupei.classes.models.plan.TsTzRange('starts_at', 'ends_at', django.contrib.postgres.fields.ranges.RangeBoundary()), '&&')], name='lesson_one_at_a_time_in_a_class'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Invitation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.TextField(verbose_name='姓名')),
                ('id_number', zhupei.core.crypto.EncryptedTextField(editable=True)),
                ('id_index', models.CharField(max_length=64)),
                ('id_last_four', models.CharField(max_length=4)),
                ('phone', zhupei.core.crypto.EncryptedTextField(editable=True)),
                ('employer', models.TextField(blank=True, verbose_name='单位')),
                ('token', models.CharField(default=zhupei.classes.models.enrolment.link_token, editable=False, max_length=40, unique=True)),
                ('state', models.TextField(choices=[('open', '待本人确认'), ('confirmed', '本人已确认'), ('declined', '本人不参加'), ('withdrawn', '机构已撤回')], default='open', editable=False)),
                ('invited_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('training_class', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='invitations', to='classes.trainingclass')),
            ],
            options={
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('state__in', ['open', 'confirmed', 'declined', 'withdrawn'])), name='invitation_state_known'),
                    models.UniqueConstraint(models.F('training_class'), models.F('id_index'), condition=models.Q(('state', 'withdrawn'), _negated=True), name='invitation_once_in_a_class'),
                ],
                'indexes': [
                    models.Index(models.F('id_index'), name='invitation_by_person'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Enrolment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.TextField(choices=[('enrolled', '已报名'), ('withdrawn', '已退出')], default='enrolled', editable=False)),
                ('enrolled_at', models.DateTimeField()),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='enrolments', to='people.person')),
                ('invitation', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='enrolment', to='classes.invitation')),
                ('training_class', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='enrolments', to='classes.trainingclass')),
            ],
            options={
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('state__in', ['enrolled', 'withdrawn'])), name='enrolment_state_known'),
                    models.UniqueConstraint(models.F('training_class'), models.F('person'), condition=models.Q(('state', 'enrolled')), name='enrolment_once_in_a_class'),
                ],
                'indexes': [
                    models.Index(fields=['person', '-enrolled_at'], name='enrolment_by_person'),
                ],
            },
        ),
        migrations.CreateModel(
            name='ClassDocument',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.TextField(choices=[('lesson_plan', '教案'), ('practice_scheme', '实训实习方案'), ('resource', '教学资源')], verbose_name='类别')),
                ('added_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('file', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.storedfile')),
                ('training_class', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='documents', to='classes.trainingclass')),
            ],
            options={
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('kind__in', ['lesson_plan', 'practice_scheme', 'resource'])), name='class_document_kind_known'),
                ],
            },
        ),
    ]
