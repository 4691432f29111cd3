"""What credit says on pages of lower floors."""

from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from zhupei.core.panels import Line, Panel
from zhupei.core.templatetags.ui import dated
from zhupei.credit.models import Grade
from zhupei.credit.views.frame import grade_badge
from zhupei.organizations.models import Kind, Organization


def institution(user: Any, organization: Organization) -> Panel | None:
    """The grades in force, the newest first."""
    if organization.kind != Kind.INSTITUTION:
        return None
    mine = Grade.objects.visible_to(user).current().filter(organization=organization)
    found = list(mine.order_by("-year")[:3])
    if not found:
        return None
    return Panel(
        _("等级和信用"),
        tuple(_line(grade) for grade in found),
        url=reverse("credit:file", args=[organization.pk]),
        url_label=_("信用档案"),
    )


def _line(grade: Grade) -> Line:
    said = {"year": grade.year}
    note = dated(timezone.localdate(grade.set_at))
    if grade.score is not None:
        points = _("%(score)s 分") % {"score": grade.score.normalize()}
        note = f"{points}，{note}"
    return Line(_("%(year)s 年度") % said, note=note, badge=grade_badge(grade))


PANELS = {"institutions:detail": institution}
