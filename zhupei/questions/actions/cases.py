"""Case groups: the text several items share."""

from collections.abc import Sequence
from dataclasses import replace

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhupei.core import audit
from zhupei.core.errors import NotAllowed, Refused
from zhupei.people.models import User
from zhupei.questions import contents, rules, words
from zhupei.questions.access import may_author, may_see_items
from zhupei.questions.actions import groups, items
from zhupei.questions.contents import LONGEST_CASE, Shown
from zhupei.questions.events import CaseEvent
from zhupei.questions.models import (
    OPENED,
    Case,
    Item,
    ItemState,
    Outcome,
    Picture,
    QuestionSet,
    Review,
    VersionState,
)
from zhupei.questions.workflow import VERSION


def _check(text: str, pictures: Sequence[Shown]) -> None:
    """Raises Refused "text_missing", "too_long", "unprintable", "alt_missing", "picture_kind"."""
    faults = (
        ("text", "text_missing", not text.strip()),
        ("text", "too_long", len(text) > LONGEST_CASE),
        ("text", "unprintable", bool(rules.UNPRINTABLE.search(text))),
        ("pictures", "alt_missing", any(not one.alt.strip() for one in pictures)),
        (
            "pictures",
            "picture_kind",
            any(not one.file.media_type.startswith("image/") for one in pictures),
        ),
    )
    for field, code, wrong in faults:
        if wrong:
            raise Refused(code, words.FAULTS[code], field=field)


def _stored(
    question_set: QuestionSet,
    text: str,
    pictures: Sequence[Shown],
    by: User,
    follows: Case | None = None,
) -> Case:
    case = Case.objects.create(
        question_set=question_set, text=text, author=by, author_name=str(by), follows=follows
    )
    _show(case, pictures)
    return case


def _show(case: Case, pictures: Sequence[Shown]) -> None:
    Picture.objects.bulk_create(
        Picture(case=case, file=one.file, alt=one.alt, position=place)
        for place, one in enumerate(pictures)
    )


@transaction.atomic
def write(
    question_set: QuestionSet, text: str, *, by: User, pictures: Sequence[Shown] = ()
) -> Case:
    """Begin a case group without items. Raises NotAllowed; Refused for what is wrong with it."""
    row = QuestionSet.objects.select_for_update(no_key=True).get(pk=question_set.pk)
    if not may_author(by, row):
        raise NotAllowed("not_allowed", _("只有题库专家和题库管理员能在这个题库里写题。"))
    _check(text, pictures)
    case = _stored(row, text, pictures, by)
    audit.record(CaseEvent.CASE_WRITTEN, case, by=by, within=row)
    return case


def is_frozen(case: Case) -> bool:
    """Has a version that stands in it left its author?"""
    return case.versions.exclude(state__in=(VersionState.DRAFT, VersionState.DROPPED)).exists()


def may_change(user: User, case: Case) -> bool:
    """Its author, and whoever keeps the set."""
    return may_author(user, case.question_set) and (
        case.author_id == user.pk or may_see_items(user, case.question_set)
    )


@transaction.atomic
def change(case: Case, text: str, *, by: User, pictures: Sequence[Shown] = ()) -> Case:
    """Write a case anew. While all its items are drafts, it is changed itself; afterwards a new
    case follows it, and each of its items gets a next version that stands in the new one.

    Raises NotAllowed; Refused for what is wrong with it, "followed" (there is a newer one),
    "case_in_review" (an item has a version on its way).
    """
    row = (
        Case.objects.select_for_update(of=("self",))
        .select_related("question_set__job")
        .get(pk=case.pk)
    )
    if not may_change(by, row):
        raise NotAllowed("not_allowed", _("只有作者和题库管理员能改案例。"))
    _check(text, pictures)
    if Case.objects.filter(follows=row).exists():
        raise Refused("followed", _("这个案例已有新版。请改新的那份。"))
    if is_frozen(row):
        return _follow(row, text, pictures, by)
    row.text = text
    row.save(update_fields=["text"])
    row.pictures.all().delete()
    _show(row, pictures)
    audit.record(CaseEvent.CASE_CHANGED, row, by=by, within=row.question_set)
    return row


@transaction.atomic
def give_up(case: Case, *, by: User, note: str) -> int:
    """Leave the case as it was: the versions of the changed one are given up, whatever experts
    have said so far. Returns how many; the text stays on record.

    Raises NotAllowed; Refused "note_required", "not_waiting".
    """
    row = (
        Case.objects.select_for_update(of=("self",))
        .select_related("question_set__job")
        .get(pk=case.pk)
    )
    if not may_change(by, row):
        raise NotAllowed("not_allowed", _("只有作者和题库管理员能改案例。"))
    if not note.strip():
        raise Refused("note_required", _("请写明为什么放弃改写。"), field="note")
    if not groups.waits(row):
        raise Refused("not_waiting", _("这个案例不是改写后待发布的，没有可以放弃的。"))
    found = groups.standing(row)
    versions = [item.latest for item in found if item.latest]
    now = timezone.now()
    open_rounds = Review.objects.open().filter(version__in=versions)
    open_rounds.update(outcome=Outcome.CALLED_OFF, closed_at=now)
    for item in found:
        if item.latest is not None:
            number = item.latest.number
            VERSION.move(item.latest, "give_up", by=by, note=note, within=item, number=number)
        if item.current is not None:
            item.latest = item.current
            item.save(update_fields=["latest"])
    before, row.follows = row.follows_id, None
    row.save(update_fields=["follows"])
    audit.record(
        CaseEvent.CASE_GIVEN_UP,
        row,
        by=by,
        within=row.question_set,
        count=len(found),
        note=note.strip(),
        followed=before,
    )
    return len(found)


def _follow(row: Case, text: str, pictures: Sequence[Shown], by: User) -> Case:
    standing = list(
        Item.objects.filter(latest__case=row)
        .exclude(state=ItemState.RETIRED)
        .select_related("latest")
        .order_by("latest__position")
    )
    if any(item.latest and item.latest.state in OPENED for item in standing):
        raise Refused("case_in_review", _("有小题正在写或在审。请等审完，或先撤回、作废那一版。"))
    new = _stored(row.question_set, text, pictures, by, follows=row)
    for item in standing:
        if item.latest is not None:
            said = replace(contents.of(item.latest), case=new)
            items.revise(item, by=by, content=said)
    audit.record(CaseEvent.CASE_FOLLOWED, new, by=by, within=row.question_set, count=len(standing))
    return new
