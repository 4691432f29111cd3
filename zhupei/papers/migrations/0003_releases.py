"""One blueprint may draw from a sealed set until a day, let by two people named on the set.

Locks: none but those of a new table.
Reverse: drops it.
"""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


def person(**options: object) -> models.ForeignKey:
    return models.ForeignKey(
        on_delete=django.db.models.deletion.PROTECT,
        related_name="+",
        to=settings.AUTH_USER_MODEL,
        **options,
    )


def both_or_neither(first: str, second: str, name: str) -> models.CheckConstraint:
    neither = models.Q((f"{first}__isnull", True), (f"{second}__isnull", True))
    both = models.Q((f"{first}__isnull", False), (f"{second}__isnull", False))
    return models.CheckConstraint(condition=neither | both, name=name)


class Migration(migrations.Migration):
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("papers", "0002_sealed_forms_uses_measurements"),
        ("questions", "0007_held_back"),
    ]

    operations = [
        migrations.CreateModel(
            "Release",
            [
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("until", models.DateField(verbose_name="放行到")),
                ("reason", models.TextField(verbose_name="事由")),
                ("proposed_at", models.DateTimeField()),
                ("confirmed_at", models.DateTimeField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                ("blueprint", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="releases", to="papers.blueprint")),
                ("question_set", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="releases", to="questions.questionset", verbose_name="封存的题库")),
                ("proposed_by", person()),
                ("confirmed_by", person(null=True)),
                ("ended_by", person(null=True)),
            ],
            options={
                "constraints": [
                    both_or_neither("confirmed_at", "confirmed_by", "release_confirmed_by_somebody"),
                    both_or_neither("ended_at", "ended_by", "release_ended_by_somebody"),
                    models.CheckConstraint(
                        condition=models.Q(confirmed_by__isnull=True)
                        | ~models.Q(confirmed_by=models.F("proposed_by")),
                        name="release_confirmed_by_another",
                    ),
                ],
            },
        ),
    ]
