"""A bureau asks back about a whole plan as well; what was asked before stays about its sitting.

Locks: ACCESS EXCLUSIVE on exams_planquestion for a moment; a small table, read once for the
constraint, which every row of today holds.
Reverse: possible while nobody has asked about a plan.
"""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("exams", "0013_item_corrections")]

    operations = [
        migrations.AlterField(
            "planquestion",
            "sitting",
            models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="questions",
                to="exams.sitting",
            ),
        ),
        migrations.AddField(
            "planquestion",
            "plan",
            models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="questions",
                to="exams.plan",
            ),
        ),
        migrations.AddConstraint(
            "planquestion",
            models.CheckConstraint(
                condition=models.Q(("plan__isnull", True), ("sitting__isnull", False))
                | models.Q(("plan__isnull", False), ("sitting__isnull", True)),
                name="plan_question_about_one_thing",
            ),
        ),
    ]
