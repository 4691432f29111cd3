"""What the tables of feedback say about people."""

from django.utils.translation import gettext_lazy as _

from zhupei.core.privacy import Personal

_SPOKEN = Personal(
    _("一人一次匿名评价"), _("随培训档案保存 10 年"), what=_("是否评价过；评价内容与本人没有关联")
)
_CALLED = Personal(
    _("跟踪培训效果，改进教学（2023 年度评估通报第三部分）"),
    _("回访后 3 年"),
    what=_("回访结果：现在的工作、满意度、教材是否被收回、意见"),
)

FIELDS: dict[str, Personal | None] = {
    "ballot.enrolment": _SPOKEN,
    **dict.fromkeys(
        [
            "tally.id",
            "tally.training_class",
            "tally.question",
            "tally.score",
            "tally.count",
            "remark.id",
            "remark.training_class",
            "remark.text",
            "selfevaluation.id",
            "selfevaluation.training_class",
            "selfevaluation.plan",
            "selfevaluation.teaching",
            "selfevaluation.means",
            "selfevaluation.effect",
            "selfevaluation.improve",
            "selfevaluation.facts",
            "selfevaluation.state",
            "selfevaluation.handed_in_at",
            "followup.id",
            "followup.due_on",
        ]
    ),
    **dict.fromkeys(
        [
            "followup.enrolment",
            "followup.tries",
            "followup.work",
            "followup.score",
            "followup.book_taken_back",
            "followup.said",
            "followup.state",
            "followup.ended_at",
            "followup.ended_by",
        ],
        _CALLED,
    ),
}
