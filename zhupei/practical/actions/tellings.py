"""Who is told what about a session: lines in inboxes, written with their cause."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from zhupei.core import messages
from zhupei.core.templatetags.ui import beijing
from zhupei.core.wordings import say
from zhupei.organizations.models import Organization, Role
from zhupei.organizations.offices import holders, reviewers
from zhupei.people.models import User
from zhupei.practical import wordings
from zhupei.practical.models import Session, Sheet, Turn


def plan_notified(session: Session) -> None:
    """The bureau is told; nothing is asked of it.

    Source: Measures, art. 20.
    """
    if session.plan is None:
        _tell_bureau(session, _("收到实操考核计划告知 %(number)s：%(title)s"))
    else:
        title = _("考核计划 %(plan)s 增加一场实操 %(number)s：%(title)s")
        _tell_bureau(session, title, plan=session.plan.number)


def plan_changed(session: Session) -> None:
    _tell_bureau(session, _("实操考核计划 %(number)s 有变化：%(title)s"))


def turns_given(session: Session, turns: Iterable[Turn]) -> None:
    """Time and place are certain now: to every candidate their own."""
    title = say(wordings.NOTICE, title=session.title)
    for turn in turns:
        _tell_candidate(turn, title)
    page = reverse("practical:desk")
    for user in User.objects.filter(score_sheets__session=session).distinct():
        words = _("请您担任实操考评：%(title)s") % {"title": session.title}
        body = _("%(when)s（北京时间）起，%(room)s。出发前请在有网络时打开一次“实操评分”。") % {
            "when": beijing(session.opens_at),
            "room": session.room,
        }
        messages.tell([user], words, body=body, url=page)


def turn_again(turn: Turn) -> None:
    """Somebody takes their turn again."""
    _tell_candidate(turn, say(wordings.AGAIN, title=turn.session.title))
    for sheet in turn.sheets.select_related("assessor"):
        called(sheet)


def _tell_candidate(turn: Turn, title: str) -> None:
    body = say(
        wordings.NOTICE_BODY,
        when=beijing(turn.starts_at),
        room=turn.session.room,
        station=turn.station,
    )
    account = User.objects.filter(person=turn.person_id)
    messages.tell(account, title, body=body, url=reverse("practical:own-turn", args=[turn.pk]))


def called(sheet: Sheet) -> None:
    """An assessor has a sheet to fill in that they did not have before."""
    words = _("请您评分：%(title)s") % {"title": sheet.session.title}
    body = _("%(when)s（北京时间），%(station)s 号工位。") % {
        "when": beijing(sheet.starts_at),
        "station": sheet.turn.station,
    }
    messages.tell([sheet.assessor], words, body=body, url=reverse("practical:desk"))


def third_wanted(turn: Turn, how: str) -> None:
    """The examiners are told that two assessors differ; not what either of them gave."""
    words = _("需要第三人评分：%(title)s，%(station)s 号工位") % {
        "title": turn.session.title,
        "station": turn.station,
    }
    body = _("两名考评员的评分不一致：%(how)s。请指定一名与培训机构无关的考评员。") % {"how": how}
    own = Organization.objects.filter(pk=turn.session.organization_id)
    page = reverse("practical:turn", args=[turn.pk])
    messages.tell(holders(Role.EXAMINER, own), words, body=body, url=page)


def marks_released(session: Session) -> None:
    title = say(wordings.MARKS, title=session.title)
    for turn in session.turns.standing().filter(settled_at__isnull=False):
        account = User.objects.filter(person=turn.person_id)
        messages.tell(account, title, url=reverse("practical:own-turn", args=[turn.pk]))


def called_off(session: Session, note: str) -> None:
    """Those who were told their time and place: candidates and assessors."""
    title = say(wordings.CALLED_OFF, title=session.title)
    people = User.objects.filter(person__in=session.turns.standing().values("person"))
    messages.tell(people, title, body=note, url=reverse("sit:mine"))
    assessors = User.objects.filter(score_sheets__session=session).distinct()
    messages.tell(assessors, title, body=note, url=reverse("practical:desk"))


def plan_withdrawn(session: Session, note: str) -> None:
    _tell_bureau(session, _("实操考核计划 %(number)s 已取消：%(title)s"), body=note)


def _tell_bureau(session: Session, title: str, *, body: str = "", **words: Any) -> None:
    messages.tell(
        reviewers(session.prefecture_id),
        title % {"number": session.number, "title": session.title, **words},
        body=body,
        url=reverse("practical:session", args=[session.pk]),
    )
