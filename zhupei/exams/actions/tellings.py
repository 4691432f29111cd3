"""Who is told what about a sitting: lines in inboxes, written with their cause."""

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from zhupei.core import messages
from zhupei.core.templatetags.ui import beijing
from zhupei.core.wordings import say
from zhupei.exams import wordings
from zhupei.exams.models import Invigilator, PlanQuestion, Sitting
from zhupei.organizations.models import Kind, Membership, Organization, Role
from zhupei.organizations.offices import holders
from zhupei.people.models import User


def plan_notified(sitting: Sitting) -> None:
    """The bureau is told; nothing is asked of it.

    Source: Measures, art. 20.
    """
    _tell_bureau(sitting, _("收到考核计划告知 %(number)s：%(title)s"))


def plan_changed(sitting: Sitting) -> None:
    _tell_bureau(sitting, _("考核计划 %(number)s 有变化：%(title)s"))


def seats_given(sitting: Sitting) -> None:
    """The paper is sealed: time and place are certain now."""
    title = say(wordings.NOTICE, title=sitting.title)
    body = say(
        wordings.NOTICE_BODY,
        when=beijing(sitting.starts_at),
        room=sitting.room,
        minutes=sitting.minutes,
    )
    messages.tell(_candidates(sitting), title, body=body, url=reverse("sit:mine"))


def marks_released(sitting: Sitting) -> None:
    title = say(wordings.MARKS, title=sitting.title)
    sat = User.objects.filter(person__candidacies__attempt__in=sitting.attempts.begun()).distinct()
    messages.tell(sat, title, url=reverse("sit:mine"))


def called_off(sitting: Sitting, note: str) -> None:
    title = say(wordings.CALLED_OFF, title=sitting.title)
    messages.tell(_candidates(sitting), title, body=note, url=reverse("sit:mine"))
    if sitting.number:
        _tell_bureau(sitting, _("考核计划 %(number)s 已取消：%(title)s"), body=note)


def called_to_watch(called: Invigilator) -> None:
    """They are asked, with time and place."""
    title = _("请您监考：%(title)s") % {"title": called.sitting.title}
    body = _("%(when)s（北京时间），%(room)s。请接受，或说明不能到场的原因。") % {
        "when": beijing(called.starts_at),
        "room": called.room or called.sitting.room,
    }
    _tell_invigilator(called, title, body)


def watches_at_another_time(called: Invigilator) -> None:
    title = _("监考时间改为 %(when)s：%(title)s") % {
        "when": beijing(called.starts_at),
        "title": called.sitting.title,
    }
    _tell_invigilator(called, title, _("时间不合适时，请说明不能到场的原因。"))


def need_not_watch(called: Invigilator, note: str) -> None:
    """Relieved, so the sitting itself is no longer theirs to open."""
    title = _("不再需要您监考：%(title)s") % {"title": called.sitting.title}
    messages.tell([called.user], title, body=note, url=reverse("portal:home"))


def will_not_watch(called: Invigilator, note: str) -> None:
    title = _("%(person)s 不能监考：%(title)s") % {
        "person": called.user,
        "title": called.sitting.title,
    }
    examiners = holders(
        Role.EXAMINER, Organization.objects.filter(pk=called.sitting.organization_id)
    )
    messages.tell(examiners, title, body=note, url=_page(called.sitting))


def plan_asked_about(sitting: Sitting, text: str) -> None:
    title = _("住建部门询问考核计划 %(number)s") % {"number": sitting.number}
    examiners = holders(Role.EXAMINER, Organization.objects.filter(pk=sitting.organization_id))
    messages.tell(examiners, title, body=text, url=reverse("exams:papers", args=[sitting.pk]))


def plan_answered(question: PlanQuestion) -> None:
    title = _("考核机构答复：%(title)s") % {"title": question.sitting.title}
    url = reverse("exams:papers", args=[question.sitting_id])
    messages.tell([question.asked_by], title, body=question.reply, url=url)


def _tell_invigilator(called: Invigilator, title: str, body: str) -> None:
    url = reverse("exams:watch", args=[called.sitting_id])
    messages.tell([called.user], title, body=body, url=url)


def _page(sitting: Sitting) -> str:
    return reverse("exams:detail", args=[sitting.pk])


def _candidates(sitting: Sitting) -> QuerySet[User]:
    return User.objects.filter(person__candidacies__sitting=sitting).distinct()


def _tell_bureau(sitting: Sitting, title: str, *, body: str = "") -> None:
    today = timezone.localdate()
    reviewers = User.objects.filter(
        memberships__in=Membership.objects.filter(
            role=Role.REVIEWER,
            organization__kind=Kind.PREFECTURE_AUTHORITY,
            organization__prefecture=sitting.prefecture_id,
            since__lte=today,
        ).exclude(until__lt=today)
    ).distinct()
    words = title % {"number": sitting.number, "title": sitting.title}
    messages.tell(reviewers, words, body=body, url=_page(sitting))
