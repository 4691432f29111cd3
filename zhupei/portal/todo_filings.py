"""What waits for somebody because of classes away from home."""

from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zhupei.core import clock
from zhupei.filings.access import may_decide
from zhupei.filings.models import Copy, Filing
from zhupei.filings.models import State as FilingState
from zhupei.portal.todo_line import AT_MOST, Todo


def filings_away(user: Any) -> Iterator[Todo]:
    """Filings of other prefectures' institutions an HR department has to decide on."""
    now = timezone.now()
    known = clock.calendar(now)
    waiting = Filing.objects.visible_to(user).waiting()
    for filing in waiting.select_related("organization", "division")[:AT_MOST]:
        if not may_decide(user, filing):  # housing sees it, and waits as well
            continue
        left = clock.left(filing.due_at, now, known)
        yield Todo(
            "map-pin",
            gettext_lazy("异地备案"),
            str(filing.organization),
            _("%(number)s，%(place)s，%(learners)s 人")
            % {"number": filing.number, "place": filing.division, "learners": filing.learners},
            _("培训机构"),
            reverse("filings:detail", args=[filing.pk]),
            gettext_lazy("办理"),
            filing.due_at,
            left.words if left else "",
        )


def own_filings(user: Any) -> Iterator[Todo]:
    """Filings sent back, and drafts nobody has handed in yet."""
    unfinished = Filing.objects.visible_to(user).filter(
        organization=user.acting.organization_id,
        state__in=[FilingState.RETURNED, FilingState.DRAFT],
    )
    for filing in unfinished.select_related("prefecture").order_by("-state", "pk")[:AT_MOST]:
        returned = filing.state == FilingState.RETURNED
        yield Todo(
            "arrow-back-up" if returned else "edit",
            gettext_lazy("异地备案退回") if returned else gettext_lazy("异地备案草稿"),
            _("到%(place)s办班") % {"place": filing.prefecture.short_name},
            filing.number or _("还没有提交"),
            _("人社部门") if returned else _("本机构"),
            reverse("filings:detail", args=[filing.pk]),
            gettext_lazy("补正") if returned else gettext_lazy("继续"),
        )


def unread_copies(user: Any) -> Iterator[Todo]:
    """Filings an HR department sent a copy of, and this person has not opened."""
    copies = Copy.objects.visible_to(user).unread(user)
    related = copies.select_related("filing__organization", "filing__prefecture")
    for copy in related.order_by("-sent_at")[:AT_MOST]:
        yield Todo(
            "mail",
            gettext_lazy("抄送"),
            str(copy.filing.organization),
            _("%(number)s，到%(place)s办班")
            % {"number": copy.filing.number, "place": copy.filing.prefecture.short_name},
            _("人社部门"),
            reverse("filings:detail", args=[copy.filing_id]),
            gettext_lazy("查看"),
        )
