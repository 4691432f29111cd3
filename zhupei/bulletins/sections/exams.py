"""Sittings, marks and certificates."""

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from zhupei.bulletins.sections import shape
from zhupei.bulletins.sections.shape import Column, Counts, Scope, Section
from zhupei.certificates.models import Certificate
from zhupei.exams.models import Attempt, Sitting
from zhupei.exams.models import State as SittingState

HELD = (SittingState.SEALED, SittingState.CLOSED, SittingState.RELEASED)


def sittings(scope: Scope) -> Section:
    """Sittings held, candidates who sat, and how many passed."""
    held = scope.count(Sitting.objects.filter(scope.during("starts_at"), state__in=HELD))
    sat = _attempts(scope, Q(handed_in_at__isnull=False))
    judged = _attempts(scope, Q(passed__isnull=False))
    passed = _attempts(scope, Q(passed=True))
    before = shape.total(_attempts(scope.earlier, Q(handed_in_at__isnull=False)))
    made = shape.table(
        scope,
        _("理论考核"),
        [
            Column(_("场次"), held),
            Column(_("参考人次"), sat),
            Column(_("合格"), passed),
            Column(_("合格率"), passed, of=judged),
        ],
        _("按开考时间计入本期；合格率=合格人次÷已公布成绩的人次，违纪作废的不计。"),
    )
    said = _(
        "%(where)s举行理论考核 %(held)d 场，参考 %(sat)d 人次（%(against)s），"
        "合格 %(passed)d 人次，合格率 %(rate)s。"
    ) % {
        "where": scope.where,
        "held": shape.total(held),
        "sat": shape.total(sat),
        "against": shape.against(shape.total(sat), before, scope.kind),
        "passed": shape.total(passed),
        "rate": shape.per_cent(shape.total(passed), shape.total(judged)),
    }
    url = reverse("exams:index")
    return Section("exams", _("考核"), [said], [made], shape.bars(made, 3), url)


def _attempts(scope: Scope, which: Q) -> Counts:
    rows = Attempt.objects.filter(which, scope.during("sitting__starts_at"), void=False)
    return scope.count(rows, prefecture="sitting__prefecture", organization="sitting__organization")


def certificates(scope: Scope) -> Section:
    """Certificates issued and revoked."""
    issued = scope.count(Certificate.objects.filter(scope.on_days("issued_on")))
    revoked = scope.count(Certificate.objects.filter(scope.during("revoked_at")))
    before = shape.total(
        scope.earlier.count(Certificate.objects.filter(scope.earlier.on_days("issued_on")))
    )
    made = shape.table(
        scope,
        _("培训合格证明"),
        [Column(_("发证"), issued), Column(_("撤销"), revoked)],
        _("按发证日期、撤销时间计入本期。"),
    )
    said = _("%(where)s发证 %(issued)d 本（%(against)s），撤销 %(revoked)d 本。") % {
        "where": scope.where,
        "issued": shape.total(issued),
        "against": shape.against(shape.total(issued), before, scope.kind),
        "revoked": shape.total(revoked),
    }
    url = reverse("certificates:index")
    return Section("certificates", _("证书"), [said], [made], shape.bars(made, 0), url)
