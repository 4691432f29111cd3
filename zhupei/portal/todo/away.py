"""What waits for somebody because of classes away from home."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _

from zhupei.filings.models import Copy, Filing, State
from zhupei.organizations.models import Kind as Body
from zhupei.portal.todo.line import Kind, Lines, Now, by_state, or_empty, rows

# fmt: off
KINDS = {
    "away": Kind("map-pin", _("异地备案"), "%(organization)s",
                 _("%(number)s，%(place)s，%(learners)s 人"),
                 _("培训机构"), "filings:detail", _("办理"), workdays=True),
    "away_returned": Kind("arrow-back-up", _("异地备案退回"), _("到%(place)s办班"), "%(number)s",
                          _("人社部门"), "filings:detail", _("补正")),
    "away_draft": Kind("edit", _("异地备案草稿"), _("到%(place)s办班"), _("%(number)s还没有提交"),
                       _("本机构"), "filings:detail", _("继续")),
    "copy": Kind("mail", _("抄送"), "%(organization)s", _("%(number)s，到%(place)s办班"),
                 _("人社部门"), "filings:detail", _("查看")),
}
# fmt: on


def to_decide(user: Any, now: Now) -> Iterator[Lines]:  # noqa: ARG001 - as all of them
    """Filings of other prefectures' institutions an HR department has to decide on."""
    if user.acting.organization.kind != Body.HR:  # housing sees them, and waits as well
        return
    waiting = Filing.objects.visible_to(user).waiting()
    facts = {
        "organization": "organization__name",
        "number": "number",
        "place": "division__name",
        "learners": "learners",
    }
    yield rows("away", waiting, facts, "due_at", due="due_at")


def own(user: Any, now: Now) -> Iterator[Lines]:  # noqa: ARG001 - as all of them
    """Filings sent back, and drafts nobody has handed in yet."""
    unfinished = Filing.objects.visible_to(user).filter(
        organization=user.acting.organization_id, state__in=[State.RETURNED, State.DRAFT]
    )
    facts = {"place": "prefecture__short_name", "number": or_empty("number")}
    yield rows(by_state("away"), unfinished, facts, "-state")


def unread_copies(user: Any, now: Now) -> Iterator[Lines]:  # noqa: ARG001 - as all of them
    """Filings an HR department sent a copy of, and this person has not opened."""
    unread = Copy.objects.visible_to(user).unread(user)
    facts = {
        "organization": "filing__organization__name",
        "number": "filing__number",
        "place": "filing__prefecture__short_name",
    }
    yield rows("copy", unread, facts, "-sent_at", key="filing_id")
