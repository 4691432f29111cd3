"""Who is told what about a sitting: lines in inboxes, written with their cause."""

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from zhupei.core import messages
from zhupei.core.templatetags.ui import beijing
from zhupei.core.wordings import say
from zhupei.exams import wordings
from zhupei.exams.models import (
    Attempt,
    CorrectionState,
    Invigilator,
    ItemCorrection,
    Plan,
    PlanQuestion,
    Sitting,
)
from zhupei.organizations.models import Organization, Role
from zhupei.organizations.offices import holders, regulators, reviewers
from zhupei.people.models import User


def plan_notified(sitting: Sitting) -> None:
    """The bureau is told; nothing is asked of it.

    Source: Measures, art. 20.
    """
    if sitting.plan is None:
        _tell_bureau(sitting, _("收到考核计划告知 %(number)s：%(title)s"))
    else:
        title = _("考核计划 %(plan)s 增加一场 %(number)s：%(title)s")
        _tell_bureau(sitting, title, plan=sitting.plan.number)


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


def mark_given(attempt: Attempt) -> None:
    """A mark that people had to judge after all others were known."""
    title = _("您的成绩评完了：%(title)s") % {"title": attempt.sitting.title}
    told = User.objects.filter(person=attempt.candidate.person_id)
    messages.tell(told, title, url=reverse("sit:mine"))


def correction_proposed(row: ItemCorrection) -> None:
    """The region decides."""
    title = _("提请更正试题：%(sitting)s %(item)s") % {"sitting": row.sitting, "item": row.label}
    told = regulators().exclude(pk=row.proposed_by_id)
    messages.tell(told, title, body=row.reason, url=_correction_page(row))


def correction_decided(row: ItemCorrection) -> None:
    """Who proposed it, and the body whose sitting it is."""
    title = _("试题更正%(result)s：%(sitting)s %(item)s") % {
        "result": _("已生效") if row.state == CorrectionState.IN_FORCE else _("未获同意"),
        "sitting": row.sitting,
        "item": row.label,
    }
    body = Organization.objects.filter(pk=row.sitting.organization_id)
    told = {*holders(Role.EXAMINER, body), row.proposed_by}
    messages.tell(told, title, body=row.answer, url=_correction_page(row))


def marks_corrected(row: ItemCorrection, changes: Iterable[Any]) -> None:
    """Everybody whose mark is another one, with what it was and what follows."""
    accounts = User.objects.filter(person__candidacies__attempt__in=[c.attempt for c in changes])
    by_person = {user.person_id: user for user in accounts}
    for one in changes:
        user = by_person.get(one.attempt.candidate.person_id)
        if user is None:
            continue
        verdict = _("合格") if one.passes else _("不合格")
        title = _("成绩更正：%(sitting)s，由 %(before)s 分改为 %(mark)s 分，%(verdict)s") % {
            "sitting": row.sitting.title,
            "before": f"{one.attempt.mark:f}" if one.attempt.mark is not None else "—",
            "mark": f"{one.mark:f}" if one.mark is not None else _("待评"),
            "verdict": verdict if one.mark is not None else _("等考评员评完"),
        }
        body = _("有一道题经核查有误：%(what)s。全体考生按同一办法重新评分。") % {
            "what": row.get_ruling_display()
        }
        messages.tell([user], title, body=body, url=reverse("sit:mine"))


def _correction_page(row: ItemCorrection) -> str:
    return reverse("exams:correction", args=[row.pk])


def called_off(sitting: Sitting, note: str) -> None:
    title = say(wordings.CALLED_OFF, title=sitting.title)
    messages.tell(_candidates(sitting), title, body=note, url=reverse("sit:mine"))


def plan_withdrawn(sitting: Sitting, note: str) -> None:
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


def plan_asked_about(about: Sitting | Plan, text: str) -> None:
    title = _("住建部门询问考核计划 %(number)s") % {"number": about.number}
    examiners = holders(Role.EXAMINER, Organization.objects.filter(pk=about.organization_id))
    messages.tell(examiners, title, body=text, url=_asked_on(about))


def plan_answered(question: PlanQuestion) -> None:
    about = question.subject
    title = _("考核机构答复：%(title)s") % {"title": about.title}
    messages.tell([question.asked_by], title, body=question.reply, url=_asked_on(about))


def _asked_on(about: Sitting | Plan) -> str:
    name = "plans:detail" if isinstance(about, Plan) else "exams:papers"
    return reverse(name, args=[about.pk])


def _tell_invigilator(called: Invigilator, title: str, body: str) -> None:
    url = reverse("exams:watch", args=[called.sitting_id])
    messages.tell([called.user], title, body=body, url=url)


def _page(sitting: Sitting) -> str:
    return reverse("exams:detail", args=[sitting.pk])


def _candidates(sitting: Sitting) -> QuerySet[User]:
    return User.objects.filter(person__candidacies__sitting=sitting).distinct()


def _tell_bureau(sitting: Sitting, title: str, *, body: str = "", **words: Any) -> None:
    said = title % {"number": sitting.number, "title": sitting.title, **words}
    messages.tell(reviewers(sitting.prefecture_id), said, body=body, url=_page(sitting))
