"""Waiting lists, transfers, frozen classes, online lessons, and what a reviewer did.

Locks: classes_trainingclass, classes_lesson and classes_enrolment for a moment while columns
without default are added and checks are replaced; the checks are read through once.
Reverse: drops the new tables and columns, and what they hold.
"""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('classes', '0001_initial'),
        ('institutions', '0001_initial'),
        ('organizations', '0001_initial'),
        ('people', '0001_initial'),
        ('syllabus', '0001_initial'),
        ('teachers', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Draw',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('day', models.DateField(unique=True)),
                ('seed', models.CharField(max_length=64)),
                ('share', models.PositiveSmallIntegerField(help_text='per cent')),
                ('candidates', models.JSONField(help_text='numbers of the plans approved that day, in order')),
                ('drawn_at', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='Finding',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('round', models.PositiveSmallIntegerField()),
                ('item', models.TextField()),
                ('verdict', models.TextField(choices=[('good', '符合'), ('bad', '不符'), ('none', '不适用')])),
                ('note', models.TextField(blank=True)),
                ('found_at', models.DateTimeField()),
            ],
            options={
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('verdict__in', ['good', 'bad', 'none'])), name='finding_verdict_known'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Reading',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('round', models.PositiveSmallIntegerField()),
                ('paper', models.TextField()),
                ('opened_at', models.DateTimeField()),
                ('seen_at', models.DateTimeField(help_text='when the page last said it was still on the screen')),
                ('seconds', models.PositiveIntegerField(default=0)),
            ],
        ),
        migrations.CreateModel(
            name='SecondReading',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.TextField(choices=[('waiting', '待复读'), ('agreed', '复读无异议'), ('objected', '复读有异议')], default='waiting', editable=False)),
                ('read_at', models.DateTimeField(editable=False, null=True)),
            ],
            options={
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('state__in', ['waiting', 'agreed', 'objected'])), name='second_reading_state_known'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Waiting',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('since', models.DateTimeField()),
                ('offered_until', models.DateTimeField(editable=False, null=True)),
                ('state', models.TextField(choices=[('waiting', '候补中'), ('offered', '有名额，待本人确认'), ('taken', '已递补'), ('lapsed', '未在时限内确认'), ('left', '已退出候补')], default='waiting', editable=False)),
            ],
            options={
                'verbose_name_plural': 'waiting',
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('state__in', ['waiting', 'offered', 'taken', 'lapsed', 'left'])), name='waiting_state_known'),
                    models.CheckConstraint(condition=models.Q(models.Q(('state', 'offered'), _negated=True), ('offered_until__isnull', False), _connector='OR'), name='waiting_offer_has_an_end'),
                ],
                'indexes': [
                    models.Index(models.F('offered_until'), condition=models.Q(('state', 'offered')), name='waiting_offered'),
                ],
            },
        ),
        migrations.RemoveConstraint(
            model_name='enrolment',
            name='enrolment_state_known',
        ),
        migrations.RemoveConstraint(
            model_name='lesson',
            name='lesson_kind_known',
        ),
        migrations.RemoveConstraint(
            model_name='trainingclass',
            name='class_state_known',
        ),
        migrations.AddField(
            model_name='enrolment',
            name='came_from',
            field=models.OneToOneField(editable=False, help_text='the enrolment in another class this one continues', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='went_to', to='classes.enrolment'),
        ),
        migrations.AddField(
            model_name='trainingclass',
            name='frozen_since',
            field=models.DateTimeField(editable=False, help_text='while its institution is suspended', null=True, verbose_name='冻结时间'),
        ),
        migrations.AlterField(
            model_name='enrolment',
            name='state',
            field=models.TextField(choices=[('enrolled', '已报名'), ('withdrawn', '已退出'), ('transferred', '已转班')], default='enrolled', editable=False),
        ),
        migrations.AlterField(
            model_name='lesson',
            name='kind',
            field=models.TextField(choices=[('theory', '理论'), ('practice', '实操'), ('online', '线上')], verbose_name='方式'),
        ),
        migrations.AlterField(
            model_name='trainingclass',
            name='state',
            field=models.TextField(choices=[('draft', '草稿'), ('submitted', '待审核'), ('referred', '已请示'), ('returned', '退回补正'), ('filed', '已备案'), ('approved', '已通过'), ('revoked', '已撤回许可'), ('cancelled', '已取消'), ('finished', '已结班')], default='draft', editable=False),
        ),
        migrations.AddConstraint(
            model_name='enrolment',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['enrolled', 'withdrawn', 'transferred'])), name='enrolment_state_known'),
        ),
        migrations.AddConstraint(
            model_name='lesson',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['theory', 'practice', 'online'])), name='lesson_kind_known'),
        ),
        migrations.AddConstraint(
            model_name='trainingclass',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['draft', 'submitted', 'referred', 'returned', 'filed', 'approved', 'revoked', 'cancelled', 'finished'])), name='class_state_known'),
        ),
        migrations.AddField(
            model_name='finding',
            name='reader',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='finding',
            name='training_class',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='findings', to='classes.trainingclass'),
        ),
        migrations.AddField(
            model_name='reading',
            name='reader',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='reading',
            name='training_class',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='readings', to='classes.trainingclass'),
        ),
        migrations.AddField(
            model_name='secondreading',
            name='draw',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='chosen', to='classes.draw'),
        ),
        migrations.AddField(
            model_name='secondreading',
            name='first_reader',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='secondreading',
            name='read_by',
            field=models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='secondreading',
            name='training_class',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='second_readings', to='classes.trainingclass'),
        ),
        migrations.AddField(
            model_name='waiting',
            name='person',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person'),
        ),
        migrations.AddField(
            model_name='waiting',
            name='training_class',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='waiting', to='classes.trainingclass'),
        ),
        migrations.AddConstraint(
            model_name='finding',
            constraint=models.UniqueConstraint(models.F('training_class'), models.F('round'), models.F('reader'), models.F('item'), name='finding_once_a_round'),
        ),
        migrations.AddConstraint(
            model_name='reading',
            constraint=models.UniqueConstraint(models.F('training_class'), models.F('round'), models.F('reader'), models.F('paper'), name='reading_once_a_round'),
        ),
        migrations.AddConstraint(
            model_name='secondreading',
            constraint=models.UniqueConstraint(models.F('training_class'), models.F('draw'), name='second_reading_once_a_draw'),
        ),
        migrations.AddConstraint(
            model_name='secondreading',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('read_at__isnull', True), ('read_by__isnull', True)), models.Q(('read_at__isnull', False), ('read_by__isnull', False)), _connector='OR'), name='second_reading_by_somebody'),
        ),
        migrations.AddConstraint(
            model_name='waiting',
            constraint=models.UniqueConstraint(models.F('training_class'), models.F('person'), condition=models.Q(('state__in', ('waiting', 'offered'))), name='waiting_once_in_a_class'),
        ),
    ]
