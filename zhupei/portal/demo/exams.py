"""Exams at the bench, items put right, figures of items, a trial of parallel forms, plans
of theory and practice.
"""

from datetime import datetime, timedelta

from django.utils import timezone

from zhupei.analysis.actions import studies
from zhupei.exams.actions import sittings
from zhupei.papers.actions import assembling
from zhupei.papers.models import Blueprint
from zhupei.people.models import User
from zhupei.plans.actions import plans
from zhupei.portal.demo import cases, clock, items, practical, venues
from zhupei.portal.demo.region import Body

FORMS = 2


def show(body: Body, blueprint: Blueprint, *, by: User, now: datetime) -> None:
    """Examine at the bench; put items right, study what was released, try the blueprint out, notify
    a plan and begin another.
    """
    practical.show(body, by=by, now=now)
    cases.show(body, now)
    items.show(body, blueprint, by=by, now=now)
    with clock.at(now - timedelta(hours=3)):
        studies.study_all()
        cases.judge_a_lead()
        assembling.rehearse(blueprint, forms=FORMS, by=by, seed="演示")
    with clock.at(now - timedelta(hours=2)):
        plan = plans.draft(
            body.organization,
            by=body.examiner,
            title="下月考核计划",
            note="土建施工员理论每周一场，砌筑工实操两场",
        )
        for week in (2, 3, 4):
            sittings.draft(
                body.organization,
                by=body.examiner,
                plan=plan,
                title=f"土建施工员理论考核（第 {week} 周）",
                job=blueprint.job,
                blueprint=blueprint,
                room=body.room,
                starts_at=clock.moment(timezone.localdate(now) + timedelta(weeks=week), 11),
                minutes=60,
            )
        for day in (15, 22):
            practical.plan(body, f"砌筑工实操（第 {day // 7} 周）", _days_on(now, day), of=plan)
        plans.notify(plan, by=body.examiner)
        later = plans.draft(body.organization, by=body.examiner, title="下季度考核计划（起草中）")
        practical.plan(body, "砌筑工实操（下季度第 1 场）", _days_on(now, 60), of=later)
    with clock.at(now - timedelta(hours=1)):
        venues.ask_back(plan, text="实操考评员从哪里来？请写明与培训机构的关系。")


def _days_on(now: datetime, days: int) -> datetime:
    return clock.moment(timezone.localdate(now) + timedelta(days=days), 10)
