"""Items put right after an exam in the demo: one in force for everybody, one the region did not
follow, one that waits for it.
"""

from datetime import datetime, timedelta

from django.utils import timezone

from zhupei.exams.actions import corrections, items
from zhupei.exams.models import ItemCorrection, Sitting, State
from zhupei.papers.models import Blueprint
from zhupei.people.models import User
from zhupei.portal.demo import clock
from zhupei.portal.demo.region import Body
from zhupei.questions.models import ItemKind, ItemVersion

LONG_OVER = timedelta(days=10)
HIDDEN = "两台考试机的屏幕缩放不对，这道题的最后一个选项显示不全，考生交卷时反映，现场看过属实。"
EVERYBODY = "已派人到机房核对，无法查清影响了哪些考生，这道题全员给分。"
ANOTHER = "两名考生认为另一个选项也对，提请两个答案都计对。"
VERIFIED = "请两名专家核对规范和教材，封存的答案正确、唯一，不予更正。"
PROMPTED = "同一份卷里另一题的题干提示了这道题的答案，建议此题作废。"


def show(body: Body, blueprint: Blueprint, *, by: User, now: datetime) -> None:
    """Of the last sitting that is long over, the items few got right: one gives everybody its
    points, another has the key it had, of a third the region has not decided.
    """
    over = Sitting.objects.filter(
        organization=body.organization,
        blueprint=blueprint,
        state=State.RELEASED,
        starts_at__lt=now - LONG_OVER,
    )
    sitting = over.order_by("-starts_at").first()
    if sitting is None:
        return
    first, second, third = _doubtful(sitting)[:3]
    day = clock.moment(timezone.localdate(sitting.ends_at) + timedelta(days=4), 12)
    with clock.at(day):
        items.look(sitting, first, by=body.examiner)
        hidden = _propose(sitting, first, body, ruling="all", reason=HIDDEN)
        keys = [second.key, _mistaken_for(sitting, second)]
        doubted = _propose(sitting, second, body, ruling="new_key", keys=keys, reason=ANOTHER)
    with clock.at(day + timedelta(days=2)):
        corrections.agree(hidden, by=by, note=EVERYBODY)
        corrections.reject(doubted, by=by, note=VERIFIED)
    with clock.at(now - timedelta(hours=5)):
        _propose(sitting, third, body, ruling="void", reason=PROMPTED)


def _doubtful(sitting: Sitting) -> list[ItemVersion]:
    """Its items of one choice, those few got right first."""
    order = [line.version for line in items.lines(sitting)]
    found = ItemVersion.objects.filter(pk__in=order, kind=ItemKind.SINGLE)
    return sorted(found, key=lambda version: order.index(version.pk))


def _mistaken_for(sitting: Sitting, version: ItemVersion) -> str:
    """The answer most gave that was not counted; where nobody erred, any other."""
    given = [answer for answer, _n in items.given(sitting, version) if answer]
    others = [*given, *(letter for letter, _text in version.letters)]
    return next(letter for letter in others if letter != version.key)


def _propose(
    sitting: Sitting,
    version: ItemVersion,
    body: Body,
    *,
    ruling: str,
    reason: str,
    keys: list[str] | None = None,
) -> ItemCorrection:
    return corrections.propose(
        sitting, version, by=body.examiner, ruling=ruling, reason=reason, keys=keys or []
    )
