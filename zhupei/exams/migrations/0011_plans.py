"""Plans of several sittings. A sitting from before is one that was notified by itself.

Locks: ACCESS EXCLUSIVE on exams_sitting for a moment: a column without default that points to a
new, empty table.
Reverse: drops both; what was notified together stays notified.
"""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('exams', '0010_rooms_booked'),
        ('organizations', '0002_roles_of_the_exam'),
    ]

    operations = [
        migrations.CreateModel(
            name='Plan',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.CharField(editable=False, max_length=20, null=True, unique=True, verbose_name='编号')),
                ('title', models.TextField(verbose_name='计划名称')),
                ('note', models.TextField(blank=True, verbose_name='说明')),
                ('notified_at', models.DateTimeField(editable=False, null=True, verbose_name='告知时间')),
                ('state', models.TextField(choices=[('draft', '草稿'), ('notified', '已告知'), ('cancelled', '已取消')], default='draft', editable=False)),
                ('division', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.division')),
                ('organization', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='exam_plans', to='organizations.organization')),
                ('prefecture', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.division')),
            ],
            options={
                'indexes': [models.Index(fields=['organization', '-id'], name='exam_plan_by_organization'), models.Index(fields=['prefecture', '-id'], name='exam_plan_by_prefecture')],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['draft', 'notified', 'cancelled'])), name='exam_plan_state_known'), models.CheckConstraint(condition=models.Q(models.Q(('notified_at__isnull', True), ('number__isnull', True)), models.Q(('notified_at__isnull', False), ('number__isnull', False)), _connector='OR'), name='exam_plan_number_with_the_notice'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'notified'), _negated=True), ('number__isnull', False), _connector='OR'), name='exam_plan_notified_has_a_number')],
            },
        ),
        migrations.AddField(
            model_name='sitting',
            name='plan',
            field=models.ForeignKey(blank=True, help_text='none when it was notified by itself', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='sittings', to='exams.plan', verbose_name='考核计划'),
        ),
    ]
