"""Recordings of exam rooms, registered with their digest.

Locks: none, the table is new.
Reverse: drops it; the files stay.
"""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('archives', '0001_initial'),
        ('core', '0005_delivery_and_wordings'),
        ('exams', '0008_void_marks'),
    ]

    operations = [
        migrations.CreateModel(
            name='Recording',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('label', models.TextField(verbose_name='机位')),
                ('begins_at', models.DateTimeField(verbose_name='开始时间')),
                ('ends_at', models.DateTimeField(verbose_name='结束时间')),
                ('added_at', models.DateTimeField()),
                ('added_by_name', models.TextField()),
                ('withdrawn_at', models.DateTimeField(null=True)),
                ('withdrawn_why', models.TextField(blank=True)),
                ('file', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.storedfile')),
                ('sitting', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='recordings', to='exams.sitting')),
            ],
            options={
                'ordering': ['begins_at', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('ends_at__gte', models.F('begins_at'))), name='recording_ends_after_it_begins', violation_error_message='结束早于开始，请检查两个日期。')],
            },
        ),
    ]
