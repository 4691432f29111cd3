"""The first tables of teaching.

Locks: none, the tables are new.
Reverse: drops them.
"""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('classes', '0002_waiting_review_transfer'),
        ('core', '0004_uploads'),
        ('syllabus', '0004_no_ministry_code'),
        ('teachers', '0003_what_evidence_proves'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='ClassBook',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('textbook', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='syllabus.textbook')),
                ('training_class', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='books', to='classes.trainingclass')),
            ],
            options={
                'constraints': [
                    models.UniqueConstraint(models.F('training_class'), models.F('textbook'), name='class_book_once'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Evidence',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.TextField(choices=[('photo', '照片'), ('video', '录像或录音'), ('paper', '文件')])),
                ('caption', models.TextField(blank=True, verbose_name='说明')),
                ('added_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('withdrawn_at', models.DateTimeField(editable=False, null=True)),
                ('withdrawn_note', models.TextField(editable=False, null=True)),
                ('added_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('file', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.storedfile')),
                ('lesson', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='evidence', to='classes.lesson')),
                ('training_class', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='evidence', to='classes.trainingclass')),
            ],
            options={
                'verbose_name_plural': 'evidence',
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('kind__in', ['photo', 'video', 'paper'])), name='evidence_kind_known'),
                    models.CheckConstraint(condition=models.Q(models.Q(('withdrawn_at__isnull', True), ('withdrawn_note__isnull', True)), models.Q(('withdrawn_at__isnull', False), ('withdrawn_note__isnull', False)), _connector='OR'), name='evidence_taken_back_with_why'),
                ],
                'indexes': [
                    models.Index(fields=['training_class', 'lesson'], name='evidence_by_lesson'),
                ],
            },
        ),
        migrations.CreateModel(
            name='HandOut',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('given_at', models.DateTimeField()),
                ('confirmed_at', models.DateTimeField(editable=False, null=True)),
                ('confirmed_how', models.TextField(choices=[('account', '本人登录确认'), ('code', '本人手机验证码')], editable=False, null=True)),
                ('book', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='hand_outs', to='teaching.classbook')),
                ('enrolment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='hand_outs', to='classes.enrolment')),
                ('given_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [
                    models.UniqueConstraint(models.F('enrolment'), models.F('book'), name='hand_out_once'),
                    models.CheckConstraint(condition=models.Q(('confirmed_how__in', ['account', 'code'])), name='hand_out_confirmed_how_known'),
                    models.CheckConstraint(condition=models.Q(models.Q(('confirmed_at__isnull', True), ('confirmed_how__isnull', True)), models.Q(('confirmed_at__isnull', False), ('confirmed_how__isnull', False)), _connector='OR'), name='hand_out_confirmed_somehow'),
                ],
            },
        ),
        migrations.CreateModel(
            name='LessonLog',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('held', models.TextField(choices=[('as_planned', '按课表上课'), ('changed', '有变动'), ('not_held', '没有上')], default='as_planned', verbose_name='上课情况')),
                ('content', models.TextField(verbose_name='讲了什么、练了什么')),
                ('note', models.TextField(blank=True, verbose_name='变动或没有上的原因')),
                ('batches', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='分几批')),
                ('stations_used', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='用了几个工位')),
                ('briefed', models.BooleanField(null=True, verbose_name='操作前讲过安全')),
                ('materials', models.TextField(blank=True, verbose_name='用了哪些设备和耗材')),
                ('written_at', models.DateTimeField()),
                ('lesson', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='log', to='classes.lesson')),
                ('taught_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='teachers.teacher', verbose_name='实际授课教师')),
                ('training_class', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='logs', to='classes.trainingclass')),
                ('written_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('held__in', ['as_planned', 'changed', 'not_held'])), name='lesson_log_held_known'),
                    models.CheckConstraint(condition=models.Q(('held', 'as_planned'), models.Q(('note', ''), _negated=True), _connector='OR'), name='lesson_log_exception_has_a_reason', violation_error_message='有变动或没有上，请写明原因。'),
                ],
            },
        ),
        migrations.CreateModel(
            name='TeachingCheck',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('checked_on', models.DateField(verbose_name='检查日期')),
                ('verdict', models.TextField(choices=[('good', '正常'), ('bad', '有问题')], verbose_name='结论')),
                ('found', models.TextField(verbose_name='看到了什么')),
                ('corrected_at', models.DateTimeField(editable=False, null=True)),
                ('corrected', models.TextField(editable=False, null=True, verbose_name='怎样改的')),
                ('checker', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('lesson', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='classes.lesson', verbose_name='哪一节课')),
                ('training_class', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='checks', to='classes.trainingclass')),
            ],
            options={
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('verdict__in', ['good', 'bad'])), name='teaching_check_verdict_known'),
                    models.CheckConstraint(condition=models.Q(models.Q(('corrected__isnull', True), ('corrected_at__isnull', True)), models.Q(('corrected__isnull', False), ('corrected_at__isnull', False)), _connector='OR'), name='teaching_check_corrected_with_how'),
                ],
            },
        ),
    ]
