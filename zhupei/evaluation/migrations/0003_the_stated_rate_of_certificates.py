"""Add the rate of certificates an institution states, beside the rate of who passed.

Why: the notice found both rates inaccurate; an institution could state one of them only.
Locks: the table of evaluations for a moment; the column is empty.
Reverse: drops the column.
"""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("evaluation", "0002_objections_have_a_term")]

    operations = [
        migrations.AddField(
            "evaluation",
            "declared_certificate_rate",
            models.DecimalField(
                decimal_places=2, max_digits=5, null=True, verbose_name="自报取证率"
            ),
        ),
    ]
