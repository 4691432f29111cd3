"""The first tables of exams.

Locks: none, the tables are new.
Reverse: drops them.
"""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('classes', '0001_initial'),
        ('institutions', '0001_initial'),
        ('organizations', '0001_initial'),
        ('people', '0001_initial'),
        ('questions', '0001_initial'),
        ('syllabus', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Answer',
            fields=[
                ('pk', models.CompositePrimaryKey('attempt_id', 'item', blank=True, editable=False, primary_key=True, serialize=False)),
                ('attempt_id', models.BigIntegerField()),
                ('item', models.SmallIntegerField(help_text='place in the sealed paper, from 0')),
                ('choice', models.TextField(help_text='letters of the options as the sealed paper has them')),
                ('turn', models.BigIntegerField()),
                ('saved_at', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='Sitting',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.CharField(editable=False, max_length=20, null=True, unique=True, verbose_name='编号')),
                ('title', models.TextField(verbose_name='场次名称')),
                ('starts_at', models.DateTimeField(verbose_name='开考时间')),
                ('minutes', models.PositiveSmallIntegerField(default=60, verbose_name='考试时长（分钟）')),
                ('item_count', models.PositiveSmallIntegerField(default=20, verbose_name='题数')),
                ('pass_mark', models.DecimalField(decimal_places=2, editable=False, max_digits=5, null=True, verbose_name='合格线')),
                ('state', models.TextField(choices=[('draft', '草稿'), ('notified', '已告知'), ('sealed', '已封卷'), ('closed', '已结束'), ('released', '已公布成绩'), ('cancelled', '已取消')], default='draft', editable=False)),
                ('division', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.division')),
                ('job', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='syllabus.job', verbose_name='岗位或工种')),
                ('organization', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sittings', to='organizations.organization')),
                ('prefecture', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.division')),
                ('question_set', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='questions.questionset', verbose_name='题库')),
                ('room', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='institutions.room', verbose_name='考场')),
            ],
            options={
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('state__in', ['draft', 'notified', 'sealed', 'closed', 'released', 'cancelled'])), name='sitting_state_known'),
                    models.CheckConstraint(condition=models.Q(('minutes__range', (5, 300))), name='sitting_minutes_sensible', violation_error_message='考试时长应在 5 到 300 分钟之间。'),
                    models.CheckConstraint(condition=models.Q(('item_count__range', (1, 200))), name='sitting_items_sensible', violation_error_message='题数应在 1 到 200 之间。'),
                ],
                'indexes': [
                    models.Index(fields=['organization', '-starts_at'], name='sitting_by_organization'),
                    models.Index(fields=['prefecture', '-starts_at'], name='sitting_by_prefecture'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Paper',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('items', models.JSONField()),
                ('keys', models.JSONField()),
                ('seed', models.TextField(help_text='recorded, so that the draw of items can be repeated')),
                ('sha256', models.CharField(max_length=64)),
                ('sealed_at', models.DateTimeField()),
                ('sitting', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='paper', to='exams.sitting')),
            ],
        ),
        migrations.CreateModel(
            name='Candidate',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('seat', models.PositiveSmallIntegerField(verbose_name='座位')),
                ('enrolment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='candidacies', to='classes.enrolment')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='candidacies', to='people.person')),
                ('sitting', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='candidates', to='exams.sitting')),
            ],
            options={
                'ordering': ['sitting', 'seat'],
                'constraints': [
                    models.UniqueConstraint(models.F('sitting'), models.F('person'), name='candidate_once_in_a_sitting'),
                    models.UniqueConstraint(models.F('sitting'), models.F('seat'), name='candidate_seat_once'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Attempt',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('seed', models.TextField(help_text='order of items and options for this candidate')),
                ('started_at', models.DateTimeField()),
                ('closes_at', models.DateTimeField(help_text="deadline with its grace, by the database's clock")),
                ('handed_in_at', models.DateTimeField(null=True)),
                ('handed_in_by_clock', models.BooleanField(default=False)),
                ('mark', models.DecimalField(decimal_places=2, max_digits=5, null=True)),
                ('passed', models.BooleanField(null=True)),
                ('candidate', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='attempt', to='exams.candidate')),
                ('sitting', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='attempts', to='exams.sitting')),
            ],
            options={
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('mark__isnull', True), ('handed_in_at__isnull', False), _connector='OR'), name='attempt_marked_after_hand_in'),
                    models.CheckConstraint(condition=models.Q(models.Q(('mark__isnull', True), ('passed__isnull', True)), models.Q(('mark__isnull', False), ('passed__isnull', False)), _connector='OR'), name='attempt_mark_and_verdict_together'),
                ],
                'indexes': [
                    models.Index(models.F('closes_at'), condition=models.Q(('handed_in_at__isnull', True)), name='attempt_open_by_deadline'),
                ],
            },
        ),
    ]
