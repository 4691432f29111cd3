"""The pool and who engages from it."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from zhupei.core import audit
from zhupei.core.errors import NotAllowed
from zhupei.organizations.access import holds, regulates
from zhupei.organizations.models import Organization, Role
from zhupei.people.models import Person, User
from zhupei.teachers.events import TeacherEvent
from zhupei.teachers.models import Engagement, Teacher


@transaction.atomic
def admit(person: Person, *, by: User, title: str, on: date) -> Teacher:
    """Take somebody into the regional pool.

    Source: notice, part 3 (one teacher pool for the region).
    """
    if not regulates(by):
        raise NotAllowed("not_allowed", _("师资库由自治区住建厅管理。"))
    teacher = Teacher.objects.create(person=person, title=title, in_pool_since=on)
    audit.record(TeacherEvent.ADMITTED, teacher, by=by, title=title)
    return teacher


@transaction.atomic
def engage(
    teacher: Teacher, organization: Organization, *, by: User, full_time: bool, since: date
) -> Engagement:
    """An institution engages a teacher from the pool."""
    if not holds(by, Role.REGISTRAR, organization):
        raise NotAllowed("not_allowed", _("只有本机构教务能聘用教师。"))
    engagement = Engagement.objects.create(
        teacher=teacher, organization=organization, full_time=full_time, since=since
    )
    audit.record(TeacherEvent.ENGAGED, teacher, by=by, within=organization, full_time=full_time)
    return engagement
