"""What waits because somebody is inspected by chance."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from zhupei.inspections.models import (
    Assignment,
    Draw,
    DrawState,
    Inspection,
    InspectionState,
    SeedEntry,
    SeedInput,
)
from zhupei.portal.todo.line import Kind, Lines, Now, day_end, rows

# fmt: off
KINDS = {
    "inspect": Kind("clipboard-list", _("双随机检查"), "%(object)s", "%(draw)s", _("组织单位"),
                    "inspections:inspection", _("检查")),
    "inspect_sign": Kind("signature", _("会签检查结果"), "%(object)s", "%(draw)s",
                         _("另一名检查员"), "inspections:inspection", _("签字")),
    "inspect_publish": Kind("world", _("公示检查结果"), "%(object)s", "%(draw)s", _("公众"),
                            "inspections:inspection", _("公示"), workdays=True),
    "draw_seed": Kind("pencil", _("录入种子"), "%(input)s", "%(draw)s", _("抽取"),
                      "inspections:draw", _("录入")),
    "draw_now": Kind("transfer", _("双随机抽取"), "%(draw)s", _("种子已齐，可以抽取"), _("检查员"),
                     "inspections:draw", _("抽取")),
}
# fmt: on


def to_inspect(user: Any, now: Now) -> Iterator[Lines]:
    """Where an inspector goes, what they have to sign, and what waits for a second person."""
    facts = {"object": "name", "draw": "draw__title"}
    own = Inspection.objects.own(user)
    waiting = own.filter(state=InspectionState.ASSIGNED)
    yield rows("inspect", waiting, facts, due=day_end("draw__check_by"))
    unsigned = Assignment.objects.filter(
        inspection=OuterRef("pk"), inspector__user=user.pk, signed_at__isnull=True
    )
    signing = own.filter(Exists(unsigned), state=InspectionState.SIGNING)
    yield rows("inspect_sign", signing, facts, "due_at", due="due_at")
    yield _seed(_untyped(user, now).filter(entries__isnull=False))


def to_run(user: Any, now: Now) -> Iterator[Lines]:
    """What the authority that draws has to do next."""
    here = user.acting.organization_id
    yield _seed(_untyped(user, now).filter(draw__authority=here))
    ours = Draw.objects.visible_to(user).filter(authority=here, state=DrawState.FROZEN)
    waiting = SeedInput.objects.filter(draw=OuterRef("pk"), known_at__isnull=True)
    yield rows("draw_now", ours.filter(~Exists(waiting)), {"draw": "title"}, "frozen_at")
    signed = Inspection.objects.visible_to(user).filter(
        draw__authority=here, state=InspectionState.SIGNED
    )
    facts = {"object": "name", "draw": "draw__title"}
    yield rows("inspect_publish", signed, facts, "due_at", due="due_at")


def _seed(found: Any) -> Lines:
    facts = {"input": "description", "draw": "draw__title"}
    return rows("draw_seed", found, facts, "happens_at", key="draw_id", due="happens_at")


def _untyped(user: Any, now: Now) -> Any:
    """Events that are over and that this person has not typed in."""
    mine = SeedEntry.objects.filter(seed_input=OuterRef("pk"), typed_by=user.pk)
    frozen = Draw.objects.visible_to(user).filter(state=DrawState.FROZEN)
    return SeedInput.objects.filter(
        ~Exists(mine), draw__in=frozen, known_at__isnull=True, happens_at__lte=now.moment
    )
