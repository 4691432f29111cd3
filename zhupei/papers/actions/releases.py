"""Letting one blueprint draw from a sealed set, without anybody reading it.

Source: Measures, art. 21 (the unified question bank); project register of facts, §5 (items are
known to nobody who has not been named).
"""

from datetime import date, timedelta

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhupei.core import audit, messages
from zhupei.core.errors import NotAllowed, Refused
from zhupei.papers.access import may_release
from zhupei.papers.models import Blueprint, Release, State
from zhupei.people.models import User
from zhupei.questions.actions.turns import openers
from zhupei.questions.events import SealEvent
from zhupei.questions.models import QuestionSet

LONGEST = timedelta(days=366)


@transaction.atomic
def propose(
    blueprint: Blueprint, question_set: QuestionSet, *, by: User, until: date, reason: str
) -> Release:
    """Ask that this blueprint may draw from a sealed set, to the end of a day; another person named
    on the set has to agree.

    Raises NotAllowed; Refused "reason_missing", "until_out_of_range", "retired", "other_job",
    "other_set", "released_already".
    """
    row = Blueprint.objects.select_for_update(of=("self",)).get(pk=blueprint.pk)
    if not may_release(by, question_set):
        raise _not_named()
    if not reason.strip():
        raise Refused("reason_missing", _("请写明为什么放行、用于哪次考试。"), field="reason")
    today = timezone.localdate()
    if not today <= until <= today + LONGEST:
        raise Refused("until_out_of_range", _("放行的最后一天从今天起，最长一年。"), field="until")
    _check_fits(row, question_set)
    if row.releases.standing(today).filter(question_set=question_set).exists():
        raise Refused(
            "released_already",
            _("这个题库已对这份细目表放行，或在等确认。要改期限，请先停止。"),
            field="question_set",
        )
    made = Release.objects.create(
        blueprint=row,
        question_set=question_set,
        until=until,
        reason=reason.strip(),
        proposed_by=by,
        proposed_at=timezone.now(),
    )
    _record(SealEvent.RELEASE_ASKED, made, by, note=made.reason)
    messages.tell(
        openers(question_set).exclude(pk=by.pk),
        _("请确认封存题库放行：%(set)s") % {"set": question_set},
        url=reverse("papers:detail", args=[row.pk]),
    )
    return made


def _check_fits(blueprint: Blueprint, question_set: QuestionSet) -> None:
    if blueprint.state == State.RETIRED:
        raise Refused("retired", _("这份细目表已停用，不再组卷。"))
    if question_set.job_id != blueprint.job_id:
        raise Refused("other_job", _("这个题库不是这个岗位的。"), field="question_set")
    if blueprint.question_set_id not in {None, question_set.pk}:
        raise Refused("other_set", _("这份细目表只用另一个题库。"), field="question_set")


def _not_named() -> NotAllowed:
    return NotAllowed("not_allowed", _("封存的题库由在那个题库具名的题库管理员放行。"))


def _record(verb: str, row: Release, by: User, **facts: str) -> None:
    """On the page of the set and on that of the blueprint."""
    audit.record(
        verb,
        row.question_set,
        by=by,
        within=row.blueprint,
        blueprint=str(row.blueprint),
        release=row.pk,
        until=row.until.isoformat(),
        **facts,
    )


def _standing(release: Release, by: User) -> Release:
    row = (
        Release.objects.select_for_update(of=("self",))
        .select_related("question_set", "blueprint")
        .get(pk=release.pk)
    )
    if not may_release(by, row.question_set):
        raise _not_named()
    if not Release.objects.standing(timezone.localdate()).filter(pk=row.pk).exists():
        raise Refused("over", _("这次放行已经停止或到期。请刷新页面。"))
    return row


@transaction.atomic
def confirm(release: Release, *, by: User) -> Release:
    """Agree: from now on the machine draws from it for this blueprint.

    Raises NotAllowed; Refused "over", "confirmed_already", "second_person", "proposer_gone",
    "retired", "other_job", "other_set".
    """
    row = _standing(release, by)
    if row.confirmed_at is not None:
        raise Refused("confirmed_already", _("已经确认过。"))
    if by.pk == row.proposed_by_id:
        raise Refused("second_person", _("放行要两个人：请另一位具名的题库管理员确认。"))
    _check_fits(row.blueprint, row.question_set)
    if not openers(row.question_set).filter(pk=row.proposed_by_id).exists():
        raise Refused(
            "proposer_gone",
            _("提出的人已不在这个题库具名。请先停止，再由现在具名的人重新提出。"),
        )
    row.confirmed_at, row.confirmed_by = timezone.now(), by
    row.save(update_fields=["confirmed_at", "confirmed_by"])
    _record(SealEvent.RELEASED, row, by)
    return row


@transaction.atomic
def end(release: Release, *, by: User) -> Release:
    """Let nothing more be drawn; forms that were sealed stay. Raises NotAllowed; Refused "over"."""
    row = _standing(release, by)
    row.ended_at, row.ended_by = timezone.now(), by
    row.save(update_fields=["ended_at", "ended_by"])
    _record(SealEvent.RELEASE_ENDED, row, by)
    return row
