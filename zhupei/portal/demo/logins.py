"""Who to sign in as: looked up in the region as it is, written for whoever starts the demo."""

import json
from collections.abc import Iterator

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from zhupei.classes.models import EFFECTIVE, Enrolment, Invitation, Lesson
from zhupei.exams.models import Candidate, State
from zhupei.organizations.models import Membership, Role
from zhupei.people.models import User
from zhupei.portal.demo.people import PASSWORD

FILE = "demo-logins.json"
OFFICES = ("ting", "changji", "kashi", "jiaowu03", "jiaowu05", "kaowu02")
Login = dict[str, str]


def write() -> list[Login]:
    """Write the file, and return what it says. Learners sign in with their telephone number."""
    found = list(_logins())
    text = json.dumps(found, ensure_ascii=False, indent=1)
    settings.DATA_DIR.mkdir(parents=True, exist_ok=True)
    (settings.DATA_DIR / FILE).write_text(f"{text}\n", encoding="utf-8")
    return found


def _logins() -> Iterator[Login]:
    for member in _members().filter(user__username__in=OFFICES).order_by("pk"):
        yield _login(member.user, Role(member.role).label, member.organization.name)
    yield from _teachers()
    yield from _learners()


def _members():  # type: ignore[no-untyped-def]
    return Membership.objects.select_related("user__person", "organization")


def _teachers() -> Iterator[Login]:
    """The one who teaches just now; and the one who works in the office as well."""
    lesson = Lesson.objects.at(timezone.now()).filter(booked=True).order_by("pk").first()
    teachers = _members().filter(role=Role.TEACHER)
    teaching = teachers.filter(user__person__teacher=lesson.teacher_id).first() if lesson else None
    if teaching:
        yield _login(teaching.user, str(_("教师（现在有课）")), teaching.organization.name)
    both = teachers.filter(user__memberships__role=Role.REGISTRAR).order_by("pk").first()
    if both:
        yield _login(both.user, str(_("教师兼教务员")), both.organization.name)


def _learners() -> Iterator[Login]:
    """One with a lesson now, one with an exam now, one who was invited and has not answered."""
    now = timezone.now()
    in_class = Enrolment.objects.active().filter(
        training_class__state__in=EFFECTIVE,
        training_class__lessons__starts_at__lte=now,
        training_class__lessons__ends_at__gt=now,
    )
    missing = in_class.exclude(attendance__lesson__ends_at__gt=now).order_by("pk").first()
    seated = Candidate.objects.filter(
        sitting__state=State.SEALED, sitting__starts_at__lte=now, attempt__isnull=True
    )
    invited = Invitation.objects.open().filter(
        training_class__state__in=EFFECTIVE, training_class__starts_on__gt=timezone.localdate()
    )
    accounts = User.objects.filter(
        person__id_index__in=invited.values("id_index"), memberships__isnull=True
    )
    if missing:
        yield _login(missing.person.account, str(_("学员（现在有课）")))
    if candidate := seated.order_by("-sitting", "seat").first():
        yield _login(candidate.person.account, str(_("学员（现在可以考试）")))
    if guest := accounts.order_by("pk").first():
        yield _login(guest, str(_("学员（有邀请待答复）")))


def _login(user: User, role: object, organization: str = "") -> Login:
    return {
        "role": str(role),
        "organization": organization,
        "name": user.name,
        "username": user.person.phone if user.person else user.username,
        "password": PASSWORD,
    }
