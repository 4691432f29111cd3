"""A plan of exams holds practical sessions too. A session from before is one that was notified by
itself.

Locks: ACCESS EXCLUSIVE on practical_session for a moment: a column without default. Its foreign key
finds no row to check.
Reverse: forgets which plan a session was of; what was notified together stays notified.
"""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("exams", "0011_plans"), ("practical", "0004_annulled")]

    operations = [
        migrations.AddField(
            "session",
            "plan",
            models.ForeignKey(
                blank=True,
                help_text="none when it was notified by itself",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="sessions",
                to="exams.plan",
                verbose_name="考核计划",
            ),
        ),
    ]
