"""What the authorities of the demo said of the last month and the last quarter."""

from django.utils import timezone

from zhupei.bulletins import actions, rules
from zhupei.bulletins.models import Bulletin, BulletinKind
from zhupei.people.models import User
from zhupei.portal.demo.region import Region

BUREAU = "652300"
OWN_WORDS = "下一步：压紧属地监管责任，对漏巡的班级逐班说明原因；整改逾期的机构由住建局约谈负责人。"


def show(authorities: Region) -> None:
    """The region's quarter is public, a bureau's month is issued, its quarter still a draft."""
    regulator = authorities.regulator
    quarter = _draft(BulletinKind.QUARTERLY, regulator)
    first = quarter.sections[0]
    text = "\n".join([*first["paragraphs"], OWN_WORDS])
    quarter = actions.rewrite(quarter, first["key"], text, version=quarter.version, by=regulator)
    actions.issue(quarter, by=regulator, open_to_public=True)
    reviewer = authorities.reviewers.get(BUREAU) or next(iter(authorities.reviewers.values()))
    actions.issue(_draft(BulletinKind.MONTHLY, reviewer), by=reviewer)
    _draft(BulletinKind.QUARTERLY, reviewer)


def _draft(kind: BulletinKind, by: User) -> Bulletin:
    assert by.acting, "the officers of the demo act for their authority"
    period = rules.last_ended(kind, timezone.localdate())
    return actions.draft(by.acting.organization, kind, period, by=by)
