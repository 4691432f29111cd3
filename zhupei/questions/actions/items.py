"""Writing items: drafts, versions, what is taken back or taken out of use."""

from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhupei.core import audit
from zhupei.core.errors import NotAllowed, Refused
from zhupei.people.models import User
from zhupei.questions import contents, words
from zhupei.questions.access import may_author, may_revise, wrote
from zhupei.questions.actions import groups, likeness
from zhupei.questions.contents import Content
from zhupei.questions.events import ItemEvent
from zhupei.questions.models import (
    OPENED,
    Case,
    Item,
    ItemState,
    ItemVersion,
    Outcome,
    Picture,
    QuestionSet,
    Review,
    VersionState,
)
from zhupei.questions.rules import Fault
from zhupei.questions.workflow import ITEM, VERSION

UNFINISHED = (*OPENED, VersionState.RETURNED)


@transaction.atomic
def draft(question_set: QuestionSet, content: Content, *, by: User) -> Item:
    """Begin an item. Raises NotAllowed, or Refused with the code of what is wrong with it."""
    row = QuestionSet.objects.select_for_update(of=("self",), no_key=True).get(pk=question_set.pk)
    _may_author(row, by)
    _check(row, content)
    (item,) = draft_all(row, [content], by=by)
    audit.record(ItemEvent.ITEM_DRAFTED, item, by=by, within=row, kind=content.kind)
    return item


def draft_all(question_set: QuestionSet, said: Sequence[Content], *, by: User) -> list[Item]:
    """Begin an item for each of ``said``, in a few statements. The caller holds the transaction,
    has checked what they say and that ``by`` may write here, and records the deed.
    """
    items = Item.objects.bulk_create(Item(question_set=question_set) for _content in said)
    versions = ItemVersion.objects.bulk_create(
        contents.written(content, item, 1, by) for content, item in zip(said, items, strict=True)
    )
    Picture.objects.bulk_create(
        picture
        for content, version in zip(said, versions, strict=True)
        for picture in contents.shown(content, version)
    )
    for item, version in zip(items, versions, strict=True):
        item.latest = version
    Item.objects.bulk_update(items, ["latest"], batch_size=1000)
    likeness.find(items)
    return items


def _may_author(question_set: QuestionSet, by: User) -> None:
    if not may_author(by, question_set):
        raise NotAllowed("not_allowed", _("只有题库专家和题库管理员能在这个题库里写题。"))


def _check(question_set: QuestionSet, content: Content, before: ItemVersion | None = None) -> None:
    """Raises Refused for the first fault, beside its part."""
    for fault in [*contents.faults(content), *_misplaced(question_set, content, before)]:
        raise Refused(fault.code, words.FAULTS[fault.code], field=fault.part)


def _misplaced(
    question_set: QuestionSet, content: Content, before: ItemVersion | None
) -> list[Fault]:
    """What does not fit the syllabus of the job, or the case it stands in."""
    found = []
    known = contents.points_of(question_set.job)
    same = before is not None and before.point == content.point
    if content.point and known and not same and content.point not in _titles(known):
        found.append(Fault("point", "point_unknown"))
    if content.case is None:
        return found
    if content.case.question_set_id != question_set.pk:
        found.append(Fault("case", "case_other_set"))
    others = content.case.versions.filter(position=content.position).exclude(
        state=VersionState.DROPPED
    )
    if before is not None:
        others = others.exclude(item=before.item_id)
    if others.exists():
        found.append(Fault("position", "place_taken"))
    return found


def _titles(points: dict[str, list[str]]) -> set[str]:
    return {*points, *(topic for topics in points.values() for topic in topics)}


def _own_draft(version: ItemVersion, by: User) -> ItemVersion:
    """The locked row, still its author's. Raises NotAllowed; Refused "frozen"."""
    row = (
        ItemVersion.objects.select_for_update(of=("self",))
        .select_related("item__question_set__job")
        .get(pk=version.pk)
    )
    if not wrote(by, row):
        raise NotAllowed("not_allowed", _("只有作者本人能改草稿。"))
    if row.state != VersionState.DRAFT:
        raise Refused("frozen", _("这一版已经提交，不能再改。要改，请写新版。"))
    return row


@transaction.atomic
def change(version: ItemVersion, content: Content, *, by: User) -> ItemVersion:
    """Write a draft anew. Raises NotAllowed; Refused "frozen" or the code of a fault."""
    row = _own_draft(version, by)
    _check(row.item.question_set, content, before=row)
    for name, value in contents.said(content).items():
        setattr(row, name, value)
    row.written_at = timezone.now()
    row.save()
    row.pictures.all().delete()
    Picture.objects.bulk_create(contents.shown(content, row))
    likeness.find([row.item])
    audit.record(ItemEvent.VERSION_CHANGED, row, by=by, within=row.item, number=row.number)
    return row


@transaction.atomic
def revise(item: Item, *, by: User, content: Content | None = None) -> ItemVersion:
    """Begin the next version: a copy of the latest, or ``content``. The one in force stays.

    Raises NotAllowed; Refused "retired", "on_its_way" (another version is), or of a fault.
    """
    row = _locked(item)
    if not may_revise(by, row):
        raise NotAllowed("not_allowed", _("只有作者、判它有问题的专家和题库管理员能写新版。"))
    if row.state == ItemState.RETIRED:
        raise Refused("retired", _("这道题已停用，不能再写新版。请另写一道。"))
    if row.versions.filter(state__in=OPENED).exists():
        raise Refused("on_its_way", _("已有一版在写或在审。请等它审完，或先作废。"))
    latest = row.latest
    if latest is None:
        raise ValueError(f"{row} has no version")
    said = content or contents.of(latest)
    _check(row.question_set, said, before=latest)
    last = row.versions.latest("number").number
    version = contents.written(said, row, last + 1, by)
    version.save()
    Picture.objects.bulk_create(contents.shown(said, version))
    row.latest = version
    row.save(update_fields=["latest"])
    likeness.find([row])
    audit.record(ItemEvent.VERSION_BEGUN, version, by=by, within=row, number=version.number)
    return version


def _locked(item: Item) -> Item:
    return (
        Item.objects.select_for_update(of=("self",))
        .select_related("question_set__job", "latest__case", "current")
        .get(pk=item.pk)
    )


@transaction.atomic
def drop(version: ItemVersion, *, by: User, note: str = "") -> ItemVersion:
    """Give a version up that never came into force; what it said stays on record.

    Raises Refused "of_a_group": items of a changed case are changed with it, or not at all.
    """
    item = _locked(version.item)
    if item.current is not None and groups.waits(version.case):
        raise Refused(
            "of_a_group",
            _("这一版是随改写的案例写的，不能单独作废。请修改后提交，或在案例组页面放弃改写。"),
        )
    row = VERSION.move(version, "drop", by=by, note=note, within=item, number=version.number)
    if item.current is not None:
        item.latest = item.current
        item.save(update_fields=["latest"])
    _complete(version.case, by)
    return row


def _complete(case: Case | None, by: User) -> None:
    """The others of a changed case may have waited for this one alone."""
    if case is not None and groups.waits(case):
        groups.come_together(case, by=by)


@transaction.atomic
def retire(item: Item, *, by: User, note: str = "") -> Item:
    """Take an item out of use. A version on its way is given up with it."""
    row = ITEM.move(item, "retire", by=by, note=note, within=item.question_set)
    rounds = Review.objects.open().filter(version__item=row)
    rounds.update(outcome=Outcome.CALLED_OFF, closed_at=timezone.now())
    for version in row.versions.filter(state__in=UNFINISHED):
        VERSION.move(version, "call_off", by=by, note=note, within=row, number=version.number)
        _complete(version.case, by)
    return row


@transaction.atomic
def look(item: Item, *, by: User) -> None:
    """Somebody opens an item with its key: that is an event of its set."""
    audit.record(ItemEvent.ITEM_VIEWED, item, by=by, within=item.question_set)


@transaction.atomic
def look_at_all(found: Sequence[Item], *, by: User) -> None:
    """Somebody opens several at once: one statement for the items of each set."""
    sets = {item.question_set_id: item.question_set for item in found}
    for key, question_set in sets.items():
        same = [item for item in found if item.question_set_id == key]
        audit.record_all(ItemEvent.ITEM_VIEWED, same, by=by, within=question_set)
