"""What waits because of the yearly evaluation: to report, to score, to review, to publish."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.db.models import DateTimeField, ExpressionWrapper, F
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _

from zhupei.evaluation.models import Appointment, Evaluation, Objection, SeatState, State
from zhupei.portal.todo.line import Kind, Lines, Now, counted, rows

MIDNIGHT = timedelta(hours=16)  # UTC, at the end of a day in Beijing
FACTS = {"organization": "organization__name", "year": "scheme__year"}
# fmt: off
KINDS = {
    "evaluation_open": Kind("clipboard-list", _("年度评估"), _("%(year)s 年度自评待提交"),
                            _("系统已取好数，补说明和凭据"), _("属地住建局"), "evaluation:detail",
                            _("填自评")),
    "evaluation_public": Kind("speakerphone", _("评估公示"), _("%(year)s 年度评估结果公示中"),
                              _("有异议请在期限内提出"), _("本机构"), "evaluation:detail",
                              _("查看")),
    "evaluation_reported": Kind("pencil", _("属地评分"), "%(organization)s", _("%(year)s 年度评估"),
                                "%(organization)s", "evaluation:detail", _("评分")),
    "evaluation_seat": Kind("eye-check", _("专家复核"), "%(organization)s", _("%(year)s 年度评估"),
                            _("自治区住建厅"), "evaluation:detail", _("复核")),
    "evaluation_reviewed": Kind("speakerphone", _("年度评估"), _("%(n)s 家复核完成，待公示"), "",
                                _("机构"), "evaluation:index", _("公示"), args=()),
    "evaluation_over": Kind("award", _("年度评估"), _("%(n)s 家公示期满，待定级"), "", _("机构"),
                            "evaluation:index", _("定级"), args=()),
    "evaluation_objection": Kind("message-report", _("评估异议"), "%(organization)s", "%(grounds)s",
                                 _("机构"), "evaluation:objection", _("答复"), workdays=True),
}
# fmt: on


def own(user: Any, now: Now) -> Iterator[Lines]:  # noqa: ARG001 - as all of them
    """One's own report, until its last day; one's own result, while it may be objected to."""
    mine = Evaluation.objects.visible_to(user).filter(organization=user.acting.organization_id)
    until = ExpressionWrapper(
        Cast(F("scheme__report_until"), DateTimeField()) + MIDNIGHT, output_field=DateTimeField()
    )
    opened = mine.filter(state=State.OPEN)
    yield rows("evaluation_open", opened, FACTS, "scheme__report_until", due=until)
    public = mine.filter(state=State.PUBLIC)
    yield rows("evaluation_public", public, FACTS, "public_until", due="public_until")


def to_score(user: Any, now: Now) -> Iterator[Lines]:  # noqa: ARG001 - as all of them
    """Reports whose local part one's bureau scores."""
    mine = Evaluation.objects.visible_to(user).filter(scorer=user.acting.organization_id)
    yield rows("evaluation_reported", mine.filter(state=State.REPORTED), FACTS, "reported_at")


def to_review(user: Any, now: Now) -> Iterator[Lines]:  # noqa: ARG001 - as all of them
    """Evaluations one is called to as an expert, once the bureau is done."""
    called = Appointment.objects.visible_to(user).filter(
        expert=user.pk, state=SeatState.CALLED, evaluation__state=State.SCORED
    )
    facts = {
        "organization": "evaluation__organization__name",
        "year": "evaluation__scheme__year",
    }
    yield rows("evaluation_seat", called, facts, "appointed_at", key="evaluation_id")


def of_the_region(user: Any, now: Now) -> Iterator[Lines]:
    """Results to publish and to decide, objections to answer."""
    every = Evaluation.objects.visible_to(user)
    ready = every.filter(state=State.REVIEWED, scheme__counts_until__lt=now.today)
    yield counted("evaluation_reviewed", ready, user)  # before, nothing can be published
    over = every.filter(state=State.PUBLIC, public_until__lt=now.moment)
    yield counted("evaluation_over", over, user)
    facts = {"organization": "evaluation__organization__name", "grounds": "grounds"}
    open_ones = Objection.objects.visible_to(user).open()
    yield rows("evaluation_objection", open_ones, facts, "due_at", due="due_at")
