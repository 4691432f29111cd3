"""Make a first version of every item, from what the item said itself.

Items of sets that were published or retired are in force, as they were; nobody's name is known.

Locks: none that block readers; a set is small and each is written once.
Reverse: puts the newest version back into its item. Items of kinds which the old table does not
know (fill-in, short answer) are removed.
"""

import re
import unicodedata

from django.db import migrations

OLD_KINDS = ["single", "multiple", "judge"]


def likeness_words(texts):
    """As ``rules.likeness_words`` was when this was written."""
    words = []
    for text in texts:
        said = re.sub(r"\s+", "", unicodedata.normalize("NFKC", text)).casefold()
        for run in re.findall(r"[㐀-鿿]+|[^\W㐀-鿿]+", said):
            if "㐀" <= run[0] <= "鿿" and len(run) > 1:
                words += [run[n : n + 2] for n in range(len(run) - 1)]
            else:
                words.append(run)
    return " ".join(words)


def forwards(apps, _editor):
    Item = apps.get_model("questions", "Item")
    ItemVersion = apps.get_model("questions", "ItemVersion")
    for item in Item.objects.select_related("question_set").order_by("pk").iterator(500):
        used = item.question_set.state != "draft"
        compared = [] if item.kind == "judge" else item.options
        version = ItemVersion.objects.create(
            item=item,
            number=1,
            state="published" if used else "draft",
            kind=item.kind,
            stem=item.stem,
            options=item.options,
            key=item.key,
            point=item.unit_title,
            difficulty=item.difficulty,
            analysis=item.analysis,
            words=likeness_words([item.stem, *compared]),
            digest=item.stem_hash,
        )
        item.latest = version
        item.current = version if used else None
        item.state = "published" if used else "draft"
        item.save(update_fields=["latest", "current", "state"])


def backwards(apps, _editor):
    Item = apps.get_model("questions", "Item")
    Item.objects.update(state="draft", current=None)
    for item in Item.objects.select_related("latest").order_by("pk").iterator(500):
        version = item.latest
        item.latest = None
        item.save(update_fields=["latest"])
        if version is None or version.kind not in OLD_KINDS:
            item.delete()
            continue
        item.kind, item.stem, item.options = version.kind, version.stem, version.options
        item.key, item.stem_hash = version.key, version.digest
        item.unit_title, item.difficulty = version.point, version.difficulty
        item.analysis = version.analysis
        item.save()


class Migration(migrations.Migration):

    dependencies = [
        ('questions', '0002_items_one_by_one'),
    ]

    operations = [migrations.RunPython(forwards, backwards)]
