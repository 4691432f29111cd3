"""Who is told what about patrols: lines in inboxes, written with their cause."""

from collections.abc import Collection
from datetime import datetime

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from zhupei.core import messages
from zhupei.core.templatetags.ui import beijing
from zhupei.organizations.models import Organization, Role
from zhupei.organizations.offices import holders, regulators
from zhupei.patrols.models import Duty, Patrol
from zhupei.people.models import User


def sent(patrol: Patrol, people: Collection[User], *, by: User) -> None:
    """Whoever is sent knows; who sends themself knows already."""
    title = _("请您于 %(day)s 巡查：%(title)s") % {
        "day": patrol.planned_for.isoformat(),
        "title": patrol.duty.title,
    }
    body = _("%(body)s。出发前在有网络的地方打开一次巡查表，现场没有网络也能填。") % {
        "body": patrol.duty.organization
    }
    others = [one for one in people if one.pk != by.pk]
    messages.tell(others, title, body=body, url=reverse("patrols:visit", args=[patrol.pk]))


def called_off(patrol: Patrol, note: str) -> None:
    title = _("不用再去巡查：%(title)s") % {"title": patrol.duty.title}
    messages.tell(patrol.members.all(), title, body=note, url=reverse("patrols:desk"))


def ends_soon(duty: Duty) -> None:
    """Nobody is planned for it."""
    title = _("%(time)s 结束，还没有安排巡查：%(title)s") % {
        "time": beijing(duty.closes_at),
        "title": duty.title,
    }
    _tell_bureau(duty, title)


def go_soon(duty: Duty) -> None:
    """Somebody is planned and has not handed in."""
    title = _("%(time)s 结束，巡查表还没有提交：%(title)s") % {
        "time": beijing(duty.closes_at),
        "title": duty.title,
    }
    going = User.objects.filter(patrols__in=duty.patrols.planned()).distinct()
    messages.tell(going, title, url=reverse("patrols:desk"))


def missed(duty: Duty, due: datetime) -> None:
    title = _("漏巡，请在 %(time)s 前说明原因：%(title)s") % {
        "time": beijing(due),
        "title": duty.title,
    }
    _tell_bureau(duty, title)


def unexplained(duty: Duty) -> None:
    """The region hears of a miss nobody accounts for."""
    title = _("漏巡原因逾期没有说明：%(title)s") % {"title": duty.title}
    messages.tell(regulators(), title, url=duty.get_absolute_url())


def found_wrong(patrol: Patrol, faults: int, mismatches: int) -> None:
    """The bureau hears at once of what is not as it should be."""
    title = _("巡查发现不符 %(faults)d 项、点名不一致 %(mismatches)d 人：%(title)s") % {
        "faults": faults,
        "mismatches": mismatches,
        "title": patrol.duty.title,
    }
    messages.tell(_bureau(patrol.duty), title, url=patrol.get_absolute_url())


def not_ours_to_note(patrol: Patrol, count: int) -> None:
    """Faults of a body whose home is elsewhere: the region hands them on."""
    title = _("异地办学巡查发现 %(count)d 项不符，请转办学机构属地：%(title)s") % {
        "count": count,
        "title": patrol.duty.title,
    }
    messages.tell(regulators(), title, url=patrol.get_absolute_url())


def _tell_bureau(duty: Duty, title: str) -> None:
    messages.tell(_bureau(duty), title, url=duty.get_absolute_url())


def _bureau(duty: Duty) -> QuerySet[User]:
    """The reviewers of the bureau; where there is none, the region."""
    if duty.authority_id is None:
        return regulators()
    return holders(Role.REVIEWER, Organization.objects.filter(pk=duty.authority_id))
