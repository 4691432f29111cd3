"""What can be done to a blueprint: draft it, change it, publish it, retire it, copy it.

Source: Measures, art. 17 and 21.
"""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from zhupei.core import audit
from zhupei.core.errors import NotAllowed, Refused
from zhupei.papers import assembly, rules, sentences
from zhupei.papers.access import may_keep
from zhupei.papers.bank import Bank, rows_of
from zhupei.papers.events import PaperEvent
from zhupei.papers.models import Band, Blueprint, BlueprintRow, RowKind, State
from zhupei.papers.rules import ANY, CASE, Row
from zhupei.papers.workflow import BLUEPRINT
from zhupei.people.models import User
from zhupei.questions.models import ItemVersion, QuestionSet
from zhupei.syllabus.models import Job

MOST_ITEMS = 200
MOST_ROWS = 120


@transaction.atomic
def draft(job: Job, *, by: User, title: str, **fields: Any) -> Blueprint:
    """Begin an empty blueprint. ``fields``: level, question_set, minutes, overlap, exposure,
    shuffle.

    Raises NotAllowed; Refused "title_taken", "no_levels", "other_job".
    """
    blueprint = Blueprint(job=job, title=title.strip(), **fields)
    if not may_keep(by, blueprint):
        raise _not_the_keeper()
    _check_head(blueprint)
    blueprint.save()
    audit.record(PaperEvent.DRAFTED, blueprint, by=by)
    return blueprint


def _not_the_keeper() -> NotAllowed:
    return NotAllowed("not_allowed", _("细目表由自治区住建厅统一制定（依据：第二十一条）。"))


def _check_head(blueprint: Blueprint) -> None:
    same = Blueprint.objects.filter(
        job=blueprint.job, level=blueprint.level, title=blueprint.title
    ).exclude(pk=blueprint.pk)
    if same.exists():
        raise Refused(
            "title_taken", _("这个岗位和等级已有同名的细目表。请换一个名称。"), field="title"
        )
    if blueprint.level and not blueprint.job.has_levels:
        raise Refused("no_levels", _("施工现场专业人员岗位不分等级。请不要选等级。"), field="level")
    if blueprint.question_set and blueprint.question_set.job_id != blueprint.job_id:
        raise Refused(
            "other_job",
            _("题库“%(set)s”不是这个岗位的。请换一个题库，或留空用这个岗位的全部题库。"),
            field="question_set",
            set=blueprint.question_set,
        )


@transaction.atomic
def change(
    blueprint: Blueprint, *, by: User, mark: int, rows: Sequence[Row], **fields: Any
) -> Blueprint:
    """Write the rows anew, and the fields of its head that are given.

    ``mark`` is the one that was read. Raises NotAllowed; Refused "published_is_fixed",
    "changed_meanwhile", "too_many_items", "too_many_rows", or as ``draft``.
    """
    row = _draft(blueprint, by)
    if mark != row.mark:
        raise Refused(
            "changed_meanwhile",
            _("别人刚刚改过这份细目表。请刷新页面看看，再改一次；您填的数还在下面。"),
        )
    _check_rows(rows)
    for name, value in fields.items():
        setattr(row, name, value)
    _check_head(row)
    row.mark += 1
    row.save()
    _write(row, rows)
    audit.record(PaperEvent.CHANGED, row, by=by, **_size(rows))
    return row


def _draft(blueprint: Blueprint, by: User) -> Blueprint:
    row = Blueprint.objects.select_for_update(of=("self",)).select_related("job")
    found = row.get(pk=blueprint.pk)
    if not may_keep(by, found):
        raise _not_the_keeper()
    if found.state != State.DRAFT:
        raise Refused("published_is_fixed", _("已发布的细目表不能再改。请复制一份另改。"))
    return found


def _check_rows(rows: Sequence[Row]) -> None:
    size = sum(row.count for row in rows)
    if size > MOST_ITEMS:
        raise Refused(
            "too_many_items",
            _("一份卷最多 %(most)d 题，现在共 %(size)d 题。请减少一些。"),
            most=MOST_ITEMS,
            size=size,
        )
    if len(rows) > MOST_ROWS:
        raise Refused(
            "too_many_rows",
            _("细目表最多 %(most)d 格有题，现在 %(rows)d 格。请合并一些。"),
            most=MOST_ROWS,
            rows=len(rows),
        )


def _write(blueprint: Blueprint, rows: Sequence[Row]) -> None:
    blueprint.rows.all().delete()
    BlueprintRow.objects.bulk_create(
        BlueprintRow(
            blueprint=blueprint,
            position=place,
            point=row.point,
            kind=row.kind,
            band=row.band,
            count=row.count,
            points=row.points,
        )
        for place, row in enumerate(rows)
    )


def _size(rows: Sequence[Row]) -> dict[str, Any]:
    worth = rules.total_points(rows)
    return {"size": str(sum(row.count for row in rows)), "worth": f"{worth.normalize():f}"}


def labels(rows: Sequence[Row]) -> list[str]:
    """Each row in words: "识图 × 多选题 × 难"."""
    kinds, bands = dict(RowKind.choices), dict(Band.choices)
    return [
        " × ".join(
            str(word) for word in (row.point, kinds[row.kind], bands.get(row.band, "")) if word
        )
        for row in rows
    ]


@transaction.atomic
def publish(blueprint: Blueprint, *, by: User, note: str = "") -> Blueprint:
    """Let assessment bodies have forms made of it.

    Raises Refused "no_rows", "bank_too_small" with what is missing for a single form.
    """
    rows = rows_of(blueprint)
    row = BLUEPRINT.move(blueprint, "publish", by=by, note=note, **_size(rows))
    if not rows:
        raise Refused("no_rows", _("细目表里还没有题数。请先填写，再发布。"))
    bank = Bank.of(row)
    missing = assembly.shortages(bank.items, rows, bank.limits(row, rows), 1)
    if missing:
        raise Refused(
            "bank_too_small",
            _("题库组不出这样的卷：%(why)s"),
            why="".join(sentences.why_not(missing, labels(rows))),
        )
    return row


@transaction.atomic
def retire(blueprint: Blueprint, *, by: User, note: str = "") -> Blueprint:
    """Take it out of use for new forms."""
    return BLUEPRINT.move(blueprint, "retire", by=by, note=note)


@transaction.atomic
def copy(blueprint: Blueprint, *, by: User, title: str) -> Blueprint:
    """Begin a draft that says the same. Raises as ``draft``."""
    made = draft(
        blueprint.job,
        by=by,
        title=title,
        level=blueprint.level,
        question_set=blueprint.question_set,
        minutes=blueprint.minutes,
        overlap=blueprint.overlap,
        exposure=blueprint.exposure,
        shuffle=blueprint.shuffle,
    )
    _write(made, rows_of(blueprint))
    return made


@transaction.atomic
def proportional(
    question_set: QuestionSet, *, items: int, minutes: int, by: User, title: str = ""
) -> Blueprint:
    """A draft in the proportions of a set: kinds and points as the set has them, any difficulty,
    each item worth one point.

    Raises Refused "items_missing" when the set has fewer, or as ``draft``.
    """
    title = title or str(_("%(set)s 按比例 %(items)d 题")) % {"set": question_set, "items": items}
    made = draft(question_set.job, by=by, title=title, question_set=question_set, minutes=minutes)
    rows = proportional_rows(made, items)
    _check_rows(rows)
    _write(made, rows)
    return made


def proportional_rows(blueprint: Blueprint, items: int) -> list[Row]:
    """Rows in the proportions of what the blueprint may draw from."""
    drawable = ItemVersion.objects.drawable(blueprint.question_set or blueprint.job)
    facts = list(drawable.values_list("case", "point", "kind").order_by("pk"))
    if not 0 < items <= len(facts):
        raise Refused(
            "items_missing",
            _("能用的题有 %(held)d 道，要 %(wanted)d 道。请减少题数，或先补题。"),
            field="items",
            held=len(facts),
            wanted=items,
        )
    cases = Counter(case for case, _point, _kind in facts if case)
    single = Counter((point, kind) for case, point, kind in facts if not case)
    in_cases = _whole_cases(sorted(cases.values()), items, len(facts))
    rest = min(items - in_cases, single.total())
    rows = []
    if rest:
        quotas = rules.share_out(rest, dict(sorted(single.items(), key=_column)))
        rows = [Row(point, kind, ANY, n) for (point, kind), n in quotas.items() if n]
    return [*rows, Row(ANY, CASE, ANY, in_cases)] if in_cases else rows


def _column(cell: tuple[tuple[str, str], int]) -> tuple[str, int]:
    (point, kind), _count = cell
    return point, rules.KINDS.index(kind)


def _whole_cases(sizes: Sequence[int], items: int, held: int) -> int:
    """As many items of whole cases as their proportion allows."""
    allowed = items * sum(sizes) // held
    taken = 0
    for size in sizes:
        if taken + size <= allowed:
            taken += size
    return taken
