"""A measure says when the rest of its term was waived.

Why: who has spoken may speak again and ask for a hearing until the term ends; only saying that no
more comes ends it earlier, and that is a fact of its own.
Locks: brief, ACCESS EXCLUSIVE on oversight_measure; a column without a default.
Reverse: drops the column.
"""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('oversight', '0002_measures_and_handovers'),
    ]

    operations = [
        migrations.AddField(
            model_name='measure',
            name='waived_at',
            field=models.DateTimeField(null=True, verbose_name='放弃听证，不再补充'),
        ),
    ]
