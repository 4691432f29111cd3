"""The first tables of institutions.

Locks: none, the tables are new.
Reverse: drops them.
"""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('organizations', '0001_initial'),
        ('syllabus', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Licence',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.TextField(unique=True, verbose_name='许可证号')),
                ('valid_from', models.DateField(verbose_name='有效期起')),
                ('valid_until', models.DateField(verbose_name='有效期止')),
                ('jobs', models.ManyToManyField(related_name='+', to='syllabus.job', verbose_name='办学内容')),
                ('organization', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='licences', to='organizations.organization')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('valid_until__gte', models.F('valid_from'))), name='licence_ends_after_it_begins', violation_error_message='结束早于开始，请检查两个日期。')],
            },
        ),
        migrations.CreateModel(
            name='Room',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.TextField(verbose_name='名称')),
                ('address', models.TextField(blank=True, verbose_name='地址')),
                ('use', models.TextField(choices=[('classroom', '教室'), ('computers', '机房'), ('workshop', '实训场地')], verbose_name='用途')),
                ('seats', models.PositiveSmallIntegerField(verbose_name='座位')),
                ('stations', models.PositiveSmallIntegerField(default=0, verbose_name='工位')),
                ('organization', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='rooms', to='organizations.organization')),
            ],
            options={
                'constraints': [models.UniqueConstraint(models.F('organization'), models.F('name'), name='room_name_once'), models.CheckConstraint(condition=models.Q(('use__in', ['classroom', 'computers', 'workshop'])), name='room_use_known'), models.CheckConstraint(condition=models.Q(('seats__gt', 0)), name='room_has_seats')],
            },
        ),
    ]
