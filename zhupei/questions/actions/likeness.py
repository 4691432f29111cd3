"""Likely duplicates: found when an item is written, judged by people."""

from collections.abc import Sequence

from django.contrib.postgres.search import TrigramSimilarity
from django.db import connection, transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhupei.core import audit, parameters
from zhupei.core.errors import NotAllowed, Refused
from zhupei.people.models import User
from zhupei.questions import rules
from zhupei.questions.access import keeps
from zhupei.questions.events import ReviewEvent
from zhupei.questions.models import (
    Item,
    ItemState,
    ItemVersion,
    Keyholder,
    Likeness,
    Pair,
    QuestionSet,
)
from zhupei.questions.parameters import LIKENESS

SHOWN = 5  # likely duplicates beside what somebody is writing

# The index of trigrams answers "%"; how alike is enough for it is a setting of this transaction.
# OFFSET 0 keeps the planner from comparing with every row of the job one by one instead.
ALIKE_ENOUGH = "SELECT set_config('pg_trgm.similarity_threshold', %s, true)"
FORGET = """
    DELETE FROM questions_pair
     WHERE verdict = 'open' AND (first_id = ANY(%(items)s) OR second_id = ANY(%(items)s))
"""
FIND = """
    INSERT INTO questions_pair (first_id, second_id, score, verdict, note)
    SELECT least(a.item_id, b.item_id), greatest(a.item_id, b.item_id),
           max(b.score), 'open', ''
      FROM questions_itemversion a
      JOIN questions_item i ON i.latest_id = a.id
      JOIN questions_questionset s ON s.id = i.question_set_id
     CROSS JOIN LATERAL (
           SELECT v.id, v.item_id, similarity(a.words, v.words) AS score
             FROM questions_itemversion v
            WHERE v.words %% a.words
           OFFSET 0) AS b
      JOIN questions_item j ON j.latest_id = b.id AND j.state <> 'retired'
      JOIN questions_questionset t ON t.id = j.question_set_id AND t.job_id = s.job_id
     WHERE a.item_id = ANY(%(items)s) AND b.item_id <> a.item_id
     GROUP BY 1, 2
        ON CONFLICT (first_id, second_id) DO NOTHING
"""


def find(items: Sequence[Item]) -> None:
    """Note which items for the same job look like these; what people decided stays."""
    with connection.cursor() as cursor:
        keys = {"items": [item.pk for item in items]}
        cursor.execute(ALIKE_ENOUGH, [str(enough())])
        cursor.execute(FORGET, keys)
        cursor.execute(FIND, keys)


def enough() -> float:
    """From where on two items are likely to be one, 0 to 1."""
    return int(parameters.value(LIKENESS)) / 100


def alike(
    question_set: QuestionSet,
    stem: str,
    options: Sequence[str],
    *,
    by: User,
    but: Item | None = None,
) -> QuerySet[ItemVersion]:
    """The versions for the same job that what somebody is writing looks like, with ``score``.

    Sealed sets are left out but for those named on them: nobody learns by trying what they ask.
    """
    words = rules.likeness_words(stem, options)
    latest = ItemVersion.objects.filter(
        latest_of__isnull=False,
        item__question_set__job=question_set.job_id,
        words__trigram_similar=words,
    ).exclude(item__state=ItemState.RETIRED)
    named = Keyholder.objects.holding().filter(user=by).values("question_set")
    latest = latest.filter(
        Q(item__question_set__sealed_at__isnull=True) | Q(item__question_set__in=named)
    )
    if but is not None:
        latest = latest.exclude(item=but)
    scored = latest.annotate(score=TrigramSimilarity("words", words)).filter(score__gte=enough())
    return scored.select_related("item__question_set").order_by("-score", "pk")[:SHOWN]


@transaction.atomic
def judge(pair: Pair, *, by: User, verdict: str, note: str = "") -> Pair:
    """Say whether two items are one. Raises NotAllowed; Refused "verdict_unknown"."""
    row = (
        Pair.objects.select_for_update(of=("self",))
        .select_related("first__question_set", "second__question_set")
        .get(pk=pair.pk)
    )
    if not (keeps(by, row.first) and keeps(by, row.second)):
        raise NotAllowed("not_allowed", _("是不是同一道题，由题库管理员判断。"))
    if verdict not in {Likeness.SAME, Likeness.DIFFERENT}:
        raise Refused("verdict_unknown", _("请选“是同一道”或“不是同一道”。"), field="verdict")
    row.verdict, row.note = verdict, note.strip()
    row.decided_by, row.decided_at = by, timezone.now()
    row.save()
    event = ReviewEvent.SAME if verdict == Likeness.SAME else ReviewEvent.DIFFERENT
    for one, other in ((row.first, row.second), (row.second, row.first)):
        audit.record(event, one, by=by, other=str(other), note=row.note)
    return row
