"""The ledger of patrols: duties, patrols with what phones sent, roll calls, photos.

Locks: none that anybody waits for; the tables are new.
Reverse: drops the tables.
"""

import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('classes', '0004_waiting_ends_with_its_class'),
        ('core', '0005_delivery_and_wordings'),
        ('exams', '0009_slips_and_questions'),
        ('organizations', '0003_inspectors'),
        ('people', '0004_people_by_name'),
        ('practical', '0002_sessions'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Duty',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.TextField(choices=[('class', '班级'), ('theory', '理论考核'), ('practical', '实操考核')], verbose_name='类别')),
                ('category', models.TextField(choices=[('site_post', '施工现场专业人员'), ('trade', '技能工人'), ('municipal', '市政公用'), ('continuing', '继续教育')], verbose_name='培训类别')),
                ('number', models.TextField(verbose_name='编号')),
                ('title', models.TextField(verbose_name='名称')),
                ('opens_at', models.DateTimeField(verbose_name='开始')),
                ('closes_at', models.DateTimeField(verbose_name='结束')),
                ('wanted', models.PositiveSmallIntegerField(verbose_name='应巡次数')),
                ('looks', models.PositiveSmallIntegerField(default=0, verbose_name='已巡次数')),
                ('paused_since', models.DateTimeField(null=True)),
                ('state', models.TextField(choices=[('owed', '待安排'), ('planned', '已安排'), ('done', '已巡查'), ('missed', '未巡查'), ('lifted', '不需要')], default='owed', editable=False)),
                ('alerted_at', models.DateTimeField(null=True)),
                ('missed_at', models.DateTimeField(null=True)),
                ('ground', models.TextField(choices=[('people', '人手不足'), ('moved', '班级或场次临时变动'), ('stopped', '中途停办或停课'), ('travel', '交通、天气'), ('forgotten', '没有及时安排'), ('other', '其他')], null=True, verbose_name='原因')),
                ('explanation', models.TextField(blank=True, verbose_name='说明')),
                ('explained_at', models.DateTimeField(null=True)),
                ('escalated_at', models.DateTimeField(null=True)),
                ('authority', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.organization')),
                ('division', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.division')),
                ('explained_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('organization', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.organization')),
                ('prefecture', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.division')),
                ('session', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='patrol_duty', to='practical.session')),
                ('sitting', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='patrol_duty', to='exams.sitting')),
                ('training_class', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='patrol_duty', to='classes.trainingclass')),
            ],
            options={
                'verbose_name_plural': 'duties',
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('kind__in', ['class', 'theory', 'practical'])), name='duty_kind_known'),
                    models.CheckConstraint(condition=models.Q(('state__in', ['owed', 'planned', 'done', 'missed', 'lifted'])), name='duty_state_known'),
                    models.CheckConstraint(condition=models.Q(('category__in', ['site_post', 'trade', 'municipal', 'continuing'])), name='duty_category_known'),
                    models.CheckConstraint(condition=models.Q(('ground__in', ['people', 'moved', 'stopped', 'travel', 'forgotten', 'other'])), name='duty_ground_known'),
                    models.CheckConstraint(condition=models.Q(models.Q(('kind', 'class'), ('session', None), ('sitting', None), ('training_class__isnull', False)), models.Q(('kind', 'theory'), ('session', None), ('sitting__isnull', False), ('training_class', None)), models.Q(('kind', 'practical'), ('session__isnull', False), ('sitting', None), ('training_class', None)), _connector='OR'), name='duty_of_one_subject'),
                    models.CheckConstraint(condition=models.Q(('closes_at__gte', models.F('opens_at'))), name='duty_ends_after_it_begins'),
                    models.CheckConstraint(condition=models.Q(models.Q(('explained_at__isnull', True), ('explained_by__isnull', True)), models.Q(('explained_at__isnull', False), ('explained_by__isnull', False)), _connector='OR'), name='duty_explained_by_somebody'),
                    models.CheckConstraint(condition=models.Q(models.Q(('explained_at__isnull', True), ('ground__isnull', True)), models.Q(('explained_at__isnull', False), ('ground__isnull', False)), _connector='OR'), name='duty_explained_with_a_ground'),
                    models.CheckConstraint(condition=models.Q(models.Q(('state', 'done'), _negated=True), ('looks__gte', models.F('wanted')), _connector='OR'), name='duty_done_when_looked_at'),
                ],
                'indexes': [
                    models.Index(fields=['prefecture', 'closes_at'], name='duty_by_prefecture'),
                    models.Index(fields=['organization', 'closes_at'], name='duty_by_organization'),
                    models.Index(fields=['closes_at', 'state'], name='duty_by_day'),
                    models.Index(models.F('closes_at'), condition=models.Q(('state__in', ('owed', 'planned'))), name='duty_open_by_end'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Patrol',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.UUIDField(default=uuid.uuid4, unique=True)),
                ('way', models.TextField(choices=[('on_site', '现场'), ('remote', '远程')], verbose_name='方式')),
                ('planned_for', models.DateField(verbose_name='日期')),
                ('planned_at', models.DateTimeField()),
                ('seed', models.CharField(editable=False, max_length=32)),
                ('form', models.TextField(help_text='the version of the form')),
                ('answers', models.JSONField(default=dict)),
                ('state', models.TextField(choices=[('planned', '已安排'), ('filed', '已提交'), ('called_off', '已取消安排')], default='planned', editable=False)),
                ('looked_at', models.DateTimeField(null=True)),
                ('filed_at', models.DateTimeField(null=True)),
                ('duty', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='patrols', to='patrols.duty')),
                ('filed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('members', models.ManyToManyField(related_name='patrols', to=settings.AUTH_USER_MODEL, verbose_name='巡查人员')),
                ('planned_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['planned_for', 'pk'],
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('way__in', ['on_site', 'remote'])), name='patrol_way_known'),
                    models.CheckConstraint(condition=models.Q(('state__in', ['planned', 'filed', 'called_off'])), name='patrol_state_known'),
                    models.CheckConstraint(condition=models.Q(models.Q(('filed_at__isnull', True), ('filed_by__isnull', True)), models.Q(('filed_at__isnull', False), ('filed_by__isnull', False)), _connector='OR'), name='patrol_filed_by_somebody'),
                    models.CheckConstraint(condition=models.Q(models.Q(('state', 'filed'), _negated=True), models.Q(('filed_at__isnull', False), ('looked_at__isnull', False)), _connector='OR'), name='patrol_filed_with_its_moment'),
                ],
                'indexes': [
                    models.Index(fields=['duty', 'state'], name='patrol_by_duty'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Deed',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ('kind', models.TextField(choices=[('answer', '回答'), ('note', '备注'), ('draw', '抽点'), ('roll', '点名'), ('photo', '照片'), ('hand_in', '提交')])),
                ('about', models.CharField(blank=True, max_length=40)),
                ('value', models.TextField(blank=True)),
                ('phone', models.CharField(max_length=40)),
                ('phone_at', models.DateTimeField()),
                ('at', models.DateTimeField()),
                ('clock_error', models.IntegerField(help_text='seconds the phone was ahead')),
                ('received_at', models.DateTimeField()),
                ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('patrol', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='deeds', to='patrols.patrol')),
            ],
            options={
                'ordering': ['at', 'id'],
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('kind__in', ['answer', 'note', 'draw', 'roll', 'photo', 'hand_in'])), name='deed_kind_known'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Photo',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('about', models.CharField(blank=True, max_length=40)),
                ('removed', models.JSONField(default=list)),
                ('taken_at', models.DateTimeField()),
                ('deed', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='photo', to='patrols.deed')),
                ('file', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.storedfile')),
                ('patrol', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='photos', to='patrols.patrol')),
            ],
            options={
                'ordering': ['taken_at', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Roll',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField()),
                ('expected', models.PositiveIntegerField()),
                ('deed', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='roll', to='patrols.deed')),
                ('lesson', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='classes.lesson')),
                ('patrol', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='rolls', to='patrols.patrol')),
            ],
            options={
                'ordering': ['at', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='RollLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('place', models.PositiveSmallIntegerField(help_text='in the order drawn')),
                ('found', models.TextField(choices=[('here', '在场，本人'), ('absent', '不在场'), ('other', '在场的不是本人')], null=True, verbose_name='现场')),
                ('signed', models.BooleanField(null=True, verbose_name='记录')),
                ('mismatch', models.TextField(choices=[('ghost', '记录在场，实际不在'), ('stand_in', '人证不符'), ('unsigned', '在场，没有签到')], null=True, verbose_name='不一致')),
                ('enrolment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='classes.enrolment')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('roll', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='lines', to='patrols.roll')),
            ],
            options={
                'ordering': ['roll', 'place'],
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('found__in', ['here', 'absent', 'other'])), name='roll_line_found_known'),
                    models.CheckConstraint(condition=models.Q(('mismatch__in', ['ghost', 'stand_in', 'unsigned'])), name='roll_line_mismatch_known'),
                    models.UniqueConstraint(models.F('roll'), models.F('person'), name='roll_line_once'),
                    models.CheckConstraint(condition=models.Q(('found__isnull', False), ('mismatch__isnull', True), _connector='OR'), name='roll_line_mismatch_of_who_was_called'),
                ],
                'indexes': [
                    models.Index(models.F('roll'), condition=models.Q(('mismatch__isnull', False)), name='roll_line_mismatch'),
                ],
            },
        ),
    ]
