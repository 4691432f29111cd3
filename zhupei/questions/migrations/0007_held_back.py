"""A round may hold its version back from new papers while it is open.

Why: a version whose key was put right in a sitting was drawn until experts had read it again.
Rounds there were hold nothing back.
Locks: ACCESS EXCLUSIVE on questions_review for an instant; the column has a constant default, the
constraint scans a table of some thousands of rows.
Reverse: drops the column.
"""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("questions", "0006_set_says_where_it_comes_from")]

    operations = [
        migrations.AddField(
            "review",
            "holds_back",
            models.BooleanField(default=False, help_text="not drawn while it is open"),
        ),
        migrations.AddConstraint(
            "review",
            models.CheckConstraint(
                condition=models.Q(holds_back=False) | models.Q(cause="flagged"),
                name="review_holds_back_what_is_in_use",
            ),
        ),
    ]
