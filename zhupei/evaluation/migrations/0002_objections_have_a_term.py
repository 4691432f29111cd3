"""Add the day by which an objection is to be answered.

Why: an institution that objects is to know until when it hears.
Locks: the table of objections for a moment; the column is empty.
Reverse: drops the column.
"""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("evaluation", "0001_the_tables_of_the_evaluation")]

    operations = [
        migrations.AddField(
            "objection", "due_at", models.DateTimeField(null=True, verbose_name="答复时限")
        ),
    ]
