"""The first tables of feedback.

Locks: none, the tables are new.
Reverse: drops them.
"""

import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('classes', '0002_waiting_review_transfer'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Ballot',
            fields=[
                ('enrolment', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='ballot', serialize=False, to='classes.enrolment')),
            ],
        ),
        migrations.CreateModel(
            name='Remark',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('text', models.TextField()),
                ('training_class', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='remarks', to='classes.trainingclass')),
            ],
        ),
        migrations.CreateModel(
            name='FollowUp',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('due_on', models.DateField(verbose_name='应回访日期')),
                ('tries', models.PositiveSmallIntegerField(default=0, editable=False, verbose_name='未接通次数')),
                ('work', models.TextField(blank=True, choices=[('trade', '从事本岗位工种'), ('other', '从事其他工作'), ('none', '还没有工作'), ('unsaid', '不愿说')], verbose_name='现在的工作')),
                ('score', models.PositiveSmallIntegerField(null=True, verbose_name='满意度')),
                ('book_taken_back', models.BooleanField(null=True, verbose_name='教材被收回')),
                ('said', models.TextField(blank=True, verbose_name='意见和建议')),
                ('state', models.TextField(choices=[('due', '待回访'), ('reached', '已回访'), ('unreached', '多次未接通'), ('declined', '本人不愿回访')], default='due', editable=False)),
                ('ended_at', models.DateTimeField(editable=False, null=True)),
                ('ended_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('enrolment', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='follow_up', to='classes.enrolment')),
            ],
            options={
                'indexes': [models.Index(models.F('due_on'), condition=models.Q(('state', 'due')), name='follow_up_due')],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['due', 'reached', 'unreached', 'declined'])), name='follow_up_state_known'), models.CheckConstraint(condition=models.Q(('work__in', ['', 'trade', 'other', 'none', 'unsaid'])), name='follow_up_work_known'), models.CheckConstraint(condition=models.Q(('score__isnull', True), ('score__range', (1, 5)), _connector='OR'), name='follow_up_score_in_range'), models.CheckConstraint(condition=models.Q(models.Q(('ended_at__isnull', True), ('ended_by__isnull', True)), models.Q(('ended_at__isnull', False), ('ended_by__isnull', False)), _connector='OR'), name='follow_up_ended_by_somebody')],
            },
        ),
        migrations.CreateModel(
            name='SelfEvaluation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('plan', models.TextField(blank=True, verbose_name='教学计划落实情况')),
                ('teaching', models.TextField(blank=True, verbose_name='培训教学管理情况')),
                ('means', models.TextField(blank=True, verbose_name='软硬件建设情况')),
                ('effect', models.TextField(blank=True, verbose_name='培训质量效果')),
                ('improve', models.TextField(blank=True, verbose_name='不足与改进')),
                ('facts', models.JSONField(default=list, editable=False, help_text='figures when handed in')),
                ('state', models.TextField(choices=[('draft', '填写中'), ('handed_in', '已提交')], default='draft', editable=False)),
                ('handed_in_at', models.DateTimeField(editable=False, null=True)),
                ('training_class', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='self_evaluation', to='classes.trainingclass')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['draft', 'handed_in'])), name='self_evaluation_state_known')],
            },
        ),
        migrations.CreateModel(
            name='Tally',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('question', models.TextField(choices=[('teaching', '老师讲得清楚、有用'), ('practice', '实操练得够、练得会'), ('materials', '教材每人一本、好用'), ('place', '教室和场地合适、安全'), ('order', '课按课表上，考勤认真'), ('promises', '收费和承诺与报名时说的一样')])),
                ('score', models.PositiveSmallIntegerField()),
                ('count', models.PositiveIntegerField(default=0)),
                ('training_class', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='tallies', to='classes.trainingclass')),
            ],
            options={
                'verbose_name_plural': 'tallies',
                'constraints': [models.CheckConstraint(condition=models.Q(('question__in', ['teaching', 'practice', 'materials', 'place', 'order', 'promises'])), name='tally_question_known'), models.UniqueConstraint(models.F('training_class'), models.F('question'), models.F('score'), name='tally_once_a_score'), models.CheckConstraint(condition=models.Q(('score__range', (1, 5))), name='tally_score_in_range')],
            },
        ),
    ]
