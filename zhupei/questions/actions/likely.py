"""Which of the questions of a file look like one another, or like items for the same job.

The same measure as ``likeness`` takes of items, before anything is stored.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction

from zhupei.people.models import User
from zhupei.questions import rules
from zhupei.questions.actions.likeness import ALIKE_ENOUGH, enough
from zhupei.questions.formats.draft import Draft
from zhupei.questions.models import Item, Keyholder, QuestionSet
from zhupei.questions.rules import Kind

IN_THE_BANK = """
    SELECT n.place, i.id, v.stem, s.title, similarity(v.words, n.words) AS score
      FROM unnest(%(words)s::text[]) WITH ORDINALITY AS n(words, place)
      JOIN questions_itemversion v ON v.words %% n.words
      JOIN questions_item i ON i.latest_id = v.id AND i.state <> 'retired'
      JOIN questions_questionset s ON s.id = i.question_set_id AND s.job_id = %(job)s
     WHERE s.sealed_at IS NULL OR s.id = ANY(%(named)s)
     ORDER BY n.place, score DESC
"""
IN_THE_FILE = """
    SELECT n.place, m.place, similarity(m.words, n.words) AS score
      FROM unnest(%(words)s::text[]) WITH ORDINALITY AS n(words, place)
      JOIN unnest(%(all)s::text[]) WITH ORDINALITY AS m(words, place)
        ON m.words %% n.words AND m.place <> n.place + %(before)s
     ORDER BY n.place, score DESC
"""


@dataclass(frozen=True, slots=True)
class Like:
    """Something a question of a file looks like: where it is, what it asks, how alike, 0 to 100.

    ``stem`` is empty and ``item`` None for an item ``by`` may not see: that there is one is said.
    """

    where: str
    stem: str
    percent: int
    item: int | None = None


@transaction.atomic
def like(
    question_set: QuestionSet, drafts: Sequence[Draft], *, shown: range, by: User
) -> Mapping[int, list[Like]]:
    """What the drafts shown look like, by their place in the file."""
    said = [_words(draft) for draft in drafts]
    named = Keyholder.objects.holding().filter(user=by.pk).values_list("question_set", flat=True)
    facts: dict[str, Any] = {
        "words": [said[place] for place in shown],
        "all": said,
        "before": shown.start,
        "job": question_set.job_id,
        "named": list(named),
    }
    found: dict[int, list[Like]] = {}
    with connection.cursor() as cursor:
        cursor.execute(ALIKE_ENOUGH, [str(enough())])
        cursor.execute(IN_THE_BANK, facts)
        in_the_bank = cursor.fetchall()
        seen = _visible({item for _place, item, *_rest in in_the_bank}, by)
        for place, item, stem, title, score in in_the_bank:
            known = item in seen
            percent = round(score * 100)
            one = Like(title, stem if known else "", percent, item if known else None)
            found.setdefault(shown.start + place - 1, []).append(one)
        cursor.execute(IN_THE_FILE, facts)
        for place, other, score in cursor.fetchall():
            draft = drafts[other - 1]
            one = Like(draft.position, draft.stem, round(score * 100))
            found.setdefault(shown.start + place - 1, []).append(one)
    return found


def _visible(items: set[int], by: User) -> set[int]:
    if not items:
        return set()
    return set(Item.objects.visible_to(by).filter(pk__in=items).values_list("pk", flat=True))


def _words(draft: Draft) -> str:
    return rules.likeness_words(draft.stem, () if draft.kind == Kind.JUDGE else draft.options)
