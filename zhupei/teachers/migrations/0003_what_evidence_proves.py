"""Say of each piece of evidence which trades it proves, so that a trade without any is seen.

Locks: none, the table between the two is new.
Reverse: drops it.
"""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("syllabus", "0001_initial"),
        ("teachers", "0002_pool"),
    ]

    operations = [
        migrations.AddField(
            model_name="qualification",
            name="trades",
            field=models.ManyToManyField(
                blank=True,
                related_name="+",
                to="syllabus.job",
                verbose_name="证明的专业工种",
            ),
        ),
    ]
