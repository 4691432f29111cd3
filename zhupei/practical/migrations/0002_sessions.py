"""Sessions of practical exams, their turns, the score sheets of assessors and what they tapped.

Locks: none that anybody waits for; the tables are new.
Reverse: drops the tables.
"""

import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('classes', '0004_waiting_ends_with_its_class'),
        ('core', '0005_delivery_and_wordings'),
        ('institutions', '0005_numbers_and_papers'),
        ('organizations', '0002_roles_of_the_exam'),
        ('people', '0004_people_by_name'),
        ('practical', '0001_rubrics'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Session',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.CharField(editable=False, max_length=20, null=True, unique=True, verbose_name='编号')),
                ('title', models.TextField(verbose_name='场次名称')),
                ('stations', models.PositiveSmallIntegerField(default=4, verbose_name='同时使用的工位')),
                ('opens_at', models.DateTimeField(verbose_name='第一轮开始')),
                ('closes_at', models.DateTimeField(verbose_name='最迟结束')),
                ('pause_from', models.DateTimeField(blank=True, null=True, verbose_name='午休开始')),
                ('pause_until', models.DateTimeField(blank=True, null=True, verbose_name='午休结束')),
                ('change_minutes', models.PositiveSmallIntegerField(default=15, verbose_name='换场时间（分钟）')),
                ('seed', models.CharField(editable=False, max_length=32)),
                ('pass_mark', models.DecimalField(decimal_places=2, editable=False, max_digits=5, null=True)),
                ('deviation', models.DecimalField(decimal_places=2, editable=False, max_digits=5, null=True)),
                ('method', models.TextField(choices=[('median', '三人成绩的中位数'), ('nearest', '最接近的两人的平均')], default='median', editable=False)),
                ('state', models.TextField(choices=[('draft', '草稿'), ('notified', '已告知'), ('fixed', '已排定'), ('closed', '评分结束'), ('released', '已公布成绩'), ('cancelled', '已取消')], default='draft', editable=False)),
                ('division', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.division')),
                ('organization', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sessions', to='organizations.organization')),
                ('panel', models.ManyToManyField(related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='考评员')),
                ('prefecture', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.division')),
                ('room', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='institutions.room', verbose_name='实训场地')),
                ('rubric', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sessions', to='practical.rubric', verbose_name='评分表')),
            ],
            options={
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('state__in', ['draft', 'notified', 'fixed', 'closed', 'released', 'cancelled'])), name='session_state_known'),
                    models.CheckConstraint(condition=models.Q(('method__in', ['median', 'nearest'])), name='session_method_known'),
                    models.CheckConstraint(condition=models.Q(models.Q(('pause_from__isnull', True), ('pause_until__isnull', True)), models.Q(('pause_from__isnull', False), ('pause_until__isnull', False)), _connector='OR'), name='session_pause_begins_and_ends'),
                    models.CheckConstraint(condition=models.Q(models.Q(('deviation__isnull', True), ('pass_mark__isnull', True)), models.Q(('deviation__isnull', False), ('pass_mark__isnull', False)), _connector='OR'), name='session_figures_fixed_together'),
                    models.CheckConstraint(condition=models.Q(('closes_at__gt', models.F('opens_at'))), name='session_ends_after_it_begins', violation_error_message='最迟结束要晚于第一轮开始。'),
                    models.CheckConstraint(condition=models.Q(('pause_from__isnull', True), ('pause_until__gt', models.F('pause_from')), _connector='OR'), name='session_pause_ends_after_it_begins', violation_error_message='午休结束要晚于午休开始。'),
                    models.CheckConstraint(condition=models.Q(('stations__range', (1, 60))), name='session_stations_sensible', violation_error_message='同时使用的工位应在 1 到 60 之间。'),
                    models.CheckConstraint(condition=models.Q(('change_minutes__lte', 120)), name='session_change_sensible', violation_error_message='换场时间不超过 120 分钟。'),
                    django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(('state__in', ('notified', 'fixed'))), expressions=[('room', '='), (models.Func('opens_at', 'closes_at', django.contrib.postgres.fields.ranges.RangeBoundary(), function='TSTZRANGE', output_field=django.contrib.postgres.fields.ranges.DateTimeRangeField()), '&&')], name='session_room_for_one'),
                ],
                'indexes': [
                    models.Index(fields=['organization', '-opens_at'], name='session_by_organization'),
                    models.Index(fields=['prefecture', '-opens_at'], name='session_by_prefecture'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Sheet',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('place', models.PositiveSmallIntegerField()),
                ('starts_at', models.DateTimeField(editable=False)),
                ('ends_at', models.DateTimeField(editable=False)),
                ('live', models.BooleanField(default=True, editable=False)),
                ('handed_in_at', models.DateTimeField(null=True)),
                ('total', models.DecimalField(decimal_places=2, max_digits=5, null=True)),
                ('fatal', models.BooleanField(default=False)),
                ('assessor', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='score_sheets', to=settings.AUTH_USER_MODEL, verbose_name='考评员')),
                ('session', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sheets', to='practical.session')),
            ],
            options={
                'ordering': ['turn', 'place'],
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('place__range', (1, 3))), name='sheet_place_known'),
                    models.CheckConstraint(condition=models.Q(models.Q(('handed_in_at__isnull', True), ('total__isnull', True)), models.Q(('handed_in_at__isnull', False), ('total__isnull', False)), _connector='OR'), name='sheet_handed_in_with_total'),
                    django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(('live', True), ('place__lt', 3)), expressions=[('assessor', '='), ('session', '<>'), (models.Func('starts_at', 'ends_at', django.contrib.postgres.fields.ranges.RangeBoundary(), function='TSTZRANGE', output_field=django.contrib.postgres.fields.ranges.DateTimeRangeField()), '&&')], name='sheet_assessor_in_one_workshop'),
                ],
                'indexes': [
                    models.Index(fields=['assessor', 'starts_at'], name='sheet_by_assessor'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Tap',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ('kind', models.TextField(choices=[('here', '签到'), ('points', '评分'), ('note', '备注'), ('fatal', '否决项'), ('begin', '开始计时'), ('end', '停止计时'), ('evidence', '取证'), ('hand_in', '提交')])),
                ('about', models.CharField(blank=True, max_length=20)),
                ('value', models.TextField(blank=True)),
                ('phone', models.CharField(max_length=40)),
                ('phone_at', models.DateTimeField()),
                ('at', models.DateTimeField()),
                ('clock_error', models.IntegerField(help_text='seconds the phone was ahead')),
                ('received_at', models.DateTimeField()),
                ('sheet', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='taps', to='practical.sheet')),
            ],
            options={
                'ordering': ['at', 'id'],
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('kind__in', ['here', 'points', 'note', 'fatal', 'begin', 'end', 'evidence', 'hand_in'])), name='tap_kind_known'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Picture',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('taken_at', models.DateTimeField()),
                ('file', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.storedfile')),
                ('sheet', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='evidence', to='practical.sheet')),
                ('tap', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='evidence', to='practical.tap')),
            ],
            options={
                'ordering': ['taken_at', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Turn',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('station', models.PositiveSmallIntegerField(verbose_name='工位')),
                ('starts_at', models.DateTimeField(verbose_name='开始')),
                ('ends_at', models.DateTimeField(verbose_name='结束')),
                ('arrived_at', models.DateTimeField(null=True, verbose_name='签到')),
                ('absent', models.BooleanField(default=False, verbose_name='缺考')),
                ('void', models.BooleanField(default=False, verbose_name='作废')),
                ('trouble', models.TextField(choices=[('equipment', '设备故障'), ('power', '停电停水'), ('material', '材料不合格'), ('weather', '天气'), ('other', '其他')], null=True, verbose_name='重考原因')),
                ('differences', models.JSONField(default=list)),
                ('mark', models.DecimalField(decimal_places=2, max_digits=5, null=True)),
                ('passed', models.BooleanField(null=True)),
                ('fatal', models.BooleanField(default=False, verbose_name='否决')),
                ('settled_at', models.DateTimeField(null=True)),
                ('enrolment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='practical_turns', to='classes.enrolment')),
                ('instead_of', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='taken_again', to='practical.turn')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='practical_turns', to='people.person')),
                ('session', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='turns', to='practical.session')),
            ],
            options={
                'ordering': ['starts_at', 'station', 'pk'],
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('trouble__in', ['equipment', 'power', 'material', 'weather', 'other'])), name='turn_trouble_known'),
                    models.CheckConstraint(condition=models.Q(models.Q(('mark__isnull', True), ('passed__isnull', True)), models.Q(('mark__isnull', False), ('passed__isnull', False)), _connector='OR'), name='turn_mark_and_verdict_together'),
                    models.CheckConstraint(condition=models.Q(models.Q(('mark__isnull', True), ('settled_at__isnull', True)), models.Q(('mark__isnull', False), ('settled_at__isnull', False)), _connector='OR'), name='turn_mark_and_moment_together'),
                    models.CheckConstraint(condition=models.Q(('ends_at__gt', models.F('starts_at'))), name='turn_ends_after_it_begins'),
                    models.CheckConstraint(condition=models.Q(('absent', False), models.Q(('arrived_at__isnull', True), ('mark__isnull', True)), _connector='OR'), name='turn_absent_has_no_mark'),
                    models.CheckConstraint(condition=models.Q(('fatal', False), ('passed', False), _connector='OR'), name='turn_fatal_is_failed'),
                    models.UniqueConstraint(models.F('session'), models.F('person'), condition=models.Q(('void', False)), name='turn_once_in_a_session'),
                    django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(('void', False)), expressions=[('session', '='), ('station', '='), (models.Func('starts_at', 'ends_at', django.contrib.postgres.fields.ranges.RangeBoundary(), function='TSTZRANGE', output_field=django.contrib.postgres.fields.ranges.DateTimeRangeField()), '&&')], name='turn_station_for_one'),
                    django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(('void', False)), expressions=[('person', '='), (models.Func('starts_at', 'ends_at', django.contrib.postgres.fields.ranges.RangeBoundary(), function='TSTZRANGE', output_field=django.contrib.postgres.fields.ranges.DateTimeRangeField()), '&&')], name='turn_person_in_one_place'),
                ],
            },
        ),
        migrations.AddField(
            model_name='sheet',
            name='turn',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='sheets', to='practical.turn'),
        ),
        migrations.AddConstraint(
            model_name='sheet',
            constraint=models.UniqueConstraint(models.F('turn'), models.F('place'), name='sheet_place_once'),
        ),
        migrations.AddConstraint(
            model_name='sheet',
            constraint=models.UniqueConstraint(models.F('turn'), models.F('assessor'), name='sheet_assessor_once'),
        ),
    ]
