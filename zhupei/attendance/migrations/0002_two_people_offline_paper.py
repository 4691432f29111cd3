"""Corrections by two people, sheets of paper, marks of the offline roll; the phone of a sign-in.

Locks: attendance_attendance for a moment while columns with constant defaults are added and two
checks are replaced; the checks are read through once.
Reverse: drops the new tables and columns, and what they hold.
"""

import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('attendance', '0001_initial'),
        ('classes', '0002_waiting_review_transfer'),
        ('core', '0003_waiting_files_and_series'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Correction',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('was_arrived_at', models.DateTimeField(null=True)),
                ('was_left_at', models.DateTimeField(null=True)),
                ('arrived_at', models.DateTimeField(null=True)),
                ('left_at', models.DateTimeField(null=True)),
                ('note', models.TextField()),
                ('state', models.TextField(choices=[('proposed', '待第二人确认'), ('confirmed', '已确认'), ('rejected', '未同意'), ('taken_back', '已收回')], default='proposed', editable=False)),
                ('proposed_at', models.DateTimeField()),
                ('decided_at', models.DateTimeField(null=True)),
            ],
            options={
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('state__in', ['proposed', 'confirmed', 'rejected', 'taken_back'])), name='correction_state_known'),
                ],
            },
        ),
        migrations.CreateModel(
            name='PaperSheet',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('entered_at', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='RollMark',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ('kind', models.TextField(choices=[('here', '到'), ('late', '迟到'), ('absent', '缺勤'), ('left', '早退')])),
                ('phone', models.CharField(max_length=40)),
                ('phone_at', models.DateTimeField()),
                ('at', models.DateTimeField()),
                ('clock_error', models.IntegerField()),
                ('received_at', models.DateTimeField()),
            ],
            options={
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('kind__in', ['here', 'late', 'absent', 'left'])), name='roll_mark_kind_known'),
                ],
            },
        ),
        migrations.RemoveConstraint(
            model_name='attendance',
            name='attendance_method_known',
        ),
        migrations.AddField(
            model_name='attendance',
            name='device',
            field=models.CharField(blank=True, db_default='', max_length=32),
        ),
        migrations.AddField(
            model_name='attendance',
            name='phones_differ',
            field=models.BooleanField(db_default=False, default=False),
        ),
        migrations.AddField(
            model_name='attendance',
            name='signed_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='attendance',
            name='signed_out_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='attendance',
            name='waiting',
            field=models.BooleanField(db_default=False, default=False),
        ),
        migrations.AlterField(
            model_name='attendance',
            name='method',
            field=models.TextField(choices=[('scan', '扫码'), ('typed', '输入数字'), ('teacher', '更正登记'), ('offline', '离线点名'), ('paper', '纸质签到表')]),
        ),
        migrations.AddIndex(
            model_name='attendance',
            index=models.Index(models.F('lesson'), condition=models.Q(('waiting', True)), name='attendance_waiting'),
        ),
        migrations.AddConstraint(
            model_name='attendance',
            constraint=models.CheckConstraint(condition=models.Q(('method__in', ['scan', 'typed', 'teacher', 'offline', 'paper'])), name='attendance_method_known'),
        ),
        migrations.AddConstraint(
            model_name='attendance',
            constraint=models.CheckConstraint(condition=models.Q(('waiting', False), ('credited_seconds', 0), _connector='OR'), name='attendance_waiting_earns_nothing'),
        ),
        migrations.AddField(
            model_name='correction',
            name='decided_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='correction',
            name='enrolment',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='corrections', to='classes.enrolment'),
        ),
        migrations.AddField(
            model_name='correction',
            name='lesson',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='corrections', to='classes.lesson'),
        ),
        migrations.AddField(
            model_name='correction',
            name='proposed_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='papersheet',
            name='entered_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='papersheet',
            name='lesson',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sheets', to='classes.lesson'),
        ),
        migrations.AddField(
            model_name='papersheet',
            name='photo',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.storedfile'),
        ),
        migrations.AddField(
            model_name='correction',
            name='sheet',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='corrections', to='attendance.papersheet'),
        ),
        migrations.AddField(
            model_name='rollmark',
            name='enrolment',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='marks', to='classes.enrolment'),
        ),
        migrations.AddField(
            model_name='rollmark',
            name='lesson',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='marks', to='classes.lesson'),
        ),
        migrations.AddField(
            model_name='rollmark',
            name='made_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddConstraint(
            model_name='correction',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('decided_at__isnull', True), ('decided_by__isnull', True)), models.Q(('decided_at__isnull', False), ('decided_by__isnull', False)), _connector='OR'), name='correction_decided_by_somebody'),
        ),
        migrations.AddConstraint(
            model_name='correction',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['confirmed', 'rejected']), _negated=True), models.Q(('decided_by', models.F('proposed_by')), _negated=True), _connector='OR'), name='correction_by_two_people'),
        ),
        migrations.AddConstraint(
            model_name='correction',
            constraint=models.UniqueConstraint(models.F('lesson'), models.F('enrolment'), condition=models.Q(('state', 'proposed')), name='correction_open_once'),
        ),
        migrations.AddIndex(
            model_name='rollmark',
            index=models.Index(fields=['lesson', 'enrolment'], name='roll_mark_by_line'),
        ),
    ]
