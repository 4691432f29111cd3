"""Reading the taps of a score sheet from what a phone sends (``core.offline``)."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from zhupei.core import offline
from zhupei.core.offline import Batch, Malformed
from zhupei.practical.actions.scoring import Sent
from zhupei.practical.models import TapKind


def batch(body: bytes) -> Batch[Sent]:
    """The document as values. Raises Malformed with a sentence."""
    return offline.batch(body, _sent)


def _sent(mark: dict[str, Any]) -> Sent:
    kind = mark.get("kind")
    if kind not in TapKind.values:
        raise Malformed(_("有一条记录的编号或类别不认识。"))
    return Sent(
        offline.identity(mark.get("id")),
        TapKind(kind),
        offline.text(mark.get("about"), "about"),
        offline.text(mark.get("value"), "value"),
        offline.moment(mark.get("at"), "at"),
    )
