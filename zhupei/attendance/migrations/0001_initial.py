"""The first tables of attendance.

Locks: none, the tables are new.
Reverse: drops them.
"""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('classes', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Attendance',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('method', models.TextField(choices=[('scan', '扫码'), ('typed', '输入数字'), ('teacher', '教师登记')])),
                ('arrived_at', models.DateTimeField(null=True)),
                ('left_at', models.DateTimeField(null=True)),
                ('credited_seconds', models.PositiveIntegerField()),
                ('corrected', models.BooleanField(default=False)),
                ('enrolment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='attendance', to='classes.enrolment')),
                ('lesson', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='attendance', to='classes.lesson')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('method__in', ['scan', 'typed', 'teacher'])), name='attendance_method_known'), models.UniqueConstraint(models.F('lesson'), models.F('enrolment'), name='attendance_once_a_lesson'), models.CheckConstraint(condition=models.Q(('arrived_at__isnull', False), ('credited_seconds', 0), _connector='OR'), name='attendance_absent_earns_nothing')],
            },
        ),
    ]
