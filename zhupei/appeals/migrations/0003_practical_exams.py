"""Why: reviews, appeals and cases of misconduct are about practical exams as well: a row points at
a theory exam or at a turn, one of them.

Locks: the two tables for a moment; the constraints read each of them once, and they are small.
Reverse: fails while rows about practical turns are there; otherwise takes the columns away.
"""

import django.db.models.deletion
from django.db import migrations, models


def either(theory: str, name: str) -> models.CheckConstraint:
    first = models.Q((f"{theory}__isnull", False), ("turn__isnull", True))
    second = models.Q((f"{theory}__isnull", True), ("turn__isnull", False))
    return models.CheckConstraint(condition=models.Q(first, second, _connector="OR"), name=name)


class Migration(migrations.Migration):
    dependencies = [
        ("appeals", "0002_waived"),
        ("exams", "0008_void_marks"),
        ("practical", "0004_annulled"),
    ]

    operations = [
        migrations.AddField(
            "misconduct",
            "turn",
            models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="cases",
                to="practical.turn",
            ),
        ),
        migrations.AlterField(
            "misconduct",
            "candidate",
            models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="cases",
                to="exams.candidate",
            ),
        ),
        migrations.AddField(
            "reviewrequest",
            "turn",
            models.OneToOneField(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="review_request",
                to="practical.turn",
            ),
        ),
        migrations.AlterField(
            "reviewrequest",
            "attempt",
            models.OneToOneField(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="review_request",
                to="exams.attempt",
            ),
        ),
        migrations.AddConstraint("misconduct", either("candidate", "case_about_one_exam")),
        migrations.AddConstraint("reviewrequest", either("attempt", "review_request_about_one_exam")),
    ]
