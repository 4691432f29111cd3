"""A case says when the rest of its term was waived.

Why: who has spoken may add to it until the term ends; only saying that no more comes ends it
earlier, and that is a fact of its own.
Locks: brief, ACCESS EXCLUSIVE on appeals_misconduct; a column without a default.
Reverse: drops the column.
"""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('appeals', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='misconduct',
            name='waived_at',
            field=models.DateTimeField(null=True, verbose_name='不再补充'),
        ),
    ]
