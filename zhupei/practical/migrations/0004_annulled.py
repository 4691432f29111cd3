"""Why: a decision on misconduct takes the mark of a practical turn away.

Locks: practical_turn for a moment: a column with a default, and a constraint no row of today can
break (none is annulled), so that reading the table once is all.
Reverse: forgets which marks were taken away; they stay failed.
"""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("practical", "0003_workshops_booked")]

    operations = [
        migrations.AddField(
            "turn",
            "annulled",
            models.BooleanField(db_default=False, default=False, verbose_name="成绩无效"),
        ),
        migrations.AddConstraint(
            "turn",
            models.CheckConstraint(
                condition=models.Q(("annulled", False), ("passed", False), _connector="OR"),
                name="turn_annulled_is_failed",
            ),
        ),
    ]
