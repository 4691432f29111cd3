"""Handing items out as files, and saying whose bank a set is.

Every export is an event with the number of items and the fingerprint of the file; those of a
sealed set are for the people named on it.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from zhupei.core import audit
from zhupei.core.errors import NotAllowed, Refused
from zhupei.core.tables import CONTENT_TYPE
from zhupei.people.models import User
from zhupei.questions.access import may_keep, may_see_items
from zhupei.questions.events import QuestionEvent
from zhupei.questions.formats import write_sheet
from zhupei.questions.formats.draft import Case, Draft, Picture
from zhupei.questions.formats.pictures import plain_name
from zhupei.questions.formats.qti import writer
from zhupei.questions.models import Case as CaseRow
from zhupei.questions.models import ItemState, ItemVersion, Origin, QuestionSet
from zhupei.questions.models import Picture as PictureRow
from zhupei.questions.rules import Kind


class Scope(StrEnum):
    """Which items are handed out."""

    IN_FORCE = "in_force"
    ALL = "all"


class Form(StrEnum):
    """In which format."""

    QTI = "qti"
    SHEET = "sheet"


SCOPES: Final[Mapping[str, str | Promise]] = {
    Scope.IN_FORCE: _("在用的题"),
    Scope.ALL: _("全部，连同草稿和审题中的"),
}
FORMS: Final[Mapping[str, str | Promise]] = {
    Form.QTI: _("QTI 3.0（.zip）"),
    Form.SHEET: _("Excel（.xlsx）"),
}


@dataclass(frozen=True, slots=True)
class Paper:
    """A file that goes out."""

    name: str
    media_type: str
    content: bytes


def versions(question_set: QuestionSet, scope: str) -> QuerySet[ItemVersion]:
    """What an export says: of each item the version in force, or the one written last."""
    found = ItemVersion.objects.filter(item__question_set=question_set)
    if scope == Scope.IN_FORCE:
        found = found.in_force()
    else:
        found = found.filter(latest_of__isnull=False).exclude(item__state=ItemState.RETIRED)
    related = ("pictures__file", "case__pictures__file")
    return (
        found.select_related("case")
        .prefetch_related(*related)
        .order_by(F("case").asc(nulls_first=True), "position", "pk")
    )


@transaction.atomic
def export(question_set: QuestionSet, *, by: User, form: str, scope: str) -> Paper:
    """The items of a set as a file. Raises NotAllowed; Refused "nothing_to_export"."""
    row = QuestionSet.objects.select_related("job").get(pk=question_set.pk)
    if not may_see_items(by, row):
        raise NotAllowed("not_allowed", _("试题和答案只有题库管理员能导出，封存的只有具名的人能。"))
    drafts = [draft_of(version) for version in versions(row, scope)]
    if not drafts:
        raise Refused("nothing_to_export", _("没有可以导出的题。请换一个范围。"), field="scope")
    about = _about(row, by, len(drafts), scope)
    title = f"{row.title} {timezone.localdate():%Y-%m-%d}"
    if form == Form.QTI:
        content = writer.write(drafts, title=row.title, about=about)
        paper = Paper(f"{title}.zip", "application/zip", content)
    else:
        paper = Paper(f"{title}.xlsx", CONTENT_TYPE, write_sheet.write(drafts, about=about))
    audit.record(
        QuestionEvent.ITEMS_EXPORTED,
        row,
        by=by,
        count=len(drafts),
        format=str(FORMS[Form(form)]),
        scope=str(SCOPES[Scope(scope)]),
        sha256=hashlib.sha256(paper.content).hexdigest(),
    )
    return paper


def _about(row: QuestionSet, by: User, count: int, scope: str) -> list[tuple[str, str]]:
    """What the file says of itself: whose bank, from where, who took it out."""
    said = [
        (_t("题库"), row.title),
        (_t("岗位或工种"), str(row.job)),
        (_t("来自"), str(Origin(row.origin).label)),
        (_t("出处"), row.origin_source),
        (_t("日期"), row.origin_on.isoformat() if row.origin_on else ""),
        (_t("范围"), str(SCOPES[Scope(scope)])),
        (_t("题数"), str(count)),
        (_t("导出人"), str(by)),
        (_t("导出时间"), f"{timezone.localtime():%Y-%m-%d %H:%M}"),
    ]
    return [(label, value) for label, value in said if value]


def draft_of(version: ItemVersion) -> Draft:
    """A version as a file brings it; its pictures and its case should be at hand."""
    key = version.key
    return Draft(
        kind=Kind(version.kind),
        stem=version.stem,
        key=key,
        options=tuple(version.options),
        point=version.point,
        difficulty=version.difficulty,
        level=version.cognition,
        source=version.source,
        analysis=version.analysis,
        pictures=_drawn(version.pictures.all()),
        case=_case(version.case) if version.case else None,
        place=version.position or 0,
    )


def _case(case: CaseRow) -> Case:
    return Case(case.text, _drawn(case.pictures.all()))


def _drawn(rows: Sequence[PictureRow] | QuerySet[PictureRow]) -> tuple[Picture, ...]:
    found: list[Picture] = []
    for row in rows:
        with default_storage.open(row.file.path) as stored:
            content = stored.read()
        name = plain_name(row.file.name) or f"图{len(found) + 1}"
        if name in {one.name for one in found}:
            name = f"{len(found) + 1}-{name}"
        found.append(Picture(name, content, row.alt))
    return tuple(found)


@transaction.atomic
def say_origin(
    question_set: QuestionSet, *, by: User, origin: str, source: str = "", on: date | None = None
) -> QuestionSet:
    """Say whose bank a set comes from. Raises NotAllowed; Refused "source_missing", "day_missing".

    Source: Measures, art. 21.
    """
    row = QuestionSet.objects.select_for_update(of=("self",)).get(pk=question_set.pk)
    if not may_keep(by, row):
        raise NotAllowed("not_allowed", _("题库由自治区住建厅统一管理（依据：第二十一条）。"))
    source = source.strip()
    if origin == Origin.NATIONAL and not source:
        raise Refused("source_missing", _("部题库要写明出处。"), field="origin_source")
    if origin == Origin.NATIONAL and on is None:
        raise Refused("day_missing", _("部题库要写明日期。"), field="origin_on")
    before = str(Origin(row.origin).label)
    row.origin, row.origin_source, row.origin_on = Origin(origin), source, on
    row.save(update_fields=["origin", "origin_source", "origin_on"])
    label = str(Origin(row.origin).label)
    audit.record(
        QuestionEvent.ORIGIN_SET, row, by=by, origin=label, before=before, source=source, on=str(on)
    )
    return row
