"""The tables of reviews, appeals and cases of misconduct.

Locks: none, the tables are new.
Reverse: drops them.
"""


import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('core', '0005_delivery_and_wordings'),
        ('exams', '0008_void_marks'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Misconduct',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('breach', models.TextField(choices=[('order', '不按规定就座、不听提醒等（第六条）'), ('cheating', '抄袭、传递、违规电子用品、散布试题等（第七条）'), ('grave', '替考、串通或有组织作弊等（第八条）'), ('disruption', '扰乱考场秩序（第九条）'), ('false_papers', '以虚假材料取得资格（第十条）'), ('alike', '答案雷同（第十一条）')], verbose_name='类别')),
                ('facts', models.TextField(verbose_name='事实')),
                ('opened_at', models.DateTimeField()),
                ('noticed_at', models.DateTimeField(null=True)),
                ('statement_until', models.DateTimeField(null=True)),
                ('statement', models.TextField(blank=True, verbose_name='陈述申辩')),
                ('stated_at', models.DateTimeField(null=True)),
                ('decision', models.TextField(blank=True, verbose_name='处理决定')),
                ('decided_at', models.DateTimeField(null=True)),
                ('kept', models.BooleanField(default=False)),
                ('kept_until', models.DateField(null=True)),
                ('state', models.TextField(choices=[('opened', '调查中'), ('noticed', '已告知，待陈述申辩'), ('stated', '已陈述申辩，待决定'), ('decided', '已处理'), ('dropped', '已撤销')], default='opened', editable=False)),
                ('candidate', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='cases', to='exams.candidate')),
                ('decided_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('opened_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('state__in', ['opened', 'noticed', 'stated', 'decided', 'dropped'])), name='case_state_known'),
                    models.CheckConstraint(condition=models.Q(('breach__in', ['order', 'cheating', 'grave', 'disruption', 'false_papers', 'alike'])), name='case_breach_known'),
                    models.CheckConstraint(condition=models.Q(('state__in', ['opened', 'dropped']), models.Q(('noticed_at__isnull', False), ('statement_until__isnull', False)), _connector='OR'), name='case_nobody_is_judged_untold'),
                    models.CheckConstraint(condition=models.Q(('kept', True), ('kept_until__isnull', True), _connector='OR'), name='case_kept_until_a_day'),
                ],
            },
        ),
        migrations.CreateModel(
            name='CaseEvidence',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('added_at', models.DateTimeField(auto_now_add=True)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='evidence', to='appeals.misconduct')),
                ('file', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.storedfile')),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='ReviewRequest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('grounds', models.TextField(verbose_name='理由')),
                ('mark', models.DecimalField(decimal_places=2, max_digits=5)),
                ('filed_at', models.DateTimeField()),
                ('due_at', models.DateTimeField()),
                ('answer', models.TextField(blank=True, verbose_name='复核意见')),
                ('answered_at', models.DateTimeField(null=True)),
                ('state', models.TextField(choices=[('filed', '复核中'), ('upheld', '维持成绩'), ('corrected', '已更正'), ('withdrawn', '已撤回')], default='filed', editable=False)),
                ('answered_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('attempt', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='review_request', to='exams.attempt')),
            ],
            options={
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('state__in', ['filed', 'upheld', 'corrected', 'withdrawn'])), name='review_request_state_known'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Appeal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('grounds', models.TextField(verbose_name='理由')),
                ('filed_at', models.DateTimeField()),
                ('due_at', models.DateTimeField()),
                ('answer', models.TextField(blank=True, verbose_name='处理意见')),
                ('answered_at', models.DateTimeField(null=True)),
                ('state', models.TextField(choices=[('filed', '申诉办理中'), ('dismissed', '不支持'), ('granted', '支持，重新复核'), ('withdrawn', '已撤回')], default='filed', editable=False)),
                ('answered_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('review', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='appeal', to='appeals.reviewrequest')),
            ],
            options={
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('state__in', ['filed', 'dismissed', 'granted', 'withdrawn'])), name='appeal_state_known'),
                ],
            },
        ),
    ]
