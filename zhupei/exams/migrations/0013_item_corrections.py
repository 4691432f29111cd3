"""What is put right of an item after a sitting: proposed by one person, decided by another.

Locks: none but on the new table.
Reverse: drops it; marks computed by a correction stay as they are until somebody settles them anew.
"""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('exams', '0012_turned_away'),
        ('questions', '0006_set_says_where_it_comes_from'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='ItemCorrection',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('label', models.TextField()),
                ('ruling', models.TextField(choices=[('new_key', '更正答案'), ('all', '此题全员给分'), ('void', '此题作废')], verbose_name='怎么更正')),
                ('keys', models.JSONField(blank=True, default=list)),
                ('reason', models.TextField(verbose_name='理由')),
                ('by_experts', models.BooleanField(default=False, help_text="the region, on the experts' word")),
                ('proposed_at', models.DateTimeField()),
                ('decided_at', models.DateTimeField(null=True)),
                ('answer', models.TextField(blank=True, verbose_name='决定的理由')),
                ('outcome', models.JSONField(default=dict)),
                ('state', models.TextField(choices=[('proposed', '待住建厅决定'), ('in_force', '已更正'), ('replaced', '已由新的更正代替'), ('rejected', '不予更正'), ('withdrawn', '已撤回')], default='proposed', editable=False)),
                ('decided_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('proposed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='提请人')),
                ('sitting', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='corrections', to='exams.sitting')),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='corrections', to='questions.itemversion')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('ruling__in', ['new_key', 'all', 'void'])), name='item_correction_ruling_known'), models.CheckConstraint(condition=models.Q(('state__in', ['proposed', 'in_force', 'replaced', 'rejected', 'withdrawn'])), name='item_correction_state_known'), models.CheckConstraint(condition=models.Q(models.Q(('decided_at__isnull', True), ('decided_by__isnull', True)), models.Q(('decided_at__isnull', False), ('decided_by__isnull', False)), _connector='OR'), name='item_correction_decided_by_somebody'), models.UniqueConstraint(models.F('sitting'), models.F('version'), condition=models.Q(('state', 'in_force')), name='item_correction_one_in_force'), models.UniqueConstraint(models.F('sitting'), models.F('version'), condition=models.Q(('state', 'proposed')), name='item_correction_one_proposed'), models.CheckConstraint(condition=models.Q(('decided_by__isnull', True), models.Q(('decided_by', models.F('proposed_by')), _negated=True), _connector='OR'), name='item_correction_nobody_decides_their_own'), models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['in_force', 'replaced']), _negated=True), ('decided_at__isnull', False), _connector='OR'), name='item_correction_in_force_was_decided')],
            },
        ),
    ]
