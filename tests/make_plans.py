"""Builders of plans: of sittings, of practical sessions, of both."""

from datetime import timedelta
from types import SimpleNamespace
from typing import Any

from django.utils import timezone

from tests import make_exams, make_practical
from zhupei.exams.actions import materials
from zhupei.exams.models import Plan
from zhupei.plans.actions import plans
from zhupei.practical.models import Session


def year() -> int:
    """The year in the numbers given out today."""
    return timezone.localdate().year


def draft(world: SimpleNamespace, *days: int, **fields: Any) -> Plan:
    """A plan with a sitting in so many days each."""
    plan = plans.draft(world.body, by=world.chen, **({"title": "12 月考核计划"} | fields))
    for n in days:
        when = timezone.now() + timedelta(days=n)
        make_exams.draft_sitting(world, plan=plan, starts_at=when, title=f"{n} 天后")
    return plan


def session(world: SimpleNamespace, plan: Plan | None, days: int, **fields: Any) -> Session:
    """A drafted session in so many days, from 10 to 18 in Beijing; of the plan, or of none."""
    opens = timezone.localtime().replace(hour=10, minute=0, second=0, microsecond=0)
    said = {"opens_at": opens + timedelta(days=days), "title": f"{days} 天后的实操"} | fields
    return make_practical.draft_session(world, plan=plan, **said)


def mixed(world: SimpleNamespace) -> Plan:
    """A sitting in three days, practice in four and in five."""
    plan = draft(world, 3)
    session(world, plan, 4)
    session(world, plan, 5)
    return plan


SITE_PEOPLE = {"plans": "chen", "plans:ask": "li"}
SITE_OBJECTS = {
    "plans": {"pk": "exam_plan", "name": "notify"},
    "plans:leave-out": {"pk": "exam_plan", "sitting": "planned_sitting"},
    "plans:leave-out-session": {"pk": "exam_plan", "session": "planned_session"},
    "plans:ask": {"pk": "told_plan"},
    "plans:reply": {"pk": "told_plan", "question": "whole_plan_question"},
}


def for_the_site(world: SimpleNamespace) -> dict[str, Any]:
    """A plan to come with one exam of each kind; another one the bureau was told and asks about."""
    planned, told = draft(world, 30), plans.notify(draft(world, 40), by=world.chen)
    return {
        "exam_plan": planned,
        "planned_sitting": planned.sittings.get(),
        "planned_session": session(world, planned, 31),
        "told_plan": told,
        "whole_plan_question": materials.ask(told, by=world.li, text="为什么集中在一周？"),
    }
