"""Monthly summaries and quarterly bulletins.

Locks: a new table.
Reverse: drops what was drafted and issued; the files stay stored.
"""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('core', '0005_delivery_and_wordings'),
        ('organizations', '0003_inspectors'),
    ]

    operations = [
        migrations.CreateModel(
            name='Bulletin',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.TextField(choices=[('monthly', '月小结'), ('quarterly', '季通报')], verbose_name='种类')),
                ('since', models.DateField(verbose_name='开始日期')),
                ('until', models.DateField(verbose_name='结束日期')),
                ('title', models.TextField(verbose_name='标题')),
                ('state', models.TextField(choices=[('draft', '草稿'), ('issued', '已印发'), ('withdrawn', '已撤回'), ('discarded', '已作废')], default='draft', editable=False)),
                ('facts', models.JSONField(default=list)),
                ('texts', models.JSONField(default=dict)),
                ('gathered_at', models.DateTimeField(verbose_name='取数时间')),
                ('version', models.PositiveIntegerField(default=0, help_text='grows with every edit, so that two who write at once notice')),
                ('open_to_public', models.BooleanField(default=False, verbose_name='向社会公开')),
                ('number', models.TextField(null=True, unique=True, verbose_name='文号')),
                ('issued_at', models.DateTimeField(null=True, verbose_name='印发时间')),
                ('authority', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='bulletins', to='organizations.organization', verbose_name='印发单位')),
                ('book', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.storedfile')),
                ('paper', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.storedfile')),
            ],
            options={
                'indexes': [models.Index(fields=['authority', '-since'], name='bulletin_by_authority')],
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['monthly', 'quarterly'])), name='bulletin_kind_known'), models.CheckConstraint(condition=models.Q(('state__in', ['draft', 'issued', 'withdrawn', 'discarded'])), name='bulletin_state_known'), models.CheckConstraint(condition=models.Q(('until__gte', models.F('since'))), name='bulletin_ends_after_it_begins', violation_error_message='结束早于开始，请检查两个日期。'), models.CheckConstraint(condition=models.Q(models.Q(('issued_at__isnull', True), ('number__isnull', True)), models.Q(('issued_at__isnull', False), ('number__isnull', False)), _connector='OR'), name='bulletin_issued_with_a_number'), models.CheckConstraint(condition=models.Q(models.Q(('issued_at__isnull', True), ('paper__isnull', True)), models.Q(('issued_at__isnull', False), ('paper__isnull', False)), _connector='OR'), name='bulletin_issued_on_paper'), models.UniqueConstraint(models.F('authority'), models.F('kind'), models.F('since'), condition=models.Q(('state__in', ['draft', 'issued'])), name='bulletin_once_a_period')],
            },
        ),
    ]
