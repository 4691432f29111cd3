"""A sitting is held on a blueprint, no longer on a set of questions and a number of items.

Each set and number in use becomes a published blueprint in the proportions of the set, so that a
sitting planned before can still be sealed.

Locks: ACCESS EXCLUSIVE on exams_sitting and exams_paper for a moment; both are small.
Reverse: refused; a blueprint says more than a set and a number.
"""

import django.db.models.deletion
from django.db import migrations, models


def write_blueprints(apps, schema_editor):
    Sitting = apps.get_model("exams", "Sitting")
    used = Sitting.objects.order_by().values_list("question_set", "item_count").distinct()
    for question_set, count in list(used):
        blueprint = _blueprint(apps, question_set, count)
        Sitting.objects.filter(question_set=question_set, item_count=count).update(
            blueprint=blueprint
        )


def _blueprint(apps, question_set, count):
    found = apps.get_model("questions", "QuestionSet").objects.get(pk=question_set)
    made = apps.get_model("papers", "Blueprint").objects.create(
        job=found.job,
        question_set=found,
        title=f"{found.title} 按比例 {count} 题",
        overlap=100,
        state="published",
    )
    versions = apps.get_model("questions", "ItemVersion").objects.filter(item__question_set=found)
    kinds = ("single", "multiple", "judge")
    sizes = {kind: versions.filter(kind=kind, state="published").count() for kind in kinds}
    total = sum(sizes.values()) or 1
    counts = {kind: count * size // total for kind, size in sizes.items()}
    by_remainder = sorted(kinds, key=lambda kind: -(count * sizes[kind] % total))
    for kind in by_remainder[: count - sum(counts.values())]:
        counts[kind] += 1
    Row = apps.get_model("papers", "BlueprintRow")
    for position, kind in enumerate(kinds):
        if counts[kind]:
            Row.objects.create(blueprint=made, position=position, kind=kind, count=counts[kind])
    return made


class Migration(migrations.Migration):
    dependencies = [
        ("exams", "0005_attempts_before_the_start"),
        ("papers", "0002_sealed_forms_uses_measurements"),
        ("questions", "0004_item_says_nothing_itself"),
    ]

    operations = [
        migrations.AddField(
            "sitting",
            "blueprint",
            models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="sittings",
                to="papers.blueprint",
                verbose_name="细目表",
            ),
        ),
        migrations.RunPython(write_blueprints),
        migrations.RunSQL("SET CONSTRAINTS ALL IMMEDIATE", ""),
        migrations.AlterField(
            "sitting",
            "blueprint",
            models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="sittings",
                to="papers.blueprint",
                verbose_name="细目表",
            ),
        ),
        migrations.RemoveConstraint("sitting", "sitting_items_sensible"),
        migrations.RemoveField("sitting", "question_set"),
        migrations.RemoveField("sitting", "item_count"),
        migrations.AddField(
            "paper",
            "form",
            models.OneToOneField(
                help_text="None in the oldest",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="paper",
                to="papers.form",
            ),
        ),
    ]
