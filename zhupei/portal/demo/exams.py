"""Exams at the bench, figures of items, a trial of parallel forms, a plan of several sittings."""

from datetime import datetime, timedelta

from django.utils import timezone

from zhupei.analysis.actions import studies
from zhupei.exams.actions import sittings
from zhupei.papers.actions import assembling
from zhupei.papers.models import Blueprint
from zhupei.people.models import User
from zhupei.plans.actions import plans
from zhupei.portal.demo import cases, clock, practical
from zhupei.portal.demo.region import Body

FORMS = 2


def show(body: Body, blueprint: Blueprint, *, by: User, now: datetime) -> None:
    """Examine at the bench; study what was released, try the blueprint out, notify a plan and begin
    another.
    """
    practical.show(body, by=by, now=now)
    cases.show(body, now)
    with clock.at(now - timedelta(hours=3)):
        studies.study_all()
        cases.judge_a_lead()
        assembling.rehearse(blueprint, forms=FORMS, by=by, seed="演示")
    with clock.at(now - timedelta(hours=2)):
        plan = plans.draft(
            body.organization, by=body.examiner, title="下月考核计划", note="每周一场，土建施工员"
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
        plans.notify(plan, by=body.examiner)
        plans.draft(body.organization, by=body.examiner, title="下季度考核计划（起草中）")
