"""Let a decision on misconduct take a mark away.

Why: a void mark is not a failed one; it stays void when answers are marked again.
Locks: adds a column with a constant default and a check; brief.
Reverse: drops both; void marks become failed ones.
"""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("exams", "0007_places")]

    operations = [
        migrations.AddField(
            model_name="attempt",
            name="void",
            field=models.BooleanField(
                db_default=False,
                default=False,
                help_text="a decision on misconduct took the mark away",
            ),
        ),
        migrations.AddConstraint(
            model_name="attempt",
            constraint=models.CheckConstraint(
                condition=models.Q(void=False) | models.Q(passed=False),
                name="attempt_void_is_not_passed",
            ),
        ),
    ]
