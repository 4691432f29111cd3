"""Reading a plan: opening its papers, staying with them, answering the checklist.

Source: notice of 2023, part 2, section 1 (plans approved "without reading").
"""

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhupei.classes import review
from zhupei.classes.access import may_open_evidence, may_review
from zhupei.classes.actions.shared import locked
from zhupei.classes.models import Finding, Reading, State, TrainingClass, Verdict
from zhupei.classes.review import Desk, Folder
from zhupei.classes.rules.review import credited
from zhupei.core.errors import NotAllowed, Refused
from zhupei.people.models import User

OPEN_TO_FINDINGS = (State.SUBMITTED, State.REFERRED, State.FILED)


def open_paper(
    training_class: TrainingClass, paper: str, *, by: User, within: Folder | None = None
) -> Reading:
    """Keep that ``by`` opened a paper in this round; ``within``, their own folder, spares asking
    for it again. One statement, so it needs no transaction.

    Raises NotAllowed, or Refused "paper_unknown".
    """
    _may_open(training_class, by)
    held = within or review.folder(training_class, by)
    if not any(paper in item.papers for item in held.items):
        raise Refused("paper_unknown", _("这份材料不在本计划里，可能已经换过。请回到审核清单。"))
    now = timezone.now()
    own = {"training_class": training_class, "round": held.round, "reader": by, "paper": paper}
    reading = Reading(**own, opened_at=now, seen_at=now)
    Reading.objects.bulk_create(  # opened again, or in two windows at once: the first time stays
        [reading],
        update_conflicts=True,
        unique_fields=list(own),
        update_fields=["seen_at"],
    )
    return held.readings.get(paper, reading)


@transaction.atomic
def still_reading(training_class: TrainingClass, paper: str, *, by: User) -> int:
    """Count the time since the page last spoke; return the seconds so far.

    Only the server's clock counts, and never more than one and a half intervals at once: whoever
    calls more often, or from several windows, gains nothing. A paper not opened counts nothing.
    """
    _may_open(training_class, by)
    now = timezone.now()
    number = review.round_of(training_class)
    own = Reading.objects.select_for_update().filter(
        training_class=training_class, round=number, reader=by, paper=paper
    )
    reading = own.first()
    if reading is None:
        return 0
    more = credited((now - reading.seen_at).total_seconds())
    Reading.objects.filter(pk=reading.pk).update(seen_at=now, seconds=F("seconds") + more)
    return reading.seconds + more


@transaction.atomic
def find(
    training_class: TrainingClass, item: str, verdict: str, note: str = "", *, by: User
) -> Finding:
    """Answer one item of the checklist; answering again replaces the answer of this round.

    Raises NotAllowed, or Refused "item_unknown", "verdict_unknown", "evidence_not_opened", or
    "note_required" when something is wrong and nobody says what.
    """
    row = locked(training_class)
    if row.state not in OPEN_TO_FINDINGS or not may_review(by, row):
        raise NotAllowed("not_allowed", _("只有办学地的审核员能在审核中填写审核清单。"))
    desk = review.desk(row, by)
    line = desk.line(item)
    if line is None:
        raise Refused("item_unknown", _("审核清单里没有这一项，计划可能已经换过。请回到计划。"))
    if verdict not in Verdict.values:
        raise Refused("verdict_unknown", _("请选择符合、不符或不适用。"), field="verdict")
    if line.opened < len(line.papers):
        raise Refused(
            "evidence_not_opened",
            _("“%(title)s”的材料还没有打开完。请先看完再填。"),
            field="verdict",
            title=line.title,
        )
    note = note.strip()
    if verdict == Verdict.BAD and not note:
        raise Refused(
            "note_required", _("请写明哪里不符、怎样改，退回时机构会看到。"), field="note"
        )
    return Finding.objects.update_or_create(
        training_class=row,
        round=desk.folder.round,
        reader=by,
        item=item,
        defaults={"verdict": verdict, "note": note, "found_at": timezone.now()},
    )[0]


def require_read(training_class: TrainingClass, *, by: User) -> Desk:
    """Was everything opened by this very person in this round?

    Raises Refused "evidence_not_opened", naming what is missing.
    """
    desk = review.desk(training_class, by)
    if desk.unread:
        raise Refused(
            "evidence_not_opened",
            _("还有材料您没有打开过：%(titles)s。同事看过不算，请自己看完再决定。"),
            titles=_titles(desk.unread),
        )
    return desk


def require_answers(training_class: TrainingClass, *, by: User) -> Desk:
    """Was everything opened, and every item found good?

    Raises Refused "evidence_not_opened", "checklist_open" or "checklist_bad", naming the items.
    """
    desk = require_read(training_class, by=by)
    if desk.unanswered:
        raise Refused(
            "checklist_open",
            _("审核清单还有没填的：%(titles)s。每一项都填了才能通过。"),
            titles=_titles(desk.unanswered),
        )
    if desk.bad:
        raise Refused(
            "checklist_bad",
            _("这些项您认为不符：%(titles)s。请退回补正，或改过意见再通过。"),
            titles=_titles(desk.bad),
        )
    return desk


def _titles(lines: list[review.Line]) -> str:
    return "、".join(str(line.title) for line in lines)


def _may_open(training_class: TrainingClass, by: User) -> None:
    if not may_open_evidence(by, training_class):
        raise NotAllowed("not_allowed", _("只有办学地的审核员和自治区住建厅能打开审核材料。"))
