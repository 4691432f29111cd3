"""Proposing textbooks and deciding which of them may be used."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from zhupei.core import audit
from zhupei.core.errors import NotAllowed, Refused
from zhupei.people.models import User
from zhupei.syllabus.access import may_correct, may_propose
from zhupei.syllabus.actions.shared import put
from zhupei.syllabus.events import TextbookEvent
from zhupei.syllabus.models import BookState, Job, Textbook
from zhupei.syllabus.rules import books
from zhupei.syllabus.workflow import TEXTBOOK

FAULTS = {
    "isbn_shape": _("“%(value)s”不是 ISBN：应有 13 位数字（2007 年以前的书 10 位）。"),
    "isbn_check": _("“%(value)s”的校验位不对。请对照版权页逐位核对。"),
}


@transaction.atomic
def propose(isbn: str, *, by: User, jobs: Iterable[Job], **fields: Any) -> Textbook:
    """Put a book forward for the list; the region decides.

    Raises NotAllowed; Refused "isbn_shape", "isbn_check", "book_known".

    Source: notice, part 2, section 2 (regular textbooks of regular publishing houses).
    """
    if not may_propose(by):
        raise NotAllowed("not_allowed", _("教材由培训机构、协会或自治区住建厅推荐。"))
    book = Textbook(isbn=_isbn(isbn), proposed_by=by.acting.organization, **fields)
    _refuse_known(book)
    book.full_clean()
    book.save()
    book.jobs.set(jobs)
    audit.record(TextbookEvent.PROPOSED, book, by=by, isbn=book.isbn)
    return book


def _isbn(text: str) -> str:
    fault = books.isbn_fault(text)
    if fault:
        raise Refused(fault, FAULTS[fault], field="isbn", value=text)
    return books.isbn13(text)


def _refuse_known(book: Textbook) -> None:
    known = Textbook.objects.filter(isbn=book.isbn).exclude(pk=book.pk).first()
    if known:
        raise Refused(
            "book_known",
            _("这个 ISBN 已登记为%(book)s（%(state)s），不用再报。"),
            field="isbn",
            book=known,
            state=known.get_state_display(),
        )


@transaction.atomic
def change(book: Textbook, *, by: User, jobs: Iterable[Job], **fields: Any) -> Textbook:
    """Correct what is said of a book while nobody has decided on it.

    Raises NotAllowed; Refused "book_decided", "isbn_shape", "isbn_check", "book_known".
    """
    row = Textbook.objects.select_for_update(of=("self",)).get(pk=book.pk)
    if not may_correct(by, row):
        raise NotAllowed("not_allowed", _("只有推荐单位和自治区住建厅能改。"))
    if row.state != BookState.PROPOSED:
        raise Refused("book_decided", _("已经作出决定的教材不能改。请另报一本。"))
    changed = put(row, fields | {"isbn": _isbn(fields["isbn"])})
    _refuse_known(row)
    row.full_clean()
    row.save()
    before = _names(row)
    row.jobs.set(jobs)
    if before != _names(row):
        changed[str(_("适用岗位工种"))] = [before, _names(row)]
    if changed:
        words: dict[str, Any] = {"changes": "、".join(changed), "changed": changed}
        audit.record(TextbookEvent.CHANGED, row, by=by, **words)
    return row


def _names(book: Textbook) -> str:
    return "、".join(book.jobs.order_by("code").values_list("name", flat=True))


@transaction.atomic
def approve(book: Textbook, *, by: User, note: str = "") -> Textbook:
    """Say that it may be used."""
    return TEXTBOOK.move(book, "approve", by=by, note=note)


@transaction.atomic
def decline(book: Textbook, *, by: User, note: str = "") -> Textbook:
    """Say that it may not, and why."""
    return TEXTBOOK.move(book, "decline", by=by, note=note)


@transaction.atomic
def retire(book: Textbook, *, by: User, note: str = "") -> Textbook:
    """Stop using it for new learners, and say why."""
    return TEXTBOOK.move(book, "retire", by=by, note=note)
