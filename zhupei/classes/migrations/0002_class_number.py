"""Add the register class numbers come from.

Why: numbers without gaps, whoever submits at the same moment.
Locks: none, the table is new.
Reverse: drops the register; numbers already given stay on their classes.
"""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("classes", "0001_initial")]
    operations = [
        migrations.CreateModel(
            name="ClassNumber",
            fields=[
                ("year", models.PositiveSmallIntegerField(primary_key=True, serialize=False)),
                ("last", models.PositiveIntegerField(default=0)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(year__range=(2000, 2999)),
                        name="class_number_year_sensible",
                    )
                ],
            },
        ),
    ]
