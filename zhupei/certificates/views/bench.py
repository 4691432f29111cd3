"""The list, one certificate with the chain it rests on, its file, issuing and revoking."""

from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from zhupei.certificates import actions, practice, printing
from zhupei.certificates.access import may_export, may_fetch, may_issue, may_revoke
from zhupei.certificates.forms import FilterForm, RevokeForm
from zhupei.certificates.models import Certificate, CertificateQuerySet, State
from zhupei.certificates.workflow import CERTIFICATE
from zhupei.classes.models import Enrolment, TrainingClass
from zhupei.core import audit, files, longjobs, tables
from zhupei.core.frames import shell_of
from zhupei.core.models import LongJob
from zhupei.core.templatetags.ui import dated
from zhupei.exams.models import Sitting
from zhupei.exams.models import State as SittingState
from zhupei.people.access import is_learner
from zhupei.people.requests import SignedIn

A_PAGE = 25
BADGES = {
    State.VALID: {"icon": "circle-check", "tone": "ok"},
    State.REVOKED: {"icon": "circle-x", "tone": "bad"},
}


def _load(request: SignedIn, pk: int) -> Certificate:
    return get_object_or_404(Certificate.objects.visible_to(request.user).with_chain(), pk=pk)


def badge(certificate: Certificate) -> dict[str, Any]:
    """The state as word, icon and colour."""
    if certificate.is_under_review:
        return {"word": _("有效，复核中"), "icon": "alert-triangle", "tone": "warn"}
    return {"word": certificate.get_state_display()} | BADGES[State(certificate.state)]


@login_required
@require_GET
def index(request: SignedIn) -> HttpResponse:
    """The certificates somebody may see; the newest first."""
    if is_learner(request.user):
        return redirect("certificates:mine")
    filters = FilterForm(request.GET)
    rows = _filtered(Certificate.objects.visible_to(request.user), filters)
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "rows": [{"certificate": one, "badge": badge(one)} for one in page],
        "filters": filters,
        "filters_active": any(request.GET.get(name) for name in filters.fields),
        "waiting": _waiting(request.user),
        "export_url": reverse("certificates:export") if may_export(request.user) else "",
    }
    return render(request, "certificates/index.html", context)


@login_required
@require_GET
def export(request: SignedIn) -> HttpResponse:
    """What the list shows, all pages of it, as a spreadsheet."""
    rows = _filtered(Certificate.objects.visible_to(request.user), FilterForm(request.GET))
    content = actions.export(rows, by=request.user)
    name = _("证书清单 %(day)s.xlsx") % {"day": timezone.localdate().isoformat()}
    return tables.answer(content, name)


def _filtered(rows: CertificateQuerySet, form: FilterForm) -> CertificateQuerySet:
    rows = rows.select_related("job", "institution", "organization", "person")
    rows = rows.order_by("-issued_on", "-number")
    if not form.is_valid():
        return rows
    wanted = form.cleaned_data
    if words := wanted["q"].strip():
        rows = rows.filter(
            Q(number__icontains=words) | Q(name__icontains=words) | Q(national_number=words)
        )
    if wanted["job"]:
        rows = rows.filter(job=wanted["job"])
    if wanted["state"] == "review":
        return rows.under_review()
    return rows.filter(state=wanted["state"]) if wanted["state"] else rows


def _waiting(user: Any) -> list[Sitting]:
    """The sittings whose passed candidates this person can certify now."""
    without = Q(attempts__passed=True, attempts__certificate__isnull=True)
    sittings = (
        Sitting.objects.visible_to(user)
        .filter(state=SittingState.RELEASED, organization=user.acting.organization_id)
        .select_related("organization")
        .annotate(uncertified=Count("attempts", filter=without))
        .filter(uncertified__gt=0)
        .order_by("starts_at")
    )
    return [sitting for sitting in sittings if may_issue(user, sitting)]


@login_required
@require_GET
def mine(request: SignedIn) -> HttpResponse:
    """A learner's own certificates, on a phone."""
    if not is_learner(request.user):
        return redirect("certificates:index")
    rows = Certificate.objects.visible_to(request.user).with_chain().order_by("-issued_on", "-pk")
    context = {"rows": [{"certificate": one, "badge": badge(one)} for one in rows]}
    return render(request, "certificates/mine.html", context)


@login_required
@require_GET
def detail(request: SignedIn, pk: int) -> HttpResponse:
    """One certificate: what it says, what it rests on, what happened to it."""
    certificate = _load(request, pk)
    return render(request, "certificates/detail.html", _detail(request, certificate))


def _detail(request: SignedIn, certificate: Certificate) -> dict[str, Any]:
    user = request.user
    moves = CERTIFICATE.available(certificate, user)
    return {
        "certificate": certificate,
        "badge": badge(certificate),
        "shell": shell_of(request),
        "facts": _facts(certificate),
        "chain": _chain(user, certificate),
        "revoke": moves[0] if moves else None,
        "form": RevokeForm(),
        "may_fetch": may_fetch(user, certificate) and certificate.state == State.VALID,
        "may_print": may_revoke(user, certificate) and certificate.state == State.VALID,
        "verify_url": printing.verify_url(certificate),
        "timeline": audit.timeline(certificate),
    }


def _facts(certificate: Certificate) -> list[dict[str, Any]]:
    return [
        {"label": _("姓名"), "value": certificate.name},
        {"label": _("身份证号码"), "value": certificate.person.masked_id_number},
        {"label": _("岗位或工种"), "value": certificate.job},
        {"label": _("证书编号"), "value": certificate.number},
        {
            "label": _("国家编号"),
            "value": certificate.national_number or _("尚未回填"),
            "note": "" if certificate.national_number else _("由国家系统生成，本系统不编造"),
        },
        {"label": _("发证日期"), "value": dated(certificate.issued_on)},
        {"label": _("发证单位"), "value": certificate.organization},
    ]


def _chain(user: Any, certificate: Certificate) -> list[dict[str, Any]]:
    """Class, hours, sitting, mark: each a link for those who may see it."""
    attempt = certificate.attempt
    enrolment = attempt.candidate.enrolment
    training_class, sitting = enrolment.training_class, attempt.sitting
    works = user.acting is not None
    class_page = ("classes:detail", training_class.pk)
    result_page = ("exams:detail", sitting.pk) if works else ("sit:result", attempt.pk)
    sees_class = works and _sees(TrainingClass, user, training_class.pk)
    sees_hours = _sees(Enrolment, user, enrolment.pk)
    sees_sitting = _sees(Sitting, user, sitting.pk)
    return [
        {
            "label": _("培训班"),
            "value": training_class.title,
            "note": training_class.number,
            "url": _link(*class_page, shown=sees_class),
        },
        {"label": _("培训机构"), "value": certificate.institution},
        {
            "label": _("计入学时"),
            "value": _("%(hours)d 学时") % {"hours": certificate.hours},
            "url": _link("attendance:hours", enrolment.pk, shown=sees_hours),
        },
        {
            "label": _("考核"),
            "value": sitting.title,
            "note": sitting.number,
            "url": _link("exams:detail", sitting.pk, shown=sees_sitting and works),
        },
        {
            "label": _("成绩"),
            "value": _("%(mark)s 分") % {"mark": _plain(attempt.mark)},
            "note": _("合格线 %(line)s 分") % {"line": _plain(sitting.pass_mark)},
            "url": _link(*result_page, shown=sees_sitting),
        },
    ]


def _plain(mark: Decimal | None) -> str:
    """A mark without the zeros it is stored with."""
    return f"{mark.normalize():f}" if mark is not None else "—"


def _sees(model: Any, user: Any, pk: int) -> bool:
    return bool(model.objects.visible_to(user).filter(pk=pk).exists())


def _link(name: str, pk: int, *, shown: bool) -> str:
    return reverse(name, args=[pk]) if shown else ""


@login_required
@require_GET
def pdf(request: SignedIn, pk: int) -> FileResponse:
    """The signed file."""
    return files.respond(actions.fetch(_load(request, pk), by=request.user))


@login_required
@require_POST
def revoke(request: SignedIn, pk: int) -> HttpResponse:
    """Take a certificate back; a missing reason is said beside its field."""
    certificate = _load(request, pk)
    form = RevokeForm(request.POST)
    if form.is_valid():
        actions.revoke(certificate, by=request.user, **form.cleaned_data)
        messages.success(request, _("已撤销，查验页已经更新。"))
        return redirect("certificates:detail", pk=pk)
    context = _detail(request, certificate) | {"form": form}
    return render(request, "certificates/detail.html", context, status=422)


@login_required
@require_POST
def print_again(request: SignedIn, pk: int) -> HttpResponse:
    """Have the file made once more."""
    certificate = actions.print_again(_load(request, pk), by=request.user)
    return redirect("certificates:issuing", pk=certificate.attempt.sitting_id)


@login_required
@require_POST
def issue(request: SignedIn, pk: int) -> HttpResponse:
    """Certify everybody who passed a sitting."""
    sitting = get_object_or_404(Sitting.objects.visible_to(request.user), pk=pk)
    made = actions.issue(sitting, by=request.user)
    messages.success(request, _("已签发 %(count)d 张证书。") % {"count": len(made)})
    return redirect("certificates:issuing", pk=pk)


@login_required
@require_GET
def issuing(request: SignedIn, pk: int) -> HttpResponse:
    """How far the files of one sitting's certificates are, and who got one."""
    sittings = Sitting.objects.visible_to(request.user).select_related("job", "organization")
    sitting = get_object_or_404(sittings, pk=pk)
    here = actions.progress_url(sitting.pk)
    job = LongJob.objects.visible_to(request.user).filter(url=here).order_by("-pk").first()
    part = longjobs.part(job) if job else None
    if request.headers.get("HX-Request"):
        return render(request, "certificates/issuing.html#job", {"job": part})
    rows = Certificate.objects.visible_to(request.user).filter(attempt__sitting=sitting)
    context = {
        "sitting": sitting,
        "job": part,
        "rows": rows.order_by("number"),
        "lacking": practice.lacking(sitting) if may_issue(request.user, sitting) else [],
    }
    return render(request, "certificates/issuing.html", context)
