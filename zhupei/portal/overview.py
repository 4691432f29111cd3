"""The figures beside the to-do list: few, each counted from rows somebody may see, now."""

from datetime import timedelta
from typing import Any

from django.db.models import Count, OuterRef, Q, Sum
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from zhupei.certificates.models import Certificate
from zhupei.classes.models import EFFECTIVE, Enrolment, TrainingClass
from zhupei.classes.models import State as ClassState
from zhupei.core.queries import number_of
from zhupei.exams.models import Sitting
from zhupei.exams.models import State as SittingState
from zhupei.filings.models import Filing
from zhupei.filings.models import State as FilingState
from zhupei.organizations.models import ASSIGNED, Kind

SHOWN = 6  # rows of the list beside the to-do list
WEEK = timedelta(days=7)


def overview(user: Any) -> dict[str, Any]:
    """Figures and what goes on now, for the home page of a body that teaches or examines."""
    kind = user.acting.organization.kind
    if kind in {Kind.HR, Kind.EDUCATION, Kind.ASSOCIATION}:
        figures = [] if kind == Kind.ASSOCIATION else _of_filings(user)
        return {"figures": figures, "away": _filings(user)}
    if user.acting.role in ASSIGNED:
        return {"figures": _of_sittings(user)[:1], "soon": _sittings(user)}
    issued = _certificates(user)
    if kind == Kind.ASSESSMENT_BODY:
        return {"figures": [*_of_sittings(user), issued], "soon": _sittings(user)}
    of_sittings = [] if kind == Kind.INSTITUTION else _of_sittings(user)
    return {"figures": [*_of_classes(user), *of_sittings, issued], "running": _classes(user)}


def _of_classes(user: Any) -> list[dict[str, Any]]:
    today = timezone.localdate()
    running = Q(state__in=EFFECTIVE, frozen_since=None)
    in_training = running & Q(starts_on__lte=today, ends_on__gte=today)
    active = Enrolment.objects.active().filter(training_class=OuterRef("pk"))
    classes = TrainingClass.objects.visible_to(user).annotate(active=number_of(active))
    counted = classes.aggregate(
        waiting=Count("pk", filter=Q(state=ClassState.SUBMITTED)),
        running=Count("pk", filter=in_training),
        learners=Sum("active", filter=in_training, default=0),
        open=Count("pk", filter=running & Q(starts_on__gt=today)),
    )
    index = reverse("classes:index")
    learners = _("%(count)s 人") % {"count": counted["learners"]}
    return [
        {"label": _("待审核"), "value": counted["waiting"], "url": f"{index}?state=submitted"},
        {"label": _("在训班级"), "value": counted["running"], "note": learners},
        {"label": _("报名中"), "value": counted["open"]},
    ]


def _of_sittings(user: Any) -> list[dict[str, Any]]:
    now = timezone.now()
    sittings = Sitting.objects.visible_to(user).aggregate(
        week=Count(
            "pk",
            filter=Q(
                starts_at__range=(now, now + WEEK),
                state__in=[SittingState.NOTIFIED, SittingState.SEALED],
            ),
            distinct=True,
        ),
        sat=Count("attempts", filter=Q(attempts__mark__isnull=False), distinct=True),
        passed=Count("attempts", filter=Q(attempts__passed=True), distinct=True),
    )
    rate = f"{sittings['passed'] / sittings['sat']:.1%}" if sittings["sat"] else "—"
    share = f"{sittings['passed']} / {sittings['sat']}"
    return [
        {"label": _("七天内考核"), "value": sittings["week"], "note": _("场")},
        {"label": _("考核合格率"), "value": rate, "note": share},
    ]


def _of_filings(user: Any) -> list[dict[str, Any]]:
    today = timezone.localdate()
    now_there = Q(state=FilingState.FILED, valid_from__lte=today, valid_until__gte=today)
    counted = Filing.objects.visible_to(user).aggregate(
        waiting=Count("pk", filter=Q(state=FilingState.SUBMITTED), distinct=True),
        filed=Count("pk", filter=Q(state=FilingState.FILED), distinct=True),
        now=Count("pk", filter=now_there, distinct=True),
    )
    index = reverse("filings:index")
    shown = [
        (_("待办理的备案"), counted["waiting"], "submitted"),
        (_("已备案"), counted["filed"], "filed"),
    ]
    figures: list[dict[str, Any]] = [
        {"label": label, "value": value, "url": f"{index}?state={state}"}
        for label, value, state in shown
        if state != "submitted" or user.acting.organization.kind == Kind.HR
    ]
    return [*figures, {"label": _("正在办班期间"), "value": counted["now"]}]


def _filings(user: Any) -> list[Filing]:
    """The filings whose days are not over, the one that begins next first."""
    ahead = Filing.objects.visible_to(user).filter(
        state=FilingState.FILED, valid_until__gte=timezone.localdate()
    )
    related = ahead.select_related("organization", "division")
    return list(related.order_by("valid_from", "pk")[:SHOWN])


def _certificates(user: Any) -> dict[str, Any]:
    this_year = Q(issued_on__year=timezone.localdate().year)
    issued = Certificate.objects.visible_to(user).filter(this_year).count()
    return {"label": _("今年发证"), "value": issued, "url": reverse("certificates:index")}


def _classes(user: Any) -> list[TrainingClass]:
    """Classes in training, the one that ends next first."""
    today = timezone.localdate()
    rows = TrainingClass.objects.visible_to(user).in_effect()
    rows = rows.filter(starts_on__lte=today, ends_on__gte=today)
    return list(rows.select_related("organization").order_by("ends_on", "pk")[:SHOWN])


def _sittings(user: Any) -> list[Sitting]:
    """The next sittings."""
    rows = Sitting.objects.visible_to(user).filter(
        starts_at__gte=timezone.now(), state__in=[SittingState.NOTIFIED, SittingState.SEALED]
    )
    return list(rows.select_related("room").order_by("starts_at")[:SHOWN])
