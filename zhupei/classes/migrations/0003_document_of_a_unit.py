"""Say of a lesson plan which unit it is for.

Why: a plan holds a lesson plan per unit, and a reviewer looks for the missing one.
Locks: adds an empty column and its foreign key; brief.
Reverse: drops the column; the papers stay.
"""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("classes", "0002_waiting_review_transfer"),
        ("syllabus", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="classdocument",
            name="unit",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="syllabus.unit",
                verbose_name="单元",
            ),
        ),
    ]
