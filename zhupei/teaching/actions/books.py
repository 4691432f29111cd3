"""Textbooks: chosen for a class, given to its people, received by their own word.

Source: notice, part 2, section 2 and part 3 (regular textbooks, one for everybody, to keep).
"""

from collections.abc import Iterable

from django.db import transaction
from django.db.models import ProtectedError
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhupei.classes.models import Enrolment, EnrolmentState, TrainingClass
from zhupei.core import audit, messages
from zhupei.core.errors import NotAllowed, Refused
from zhupei.people import actions as people
from zhupei.people.models import PhoneCode, User
from zhupei.syllabus.models import Textbook
from zhupei.teaching.access import may_confirm, may_give_books
from zhupei.teaching.events import TeachingEvent
from zhupei.teaching.models import ClassBook, Confirmation, HandOut
from zhupei.teaching.wordings import BOOK_CODE


def _check_giver(user: User, training_class: TrainingClass) -> None:
    if not may_give_books(user, training_class):
        raise NotAllowed("not_allowed", _("教材由本班教师或本机构教务发放。"))


@transaction.atomic
def choose(training_class: TrainingClass, textbook: Textbook, *, by: User) -> ClassBook:
    """Teach a class from a textbook the region approved.

    Raises NotAllowed; Refused "book_not_approved", "book_of_another_job".
    """
    _check_giver(by, training_class)
    if not Textbook.objects.approved().filter(pk=textbook.pk).exists():
        raise Refused(
            "book_not_approved",
            _("%(book)s不在自治区公布的教材目录里。请从目录里选。"),
            field="textbook",
            book=textbook,
        )
    if not textbook.jobs.filter(pk=training_class.syllabus.job_id).exists():
        raise Refused(
            "book_of_another_job",
            _("%(book)s不是%(job)s的教材。"),
            field="textbook",
            book=textbook,
            job=training_class.syllabus.job,
        )
    row, new = ClassBook.objects.get_or_create(training_class=training_class, textbook=textbook)
    if new:
        within = training_class
        audit.record(TeachingEvent.BOOK_CHOSEN, row, by=by, within=within, book=str(textbook))
    return row


@transaction.atomic
def drop(book: ClassBook, *, by: User) -> None:
    """Take a book off a class, while nobody has been given it. Raises Refused "book_was_given"."""
    _check_giver(by, book.training_class)
    within, name = book.training_class, str(book.textbook)
    audit.record(TeachingEvent.BOOK_DROPPED, book, by=by, within=within, book=name)
    try:
        with transaction.atomic():
            book.delete()
    except ProtectedError as given:
        raise Refused("book_was_given", _("%(book)s已经发给学员，不能取消。"), book=name) from given


@transaction.atomic
def give(book: ClassBook, enrolments: Iterable[Enrolment], *, by: User) -> list[HandOut]:
    """Hand a book out; who has it already is passed over. Each is asked to confirm.

    Raises NotAllowed; Refused "nobody_to_give".
    """
    found = book.training_class
    _check_giver(by, found)
    wanted = Enrolment.objects.filter(
        pk__in=[enrolment.pk for enrolment in enrolments],
        training_class=found,
        state=EnrolmentState.ENROLLED,
    ).exclude(hand_outs__book=book)
    now = timezone.now()
    made = HandOut.objects.bulk_create(
        [HandOut(enrolment=one, book=book, given_by=by, given_at=now) for one in wanted],
        ignore_conflicts=True,
    )
    if not made:
        raise Refused("nobody_to_give", _("没有选中还没领到这本教材的学员。"))
    facts = {"book": str(book.textbook), "count": len(made)}
    audit.record(TeachingEvent.BOOKS_GIVEN, book, by=by, within=found, **facts)
    users = User.objects.filter(person__enrolments__in=[one.enrolment_id for one in made])
    title = str(_("请确认收到教材%(book)s")) % {"book": book.textbook}
    messages.tell(users, title, body=found.title, url=reverse("teaching:my_books"))
    return made


@transaction.atomic
def confirm(hand_out: HandOut, *, by: User) -> HandOut:
    """The learner says, signed in as themself, that the book is theirs to keep.

    Raises NotAllowed; Refused "confirmed_already".
    """
    if not may_confirm(by, hand_out):
        raise NotAllowed("not_allowed", _("教材只能由领到的人自己确认。"))
    return _confirm(hand_out, Confirmation.ACCOUNT, by)


def send_code(hand_out: HandOut, *, by: User) -> PhoneCode:
    """For those without a phone that shows pages: a code to the learner's own telephone."""
    _check_giver(by, hand_out.book.training_class)
    phone, book = hand_out.enrolment.person.phone, str(hand_out.book.textbook)
    return people.request_code(phone, purpose=BOOK_CODE, book=book)


def confirm_by_code(hand_out: HandOut, *, by: User, code: str) -> HandOut:
    """The learner reads their code to whoever hands out the books.

    Raises NotAllowed; Refused "confirmed_already" and what a wrong code raises.
    """
    _check_giver(by, hand_out.book.training_class)
    people.prove_phone(hand_out.enrolment.person.phone, code, purpose=BOOK_CODE)
    with transaction.atomic():
        return _confirm(hand_out, Confirmation.CODE, by)


def _confirm(hand_out: HandOut, how: Confirmation, by: User) -> HandOut:
    row = HandOut.objects.select_for_update(of=("self",)).get(pk=hand_out.pk)
    if row.confirmed_at:
        raise Refused("confirmed_already", _("这本教材已经确认过。"))
    row.confirmed_at, row.confirmed_how = timezone.now(), how
    row.save(update_fields=["confirmed_at", "confirmed_how"])
    facts = {"book": str(row.book.textbook), "how": str(how.label)}
    audit.record(TeachingEvent.BOOK_CONFIRMED, row, by=by, within=row.book.training_class, **facts)
    return row
