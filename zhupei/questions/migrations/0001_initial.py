"""The first tables of questions.

Locks: none, the tables are new.
Reverse: drops them.
"""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('syllabus', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='QuestionSet',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.TextField(verbose_name='名称')),
                ('state', models.TextField(choices=[('draft', '整理中'), ('published', '已发布'), ('retired', '已停用')], default='draft', editable=False)),
                ('job', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='question_sets', to='syllabus.job')),
            ],
            options={
                'constraints': [
                    models.UniqueConstraint(models.F('job'), models.F('title'), name='question_set_title_once'),
                    models.CheckConstraint(condition=models.Q(('state__in', ['draft', 'published', 'retired'])), name='question_set_state_known'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Item',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.TextField(choices=[('single', '单选题'), ('multiple', '多选题'), ('judge', '判断题')])),
                ('stem', models.TextField(verbose_name='题干')),
                ('options', models.JSONField(help_text='the texts of A, B, C … in order')),
                ('key', models.CharField(max_length=8, verbose_name='答案')),
                ('unit_title', models.TextField(blank=True, verbose_name='知识点')),
                ('difficulty', models.PositiveSmallIntegerField(default=3, help_text='1 easy … 5 hard', verbose_name='难度')),
                ('analysis', models.TextField(blank=True, verbose_name='解析')),
                ('stem_hash', models.CharField(max_length=64)),
                ('question_set', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='items', to='questions.questionset')),
            ],
            options={
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('kind__in', ['single', 'multiple', 'judge'])), name='item_kind_known'),
                    models.UniqueConstraint(models.F('question_set'), models.F('stem_hash'), name='item_once_in_a_set'),
                    models.CheckConstraint(condition=models.Q(('key__regex', '^[A-H]+$')), name='item_key_letters'),
                    models.CheckConstraint(condition=models.Q(('difficulty__range', (1, 5))), name='item_difficulty_one_to_five'),
                ],
            },
        ),
    ]
