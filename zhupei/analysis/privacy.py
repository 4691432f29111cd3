"""Figures are of items and forms; a lead names two candidates."""

from django.utils.translation import gettext_lazy as _

from zhupei.core.privacy import Personal

FIELDS: dict[str, Personal | None] = {
    **dict.fromkeys(
        [
            *(
                f"sittingfigures.{name}"
                for name in ("id", "sitting", "people", "left_out", "pairs", "marks", "made_at")
            ),
            *(
                f"formfigures.{name}"
                for name in (
                    *("id", "study", "paper", "people", "items"),
                    *("mean", "deviation", "alpha", "kr20", "sem"),
                )
            ),
            *(
                f"itemfigures.{name}"
                for name in (
                    *("id", "study", "paper", "version", "place", "people"),
                    *("share", "rest", "contrast", "options", "doubts"),
                )
            ),
            "lead.id",
            "lead.study",
            "lead.state",
            "lead.judged_at",
        ]
    ),
    **dict.fromkeys(
        [
            "lead.first",
            "lead.second",
            "lead.both",
            "lead.same",
            "lead.expected",
            "lead.chance",
            "lead.adjusted",
            "lead.distance",
            "lead.near",
            "lead.evidence",
            "lead.note",
        ],
        Personal(
            _("发现答卷异常相似，交由住建部门的人判断"),
            _("与考核档案（一场一档）同期保存"),
            what=_("两名考生相同的错误答案、座位距离、判断意见"),
        ),
    ),
    "lead.judged_by_name": Personal(
        _("记录谁在何时办了什么，出了争议能查清"), _("随业务档案，长期"), what=_("判断线索的人")
    ),
}
