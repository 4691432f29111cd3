"""A set says whose bank its items come from, with source and date.

Why: the ministry's bank stands beside the region's own; lists and exports have to say which it is.
Sets there were are the region's own.
Locks: ACCESS EXCLUSIVE on questions_questionset for an instant; the new columns have constant
defaults, the constraints scan a table of some dozens of rows.
Reverse: drops the columns.
"""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("questions", "0005_pairs_with_scores")]

    operations = [
        migrations.AddField(
            "questionset",
            "origin",
            models.TextField(
                "来自",
                choices=[("regional", "自治区题库"), ("national", "部题库")],
                default="regional",
            ),
        ),
        migrations.AddField(
            "questionset", "origin_source", models.TextField("出处", blank=True, default=""),
            preserve_default=False,
        ),
        migrations.AddField(
            "questionset", "origin_on", models.DateField("日期", blank=True, null=True)
        ),
        migrations.AddConstraint(
            "questionset",
            models.CheckConstraint(
                condition=models.Q(origin__in=["regional", "national"]),
                name="question_set_origin_known",
            ),
        ),
        migrations.AddConstraint(
            "questionset",
            models.CheckConstraint(
                condition=models.Q(("origin", "national"), _negated=True)
                | models.Q(models.Q(("origin_source", ""), _negated=True), origin_on__isnull=False),
                name="question_set_national_says_where_from",
            ),
        ),
    ]
