"""A finding says until when the authority has to act on it.

Why: findings lay open without a clock. Those open today get a week from the upgrade.
Locks: brief, ACCESS EXCLUSIVE on corrections_finding for the column; rows of open findings for the rest.
Reverse: drops the column.
"""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('corrections', '0002_disputes'),
    ]

    operations = [
        migrations.AddField(
            model_name='finding',
            name='act_due_at',
            field=models.DateTimeField(editable=False, null=True, verbose_name='处理期限'),
        ),
        migrations.RunSQL(
            "UPDATE corrections_finding SET act_due_at = now() + interval '7 days' WHERE state = 'open'",
            migrations.RunSQL.noop,
        ),
    ]
