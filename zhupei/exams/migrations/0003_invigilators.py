"""People called to watch a sitting; the database keeps one of them from two places at once.

Locks: none, the table is new.
Reverse: drops it.
"""

import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('core', '0001_initial'),
        ('exams', '0002_hot_tables'),
        ('institutions', '0005_numbers_and_papers'),
        ('organizations', '0002_roles_of_the_exam'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Invigilator',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('chief', models.BooleanField(default=False, verbose_name='主监考')),
                ('independent', models.BooleanField(default=False, editable=False, verbose_name='与培训机构无关')),
                ('starts_at', models.DateTimeField(editable=False)),
                ('ends_at', models.DateTimeField(editable=False)),
                ('state', models.TextField(choices=[('invited', '待确认'), ('accepted', '已接受'), ('declined', '已谢绝'), ('relieved', '已撤换')], default='invited', editable=False)),
                ('organization', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.organization', verbose_name='派出单位')),
                ('room', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='institutions.room', verbose_name='考场')),
                ('sitting', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='invigilators', to='exams.sitting')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='invigilations', to=settings.AUTH_USER_MODEL, verbose_name='监考员')),
            ],
            options={
                'ordering': ['-chief', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['invited', 'accepted', 'declined', 'relieved'])), name='invigilator_state_known'), models.UniqueConstraint(models.F('sitting'), models.F('user'), condition=models.Q(('state__in', ('invited', 'accepted'))), name='invigilator_once_in_a_sitting'), models.UniqueConstraint(models.F('sitting'), condition=models.Q(('chief', True), ('state__in', ('invited', 'accepted'))), name='invigilator_one_chief'), models.CheckConstraint(condition=models.Q(('ends_at__gt', models.F('starts_at'))), name='invigilator_ends_after_start'), django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(('state__in', ('invited', 'accepted'))), expressions=[('user', '='), (models.Func('starts_at', 'ends_at', django.contrib.postgres.fields.ranges.RangeBoundary(), function='TSTZRANGE', output_field=django.contrib.postgres.fields.ranges.DateTimeRangeField()), '&&')], name='invigilator_in_one_place')],
            },
        ),
    ]
