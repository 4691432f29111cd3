"""More time for a result, and complaints answered together with another one.

Why: a result may take longer once, with a reason; several people report one matter.
Locks: complaints_complaint for a moment (three empty columns, an index and checks over few rows).
Reverse: drops the wishes for time and who was joined to whom; a joined complaint would have no
state any more, so separate them first.
"""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('certificates', '0004_practical_turn'),
        ('classes', '0004_waiting_ends_with_its_class'),
        ('complaints', '0001_complaints'),
        ('organizations', '0004_complaint_hours'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Extension',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reason', models.TextField(verbose_name='延期理由')),
                ('wanted_until', models.DateField(verbose_name='延期到')),
                ('asked_at', models.DateTimeField()),
                ('granted_until', models.DateTimeField(null=True)),
                ('answered_at', models.DateTimeField(null=True)),
                ('state', models.TextField(choices=[('asked', '待批准'), ('granted', '同意延期'), ('refused', '不同意延期')], default='asked', editable=False)),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.RemoveConstraint(
            model_name='complaint',
            name='complaint_state_known',
        ),
        migrations.RemoveIndex(
            model_name='complaint',
            name='complaint_open',
        ),
        migrations.AddField(
            model_name='complaint',
            name='first_close_due',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='complaint',
            name='times_extended',
            field=models.PositiveSmallIntegerField(default=0),
        ),
        migrations.AddField(
            model_name='complaint',
            name='leading',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='joined', to='complaints.complaint'),
        ),
        migrations.AlterField(
            model_name='complaint',
            name='state',
            field=models.TextField(choices=[('registered', '已登记，待分派'), ('assigned', '已分派，待受理'), ('accepted', '已受理，调查中'), ('decided', '已认定，待答复'), ('replied', '已答复'), ('reopened', '要求重办，待分派'), ('refused', '不予受理'), ('joined', '已并案'), ('referred', '已转其他部门'), ('closed', '已办结')], default='registered', editable=False),
        ),
        migrations.AddIndex(
            model_name='complaint',
            index=models.Index(models.F('handler'), models.F('close_due'), condition=models.Q(('state__in', ('registered', 'reopened', 'assigned', 'accepted', 'decided', 'joined'))), name='complaint_open'),
        ),
        migrations.AddConstraint(
            model_name='complaint',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['registered', 'assigned', 'accepted', 'decided', 'replied', 'reopened', 'refused', 'joined', 'referred', 'closed'])), name='complaint_state_known'),
        ),
        migrations.AddConstraint(
            model_name='complaint',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'joined'), _negated=True), ('leading__isnull', False), _connector='OR'), name='complaint_joined_to_one'),
        ),
        migrations.AddConstraint(
            model_name='complaint',
            constraint=models.CheckConstraint(condition=models.Q(('close_due__gte', models.F('first_close_due'))), name='complaint_due_only_later', violation_error_message='结束早于开始，请检查两个日期。'),
        ),
        migrations.AddField(
            model_name='extension',
            name='answered_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='extension',
            name='asked_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='extension',
            name='complaint',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='extensions', to='complaints.complaint'),
        ),
        migrations.AddConstraint(
            model_name='extension',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['asked', 'granted', 'refused'])), name='complaint_extension_state_known'),
        ),
        migrations.AddConstraint(
            model_name='extension',
            constraint=models.UniqueConstraint(models.F('complaint'), condition=models.Q(('state', 'asked')), name='complaint_extension_asked_once'),
        ),
        migrations.AddConstraint(
            model_name='extension',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('answered_at__isnull', True), ('answered_by__isnull', True)), models.Q(('answered_at__isnull', False), ('answered_by__isnull', False)), _connector='OR'), name='complaint_extension_answered'),
        ),
        migrations.AddConstraint(
            model_name='extension',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'granted'), _negated=True), ('granted_until__isnull', False), _connector='OR'), name='complaint_extension_granted_until_a_time'),
        ),
    ]
