"""How much each part of a bureau's score weighs. They should add up to 100."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from zhupei.core.parameters import Parameter
from zhupei.duty.rules import Part

SOURCE = "2023 年度评估通报二（一）、三（一）（属地监管责任，未定分值，建议值）"


def _weight(part: Part, label: str | Promise, default: int) -> Parameter:
    return Parameter(
        f"duty.weight_{part}",
        label,
        default=default,
        unit=_("分"),
        source=SOURCE,
        minimum=0,
        maximum=100,
    )


WEIGHTS = {
    Part.REVIEW: _weight(Part.REVIEW, _("履职得分：开班审核按期"), 25),
    Part.COVERAGE: _weight(Part.COVERAGE, _("履职得分：巡查督考覆盖"), 25),
    Part.FINDINGS: _weight(Part.FINDINGS, _("履职得分：问题按期处理"), 10),
    Part.CLOSURE: _weight(Part.CLOSURE, _("履职得分：整改按期销号"), 15),
    Part.COMPLAINTS: _weight(Part.COMPLAINTS, _("履职得分：投诉按期答复"), 15),
    Part.AGREEMENT: _weight(Part.AGREEMENT, _("履职得分：复读无异议"), 10),
}
