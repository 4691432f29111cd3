"""The first tables of syllabus.

Locks: none, the tables are new.
Reverse: drops them.
"""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Job',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=20, unique=True, verbose_name='代码')),
                ('name', models.TextField(verbose_name='名称')),
                ('category', models.TextField(choices=[('site_post', '施工现场专业人员'), ('trade', '技能工人'), ('municipal', '市政公用')])),
                ('ministry_code', models.TextField(blank=True, verbose_name='部编代码')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('category__in', ['site_post', 'trade', 'municipal'])), name='job_category_known')],
            },
        ),
        migrations.CreateModel(
            name='Syllabus',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.CharField(max_length=20, verbose_name='版本')),
                ('effective_from', models.DateField(verbose_name='施行日期')),
                ('basis', models.TextField(blank=True, verbose_name='依据')),
                ('online_hours_limit', models.PositiveSmallIntegerField(default=0, verbose_name='线上学时上限')),
                ('state', models.TextField(choices=[('draft', '起草中'), ('published', '已发布'), ('retired', '已停用')], default='draft', editable=False)),
                ('job', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='syllabi', to='syllabus.job')),
            ],
            options={
                'verbose_name_plural': 'syllabi',
                'constraints': [
                    models.UniqueConstraint(models.F('job'), models.F('version'), name='syllabus_version_once'),
                    models.CheckConstraint(condition=models.Q(('state__in', ['draft', 'published', 'retired'])), name='syllabus_state_known'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Unit',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField()),
                ('title', models.TextField(verbose_name='单元')),
                ('theory_hours', models.PositiveSmallIntegerField(verbose_name='理论学时')),
                ('practice_hours', models.PositiveSmallIntegerField(default=0, verbose_name='实操学时')),
                ('is_ethics', models.BooleanField(default=False, verbose_name='职业道德')),
                ('syllabus', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='units', to='syllabus.syllabus')),
            ],
            options={
                'ordering': ['syllabus', 'position'],
                'constraints': [
                    models.UniqueConstraint(models.F('syllabus'), models.F('position'), name='unit_position_once'),
                    models.CheckConstraint(condition=models.Q(('theory_hours__gt', 0), ('practice_hours__gt', 0), _connector='OR'), name='unit_has_hours'),
                ],
            },
        ),
    ]
