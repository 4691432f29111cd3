"""What corrections says on pages of lower floors."""

from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from zhupei.core.panels import Line, Panel
from zhupei.core.templatetags.ui import beijing
from zhupei.corrections import words
from zhupei.corrections.models import Order, OrderState
from zhupei.organizations.models import Organization

SHOWN = 5


def institution(user: Any, organization: Organization) -> Panel | None:
    """The orders that are not closed yet; nothing where there is none."""
    rows = Order.objects.visible_to(user).of(organization).live().most_urgent_first()
    found = list(rows[: SHOWN + 1])
    if not found:
        return None
    now = timezone.now()
    late = sum(order.is_overdue(now) for order in found)
    alert = _("有 %(count)d 份限期整改通知逾期未报。") % {"count": late} if late else ""
    asked = urlencode({"q": organization.name})
    return Panel(
        _("没有销号的整改通知"),
        tuple(_line(order, now) for order in found[:SHOWN]),
        url=f"{reverse('corrections:index')}?{asked}",
        url_label=_("全部整改通知"),
        alert=alert,
        alert_tone="bad",
    )


def _line(order: Order, now: Any) -> Line:
    answered = order.state == OrderState.ANSWERED and order.verify_due_at is not None
    due = order.verify_due_at if answered else order.due_at
    note = _("%(due)s前核查") if answered else _("%(due)s前报送")
    return Line(
        order.number,
        order.get_absolute_url(),
        note % {"due": beijing(due)},
        words.order_badge(order, overdue=order.is_overdue(now)),
    )


PANELS = {"institutions:detail": institution}
