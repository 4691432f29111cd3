"""The tables of blueprints, assemblies and forms.

Locks: none, the tables are new.
Reverse: drops them.
"""


import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('questions', '0001_initial'),
        ('syllabus', '0004_no_ministry_code'),
    ]

    operations = [
        migrations.CreateModel(
            name='Blueprint',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('level', models.TextField(blank=True, choices=[('0', '普工'), ('apprentice', '学徒工'), ('5', '五级（初级工）'), ('4', '四级（中级工）'), ('3', '三级（高级工）'), ('2', '二级（技师）'), ('1', '一级（高级技师）'), ('special', '特级技师'), ('chief', '首席技师')], default='', verbose_name='等级')),
                ('title', models.TextField(verbose_name='名称')),
                ('minutes', models.PositiveSmallIntegerField(default=60, verbose_name='考试时长（分钟）')),
                ('overlap', models.PositiveSmallIntegerField(default=20, verbose_name='两卷相同题上限（%）')),
                ('exposure', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='每题最多上几份卷')),
                ('shuffle', models.BooleanField(default=True, verbose_name='每名考生题目和选项乱序')),
                ('state', models.TextField(choices=[('draft', '起草中'), ('published', '已发布'), ('retired', '已停用')], default='draft', editable=False)),
                ('mark', models.PositiveIntegerField(default=0, editable=False)),
                ('job', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='blueprints', to='syllabus.job', verbose_name='岗位或工种')),
                ('question_set', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='questions.questionset', verbose_name='只用这个题库')),
            ],
            options={
                'constraints': [
                    models.UniqueConstraint(models.F('job'), models.F('level'), models.F('title'), name='blueprint_title_once'),
                    models.CheckConstraint(condition=models.Q(('state__in', ['draft', 'published', 'retired'])), name='blueprint_state_known'),
                    models.CheckConstraint(condition=models.Q(('level__in', ['', '0', 'apprentice', '5', '4', '3', '2', '1', 'special', 'chief'])), name='blueprint_level_known'),
                    models.CheckConstraint(condition=models.Q(('minutes__range', (5, 300))), name='blueprint_minutes_sensible', violation_error_message='考试时长应在 5 到 300 分钟之间。'),
                    models.CheckConstraint(condition=models.Q(('overlap__lte', 100)), name='blueprint_overlap_percent', violation_error_message='两卷相同题的上限应在 0 到 100% 之间。'),
                    models.CheckConstraint(condition=models.Q(('exposure__isnull', True), ('exposure__gte', 1), _connector='OR'), name='blueprint_exposure_sensible', violation_error_message='每题至少要能上一份卷。不限请留空。'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Assembly',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('seed', models.TextField()),
                ('asked', models.JSONField()),
                ('trial', models.BooleanField(default=False)),
                ('status', models.TextField(help_text='what the solver said')),
                ('gap', models.FloatField(help_text='between the best found and the best possible, 0 = proven')),
                ('seconds', models.FloatField()),
                ('versions', models.JSONField()),
                ('made_at', models.DateTimeField()),
                ('made_by_name', models.TextField()),
                ('blueprint', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='assemblies', to='papers.blueprint')),
            ],
            options={
                'verbose_name_plural': 'assemblies',
                'indexes': [
                    models.Index(fields=['blueprint', '-made_at'], name='assembly_by_blueprint'),
                ],
            },
        ),
        migrations.CreateModel(
            name='BlueprintRow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField()),
                ('point', models.TextField(blank=True, default='', verbose_name='知识点')),
                ('kind', models.TextField(choices=[('single', '单选题'), ('multiple', '多选题'), ('judge', '判断题'), ('blank', '填空题'), ('essay', '简答题'), ('case', '案例题')], verbose_name='题型')),
                ('band', models.TextField(blank=True, choices=[('easy', '易'), ('medium', '中'), ('hard', '难')], default='', verbose_name='难度')),
                ('count', models.PositiveSmallIntegerField(verbose_name='题数')),
                ('points', models.DecimalField(decimal_places=2, default=1, max_digits=5, verbose_name='每题分值')),
                ('blueprint', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='rows', to='papers.blueprint')),
            ],
            options={
                'ordering': ['blueprint', 'position'],
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('kind__in', ['single', 'multiple', 'judge', 'blank', 'essay', 'case'])), name='blueprint_row_kind_known'),
                    models.CheckConstraint(condition=models.Q(('band__in', ['', 'easy', 'medium', 'hard'])), name='blueprint_row_band_known'),
                    models.UniqueConstraint(models.F('blueprint'), models.F('point'), models.F('kind'), models.F('band'), name='blueprint_cell_once'),
                    models.CheckConstraint(condition=models.Q(('count__range', (1, 200))), name='blueprint_row_count_sensible'),
                    models.CheckConstraint(condition=models.Q(('points__gt', 0), ('points__lte', 100)), name='blueprint_row_points_sensible'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Form',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('label', models.CharField(max_length=4)),
                ('places', models.JSONField()),
                ('points', models.JSONField()),
                ('keys', models.JSONField()),
                ('sha256', models.CharField(max_length=64)),
                ('difficulty', models.FloatField()),
                ('information', models.FloatField()),
                ('assembly', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='forms', to='papers.assembly')),
            ],
            options={
                'ordering': ['assembly', 'label'],
                'constraints': [
                    models.UniqueConstraint(models.F('assembly'), models.F('label'), name='form_label_once'),
                ],
            },
        ),
    ]
