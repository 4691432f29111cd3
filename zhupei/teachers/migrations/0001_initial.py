"""The first tables of teachers.

Locks: none, the tables are new.
Reverse: drops them.
"""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('organizations', '0001_initial'),
        ('people', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Teacher',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.TextField(blank=True, verbose_name='职称')),
                ('in_pool_since', models.DateField(verbose_name='入库日期')),
                ('person', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='teacher', to='people.person')),
            ],
        ),
        migrations.CreateModel(
            name='Engagement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('full_time', models.BooleanField(verbose_name='专职')),
                ('since', models.DateField()),
                ('until', models.DateField(blank=True, null=True)),
                ('organization', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='engagements', to='organizations.organization')),
                ('teacher', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='engagements', to='teachers.teacher')),
            ],
            options={
                'constraints': [models.UniqueConstraint(models.F('teacher'), models.F('organization'), condition=models.Q(('until__isnull', True)), name='engagement_once_at_a_time'), models.CheckConstraint(condition=models.Q(('until__gte', models.F('since'))), name='engagement_ends_after_it_begins', violation_error_message='结束早于开始，请检查两个日期。')],
            },
        ),
    ]
