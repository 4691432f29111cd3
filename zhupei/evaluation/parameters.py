"""The figures of the evaluation. Points and lines of grades are those of ``institutions``; a
scheme keeps all of them as they were when it was frozen.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from zhupei.core.parameters import Parameter, settings_of
from zhupei.institutions.parameters import GRADING
from zhupei.institutions.rules.grades import Scale

NOTICE = "2023 年度评估通报"

PUBLICITY_DAYS = Parameter(
    "evaluation.publicity_workdays",
    _("评估结果公示"),
    default=5,
    unit=_("个工作日"),
    source=f"{NOTICE}（未定公示期限，建议值）",
    minimum=1,
    maximum=30,
)
REPLY_DAYS = Parameter(
    "evaluation.reply_workdays",
    _("异议答复时限"),
    default=10,
    unit=_("个工作日"),
    source="平台建议值，待厅确认",
    minimum=1,
    maximum=60,
)
EXPERTS_APART = Parameter(
    "evaluation.experts_apart",
    _("两位专家相差超过指标分值的多少，须复议或由第三位专家评"),
    default=20,
    unit="%",
    source="平台建议值，待厅确认",
    minimum=0,
    maximum=100,
)
LEAST_ASSESSED = Parameter(
    "evaluation.least_assessed",
    _("已评分值占适用分值至少多少才定级"),
    default=60,
    unit="%",
    source=f"{NOTICE}（35 家中 3 家未作分项评估；比例为建议值）",
    minimum=0,
    maximum=100,
)
OWN = (PUBLICITY_DAYS, REPLY_DAYS, EXPERTS_APART, LEAST_ASSESSED)


def figures(on: date | None = None) -> dict[str, Any]:
    """Everything a scheme freezes, by the last part of its key."""
    settings = settings_of(*GRADING, *OWN, on=on)
    return {key.rpartition(".")[2]: setting.value for key, setting in settings.items()}


def scale(figures: Mapping[str, Any]) -> Scale:
    """The scale of a scheme from the figures it froze."""
    parts = ("basics", "teaching", "bureau", "bonus", "total")
    return Scale(
        *(int(figures[f"points_{part}"]) for part in parts),
        *(int(figures[f"grade_{letter}"]) for letter in "abc"),
    )


DECLARED_LABELS = {one.key.rpartition(".")[2]: one for one in (*GRADING, *OWN)}
