"""The parts of the seed become known: typed in by two people, or opened."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhupei.core import audit
from zhupei.core.errors import NotAllowed, Refused
from zhupei.core.templatetags.ui import beijing
from zhupei.inspections import rules
from zhupei.inspections.access import may_type
from zhupei.inspections.events import DrawEvent
from zhupei.inspections.models import Draw, DrawState, SeedEntry, SeedInput, SeedKind
from zhupei.people.models import User

LONGEST = 500


@transaction.atomic
def type_in(seed_input: SeedInput, *, by: User, value: str) -> SeedInput:
    """Type what the public event came to. The first entry waits for a second person's; neither
    sees the other's before both are the same. Whoever typed alone may type again.

    Raises NotAllowed; Refused "wrong_state", "already_known", "too_early", "value_missing" or
    "typed_differently".

    Source: project register of facts, section 9.1 (a public seed).
    """
    row, draw = _waiting(seed_input, SeedKind.EVENT, by)
    if row.happens_at is not None and timezone.now() < row.happens_at:
        raise Refused(
            "too_early",
            _("要到 %(when)s（北京时间）才公布，现在还不能录入。"),
            field="value",
            when=beijing(row.happens_at),
        )
    said = _one_line(value)
    others = row.entries.exclude(typed_by=by).select_related("typed_by")
    if other := next((one for one in others if one.value != said), None):
        raise Refused(
            "typed_differently",
            _(
                "和%(other)s录入的不一样，两次录入都没有采用。请两人都对照公告核对；"
                "%(other)s录错的，由本人重新录入。"
            ),
            field="value",
            other=other.typed_by,
        )
    now = timezone.now()
    SeedEntry.objects.update_or_create(
        seed_input=row, typed_by=by, defaults={"value": said, "typed_at": now}
    )
    if not others:
        audit.record(DrawEvent.TYPED, draw, by=by, input=row.description)
        return row
    return _known(row, draw, said, by)


@transaction.atomic
def open_commitment(seed_input: SeedInput, *, by: User, value: str) -> SeedInput:
    """Type the words somebody committed to; their hash proves them.

    Raises NotAllowed; Refused "wrong_state", "already_known", "value_missing" or "not_committed".
    """
    row, draw = _waiting(seed_input, SeedKind.COMMITMENT, by)
    said = _one_line(value)
    if not rules.opens(row.commitment, said):
        raise Refused(
            "not_committed",
            _("这不是%(who)s承诺的原文：摘要对不上。请核对每一个字和标点。"),
            field="value",
            who=row.description,
        )
    return _known(row, draw, said, by)


def _waiting(seed_input: SeedInput, kind: SeedKind, by: User) -> tuple[SeedInput, Draw]:
    """The locked input of a frozen draw, its value not known yet."""
    rows = SeedInput.objects.select_for_update(of=("self",)).select_related("draw__authority")
    row = rows.get(pk=seed_input.pk, kind=kind)
    draw = row.draw
    if not may_type(by, draw):
        raise NotAllowed("not_allowed", _("只有组织抽查的单位、参加的部门和检查员能录入。"))
    if draw.state != DrawState.FROZEN:
        raise Refused(
            "wrong_state",
            _("“%(draw)s”现在是“%(state)s”，不能录入种子。"),
            draw=draw,
            state=draw.get_state_display(),
        )
    if row.known_at is not None:
        raise Refused("already_known", _("这一项已经录入，不能改。"))
    return row, draw


def _one_line(value: str) -> str:
    said = value.strip()
    if not said or len(said) > LONGEST or not said.isprintable():
        raise Refused(
            "value_missing", _("请填写一行文字，最多 %(most)d 个字。"), field="value", most=LONGEST
        )
    return said


def _known(row: SeedInput, draw: Draw, said: str, by: User) -> SeedInput:
    row.value, row.known_at = said, timezone.now()
    row.save(update_fields=["value", "known_at"])
    audit.record(DrawEvent.KNOWN, draw, by=by, input=row.description, value=said)
    return row
