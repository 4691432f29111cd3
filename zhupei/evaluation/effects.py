"""What the record of an institution means for its next evaluation."""

from django.utils import timezone
from django.utils.translation import gettext as _

from zhupei.credit.consequences import Bearing, CreditFile
from zhupei.evaluation import scoring, words
from zhupei.evaluation.actions.outlooks import newest, year_before
from zhupei.evaluation.facts import Reading, oversight
from zhupei.evaluation.models import Indicator


def conduct(file: CreditFile) -> Bearing:
    """What its conduct would cost it, judged today by the newest scheme."""
    organization = file.organization
    indicator = Indicator.objects.filter(rule="conduct", scheme__in=newest()).first()
    if indicator is None:
        return Bearing(
            _("年度评估"), "info", _("没有方案"), _("还没有按培训行为扣分的评估方案。"), ""
        )
    today = timezone.localdate()
    read = oversight.conduct(Reading([organization], year_before(today), today, today))
    points = scoring.points_of(indicator, read[organization.pk]["conduct"])
    lost = (points.of - (points.value or 0)).normalize()
    return Bearing(
        _("年度评估"),
        "warn" if lost else "ok",
        _("扣 %(n)s 分") % {"n": f"{lost:f}"} if lost else _("不扣分"),
        f"{words.because(points.because, points.said)}。",
        _("当年认定、评分当天有效的记录按程度扣分；修复、撤销或者期满的不计，记在个人名下的不计。"),
    )


OF_CREDIT = conduct
