"""The scheme of a year: drafted from the seed, changed, frozen with a hash."""

import hashlib
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import Sum
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zhupei.core import audit, messages
from zhupei.core.errors import NotAllowed, Refused
from zhupei.evaluation import parameters, seed
from zhupei.evaluation.access import may_change_scheme, may_write_schemes
from zhupei.evaluation.actions import computing
from zhupei.evaluation.events import SchemeEvent
from zhupei.evaluation.facts import canonical
from zhupei.evaluation.models import (
    Block,
    Evaluation,
    Indicator,
    Scheme,
    SchemeState,
    VetoKind,
)
from zhupei.evaluation.workflow import SCHEME
from zhupei.institutions.models import Admission
from zhupei.institutions.models.standing import ON_THE_LIST
from zhupei.organizations.models import Organization, Role
from zhupei.organizations.offices import holders
from zhupei.people.models import User


@transaction.atomic
def draft(*, by: User, year: int, report_until: date) -> Scheme:
    """Begin a scheme from the seed; the whole year counts.

    Raises NotAllowed; Refused "year_taken".
    """
    if not may_write_schemes(by):
        raise NotAllowed("not_allowed", _("只有自治区住建厅能制定评估方案。"))
    if Scheme.objects.filter(year=year).exists():
        raise Refused("year_taken", _("%(year)s 年度已有评估方案。"), field="year", year=year)
    scheme = Scheme.objects.create(
        year=year,
        title=_("%(year)s 年度培训机构评估方案") % {"year": year},
        counts_from=date(year, 1, 1),
        counts_until=date(year, 12, 31),
        report_until=report_until,
    )
    Indicator.objects.bulk_create(
        Indicator(scheme=scheme, position=n, **line._asdict()) for n, line in enumerate(seed.TREE)
    )
    audit.record(SchemeEvent.DRAFTED, scheme, by=by, year=year, count=len(seed.TREE))
    return scheme


@transaction.atomic
def change(scheme: Scheme, *, by: User, **said: Any) -> Scheme:
    """Change title and days of a draft. Raises NotAllowed."""
    row = _draft(scheme, by)
    before = {name: str(getattr(row, name)) for name in said}
    for name, given in said.items():
        setattr(row, name, given)
    row.save(update_fields=list(said))
    after = {name: str(given) for name, given in said.items()}
    audit.record(SchemeEvent.CHANGED, row, by=by, before=before, after=after)
    return row


@transaction.atomic
def change_indicator(
    indicator: Indicator, *, by: User, points: Decimal, figures: Mapping[str, str]
) -> Indicator:
    """Change what an indicator is worth, and the figures of its rule.

    Raises NotAllowed; Refused "figures_unknown".
    """
    _draft(indicator.scheme, by)
    row = Indicator.objects.select_for_update().get(pk=indicator.pk)
    if set(figures) != set(row.figures):
        raise Refused("figures_unknown", _("这项指标的规则没有这些系数。"), field="figures")
    changed = {"points": [str(row.points), str(points)]} if points != row.points else {}
    changed |= {
        name: [str(row.figures[name]), given]
        for name, given in figures.items()
        if str(row.figures[name]) != given
    }
    row.points, row.figures = points, dict(figures)
    row.save(update_fields=["points", "figures"])
    told = "，".join(f"{name} {old} → {new}" for name, (old, new) in changed.items())
    audit.record(
        SchemeEvent.INDICATOR_CHANGED,
        indicator.scheme,
        by=by,
        code=row.code,
        changed=told or "—",
    )
    return row


@transaction.atomic
def freeze(scheme: Scheme, *, by: User, note: str = "") -> Scheme:
    """Publish it: from now on nothing of it changes, and every institution on the list begins.

    Raises NotAllowed; Refused "wrong_state", "points_do_not_fit", "reports_would_be_closed".
    """
    row = _draft(scheme, by)
    figures = parameters.figures()
    _check_points(row, figures)
    if row.report_until <= timezone.localdate():
        raise Refused(
            "reports_would_be_closed",
            gettext_lazy("自评截止日期已过。请先改成今天以后的日期。"),
            field="report_until",
        )
    Scheme.objects.filter(pk=row.pk).update(
        figures=figures,
        sha256=digest(row, figures),
        frozen_at=timezone.now(),
        frozen_by_name=str(by),
    )
    count = open_evaluations(row)
    sha256 = digest(row, figures)
    row = SCHEME.move(row, "freeze", by=by, note=note, sha256=sha256, short=sha256[:8], count=count)
    _tell(row)
    if count:
        computing.ask(row, by=by)
    return row


def digest(scheme: Scheme, figures: Mapping[str, Any] | None = None) -> str:
    """What stands for everything that decides on a score."""
    return hashlib.sha256(canonical(content(scheme, figures)).encode()).hexdigest()


def content(scheme: Scheme, figures: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """The scheme as one plain value, as its hash covers it."""
    fields = (
        "code", "block", "section", "title", "source", "rule", "rule_version", "figures",
        "formula", "law",
    )  # fmt: skip
    lines = scheme.indicators.order_by("position")
    return {
        "year": scheme.year,
        "counts": [str(scheme.counts_from), str(scheme.counts_until)],
        "figures": dict(scheme.figures if figures is None else figures),
        "vetoes": list(VetoKind.values),
        "indicators": [
            {name: getattr(line, name) for name in fields} | {"points": f"{line.points:.2f}"}
            for line in lines
        ],
    }


def _check_points(scheme: Scheme, figures: Mapping[str, Any]) -> None:
    """Each block is worth what the parameters say; of the bonus only so much is added."""
    sums = dict(scheme.indicators.order_by().values_list("block").annotate(sum=Sum("points")))
    for block in (Block.BASICS, Block.TEACHING, Block.BUREAU):
        wanted, there = Decimal(figures[f"points_{block.value}"]), sums.get(block, Decimal(0))
        if wanted != there:
            raise Refused(
                "points_do_not_fit",
                gettext_lazy(
                    "“%(block)s”应为 %(wanted)s 分，现在加起来 %(there)s 分。请改指标分值。"
                ),
                block=block.label,
                wanted=wanted,
                there=there.normalize(),
            )


def open_evaluations(scheme: Scheme) -> int:
    """One for each institution on the list; its bureau scores the local part."""
    bureaus = {one.prefecture_id: one for one in Organization.objects.bureaus()}
    listed = Admission.objects.filter(state__in=ON_THE_LIST).select_related("organization")
    made = Evaluation.objects.bulk_create(
        Evaluation(
            scheme=scheme,
            organization=one.organization,
            scorer=bureaus.get(one.organization.prefecture_id),
        )
        for one in listed.order_by("organization")
    )
    return len(made)


def _tell(scheme: Scheme) -> None:
    schools = Organization.objects.filter(evaluations__scheme=scheme)
    title = _("%(title)s已发布，请在 %(until)s 前提交自评") % {
        "title": scheme.title,
        "until": scheme.report_until,
    }
    messages.tell(holders(Role.REGISTRAR, schools), title, url="/evaluation/")


def _draft(scheme: Scheme, by: User) -> Scheme:
    row = Scheme.objects.select_for_update().get(pk=scheme.pk)
    if row.state != SchemeState.DRAFT:
        raise Refused("scheme_frozen", gettext_lazy("方案已经定稿，不能再改。"))
    if not may_change_scheme(by, row):
        raise NotAllowed("not_allowed", gettext_lazy("只有自治区住建厅能改评估方案。"))
    return row
