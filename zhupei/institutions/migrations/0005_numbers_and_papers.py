"""Numbers of the slips a ledger's lines come from; the licence's issuer and scan; closed materials.

Locks: institutions_licence, _consumable, _consumableentry and _equipmentuse for a moment while
columns are added; the two ledgers are read through once for the new checks.
Reverse: drops the columns, and the numbers in them.
"""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('core', '0003_waiting_files_and_series'),
        ('institutions', '0004_charge_of_continuing'),
        ('organizations', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='consumable',
            name='closed_on',
            field=models.DateField(blank=True, null=True, verbose_name='停用日期'),
        ),
        migrations.AddField(
            model_name='consumableentry',
            name='number',
            field=models.TextField(blank=True, verbose_name='单据号'),
        ),
        migrations.AddField(
            model_name='equipmentuse',
            name='number',
            field=models.TextField(blank=True, verbose_name='记录单号'),
        ),
        migrations.AddField(
            model_name='licence',
            name='issuer',
            field=models.TextField(blank=True, verbose_name='发证机关'),
        ),
        migrations.AddField(
            model_name='licence',
            name='paper',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.storedfile', verbose_name='许可证扫描件'),
        ),
        migrations.AddConstraint(
            model_name='consumableentry',
            constraint=models.UniqueConstraint(models.F('organization'), models.F('number'), condition=models.Q(('number', ''), _negated=True), name='consumable_entry_number_once', violation_error_message='这个单据号已经登记过。'),
        ),
        migrations.AddConstraint(
            model_name='equipmentuse',
            constraint=models.UniqueConstraint(models.F('organization'), models.F('number'), condition=models.Q(('number', ''), _negated=True), name='equipment_use_number_once', violation_error_message='这个记录单号已经登记过。'),
        ),
        migrations.AddConstraint(
            model_name='equipmentuse',
            constraint=models.CheckConstraint(condition=models.Q(('minutes__gt', 0)), name='equipment_use_takes_time'),
        ),
    ]
