"""Rubrics: what assessors of practical exams judge by, one version in force for a job and level.

Locks: none that anybody waits for; the table is new.
Reverse: drops the table.
"""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('syllabus', '0004_no_ministry_code'),
    ]

    operations = [
        migrations.CreateModel(
            name='Rubric',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('level', models.TextField(blank=True, choices=[('0', '普工'), ('apprentice', '学徒工'), ('5', '五级（初级工）'), ('4', '四级（中级工）'), ('3', '三级（高级工）'), ('2', '二级（技师）'), ('1', '一级（高级技师）'), ('special', '特级技师'), ('chief', '首席技师')], default='', verbose_name='等级')),
                ('version', models.CharField(max_length=20, verbose_name='版本')),
                ('basis', models.TextField(blank=True, verbose_name='依据')),
                ('content', models.JSONField(default=dict, editable=False)),
                ('mark', models.PositiveIntegerField(default=0, editable=False)),
                ('sha256', models.CharField(blank=True, editable=False, max_length=64)),
                ('state', models.TextField(choices=[('draft', '草稿'), ('published', '已发布'), ('retired', '已停用')], default='draft', editable=False)),
                ('job', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='rubrics', to='syllabus.job', verbose_name='岗位或工种')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['draft', 'published', 'retired'])), name='rubric_state_known'), models.CheckConstraint(condition=models.Q(('level__in', ['', '0', 'apprentice', '5', '4', '3', '2', '1', 'special', 'chief'])), name='rubric_level_known'), models.UniqueConstraint(models.F('job'), models.F('level'), models.F('version'), name='rubric_version_once', violation_error_message='这个岗位和等级已有同名版本，请换一个版本号。'), models.UniqueConstraint(models.F('job'), models.F('level'), condition=models.Q(('state', 'published')), name='rubric_one_in_force'), models.CheckConstraint(condition=models.Q(('state', 'draft'), models.Q(('sha256', ''), _negated=True), _connector='OR'), name='rubric_frozen_when_published')],
            },
        ),
    ]
