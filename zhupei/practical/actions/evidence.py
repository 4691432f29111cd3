"""Pictures and recordings an assessor takes: evidence of what was seen."""

from collections.abc import Callable
from uuid import uuid4

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhupei.core.errors import NotAllowed
from zhupei.core.models import StoredFile
from zhupei.people.models import User
from zhupei.practical.access import may_score
from zhupei.practical.actions import scoring
from zhupei.practical.models import Picture, Sheet, Tap, TapKind


@transaction.atomic
def add(sheet: Sheet, *, by: User, file: Callable[[], StoredFile], about: str = "") -> Picture:
    """Put a file to a sheet from a page, as a tap of this moment.

    Raises NotAllowed; Refused as ``scoring.sync`` says of a tap, and what keeping a file raises.
    """
    row = scoring.locked(sheet)
    if not may_score(by, row):
        raise NotAllowed("not_allowed", _("只有这张评分表的考评员本人能取证。"))
    now = timezone.now()
    judge = scoring.Judge(row, now, by=by, phone="web", phone_now=now)
    judge.check(scoring.Sent(uuid4(), TapKind.EVIDENCE, about, "", now), now)
    tap = Tap.objects.create(
        sheet=row,
        kind=TapKind.EVIDENCE,
        about=about,
        phone="web",
        phone_at=now,
        at=now,
        clock_error=0,
        received_at=now,
    )
    return scoring.attach(tap, file(), by=by)
