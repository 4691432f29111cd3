"""Who to sign in as: looked up in the region as it is, written for whoever starts the demo."""

import json
from collections.abc import Iterator
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from zhupei.classes.models import (
    EFFECTIVE,
    Enrolment,
    Invitation,
    Lesson,
    Waiting,
    WaitingState,
)
from zhupei.exams.models import Candidate, Sitting, State
from zhupei.inspections.models import Assignment, InspectionState
from zhupei.organizations.models import Kind, Membership, Role
from zhupei.people.models import User
from zhupei.portal.demo.people import PASSWORD

FILE = "demo-logins.json"
OFFICES = (
    "ting",
    "ting2",
    "changji",
    "changji2",
    "kashi",
    "jiancha-changji",
    "renshe-hetian",
    "jiaoyu-tulufan",
    "xiehui",
    "zhuanjia1",
    "zhuanjia2",
    "jiaowu03",
    "jiaowu05",
    "xinban-654201",
    "kaowu02",
    "kaowu02b",
    "jiankao02",
    "jiancha-renshe",
    "kaoping02",
)
PARTNERS = {Kind.HR, Kind.EDUCATION, Kind.ASSOCIATION}
NEARLY_OVER = timedelta(hours=1)
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
        kind = Kind(member.organization.kind)
        partner = kind in PARTNERS and member.role not in {Role.EXPERT, Role.INSPECTOR}
        role = _("经办人") if partner else Role(member.role).label
        yield _login(member.user, role, member.organization.name)
    yield from _watching()
    yield from _inspecting()
    yield from _teachers()
    yield from _learners()


def _members() -> QuerySet[Membership]:
    return Membership.objects.select_related("user__person", "organization")


def _watching() -> Iterator[Login]:
    """The one who watches the exam that runs now."""
    if candidate := candidate_of(timezone.now()):
        called = candidate.sitting.invigilators.called().filter(chief=True)
        for chief in called.exclude(user__username__in=OFFICES).select_related("organization"):
            yield _login(chief.user, _("监考员（现在有场次）"), chief.organization.name)


def _inspecting() -> Iterator[Login]:
    """One whom the draw sends to an institution and who has not been there yet."""
    sent = Assignment.objects.filter(
        out_at__isnull=True, inspection__state=InspectionState.ASSIGNED
    ).select_related("inspector")
    for one in sent.order_by("pk")[:1]:
        member = _members().get(user=one.inspector.user_id, role=Role.INSPECTOR)
        yield _login(member.user, _("检查员（有抽查待做）"), member.organization.name)


def _teachers() -> Iterator[Login]:
    """The one who teaches just now; and the one who works in the office as well."""
    teachers = _members().filter(role=Role.TEACHER).order_by("pk")
    now = timezone.now()
    if enrolment := learner_of(now):
        lesson = enrolment.training_class.lessons.at(now)
        teaching = teachers.get(
            user__person__teacher__lessons__in=lesson,
            organization=enrolment.training_class.organization,
        )
        yield _login(teaching.user, _("教师（现在有课）"), teaching.organization.name)
    if both := teachers.filter(user__memberships__role=Role.REGISTRAR).first():
        yield _login(both.user, _("教师兼教务员"), both.organization.name)


def _learners() -> Iterator[Login]:
    """One with a lesson now, one with an exam now, one who was invited and has not answered."""
    now = timezone.now()
    if enrolment := learner_of(now):
        yield _login(enrolment.person.account, _("学员（现在有课）"))
    if candidate := candidate_of(now):
        yield _login(candidate.person.account, _("学员（现在可以考试）"))
    if guest := guest_of(now):
        yield _login(guest, _("学员（有邀请待答复）"))
    offered = Waiting.objects.filter(state=WaitingState.OFFERED, offered_until__gt=now)
    for waiting in offered.select_related("person__account").order_by("pk")[:1]:
        yield _login(waiting.person.account, _("学员（候补到名额）"))
    frozen = Enrolment.objects.active().filter(training_class__frozen_since__isnull=False)
    for enrolment in frozen.select_related("person__account").order_by("pk")[:1]:
        yield _login(enrolment.person.account, _("学员（所在机构暂停业务）"))


def learner_of(now: datetime) -> Enrolment | None:
    """Somebody who has not signed in yet to a lesson that goes on for an hour at least."""
    lesson = (
        Lesson.objects.at(now)
        .filter(training_class__state__in=EFFECTIVE, ends_at__gt=now + NEARLY_OVER)
        .order_by("pk")
        .first()
    )
    if lesson is None:
        return None
    everybody = Enrolment.objects.active().filter(training_class=lesson.training_class_id)
    return everybody.exclude(attendance__lesson=lesson).order_by("pk").first()


def candidate_of(now: datetime) -> Candidate | None:
    """Somebody who may begin an exam now."""
    seated = Candidate.objects.filter(
        sitting__state=State.SEALED, sitting__starts_at__lte=now, attempt__started_at__isnull=True
    )
    over = Sitting.objects.ended_by(now + NEARLY_OVER)
    return seated.exclude(sitting__in=over).order_by("sitting", "seat").first()


def guest_of(now: datetime) -> User | None:
    """Somebody with an account who may still answer an invitation."""
    invited = Invitation.objects.open().filter(
        training_class__state__in=EFFECTIVE,
        training_class__starts_on__gt=timezone.localdate(now),
    )
    accounts = User.objects.filter(person__id_index__in=invited.values("id_index"))
    return accounts.filter(memberships__isnull=True).order_by("pk").first()


def _login(user: User, role: object, organization: str = "") -> Login:
    return {
        "role": str(role),
        "organization": organization,
        "name": user.name,
        "username": user.person.phone if user.person else user.username,
        "password": PASSWORD,
    }
