"""What the tables of reviews, appeals and cases say about people."""

from django.utils.translation import gettext_lazy as _

from zhupei.core.privacy import Personal

_ASKED = Personal(
    _("核对成绩，答复考生（办法第二十条、第二十四条）"),
    _("随一场一档保存 30 年"),
    what=_("复核、申诉的理由和答复"),
)
_CASE = Personal(
    _("处理考核违纪，听取本人陈述申辩"),
    _("记录到期后不再显示；材料随一场一档保存 30 年"),
    what=_("违纪的类别、事实、材料、陈述申辩和处理决定"),
)

FIELDS: dict[str, Personal | None] = {
    **dict.fromkeys(["reviewrequest.id", "appeal.id", "misconduct.id", "caseevidence.id"]),
    **dict.fromkeys(
        f"{model}.{field}"
        for model in ("reviewrequest", "appeal")
        for field in ("due_at", "state", "answered_by")
    ),
    **dict.fromkeys(
        [
            "reviewrequest.attempt",
            "reviewrequest.turn",
            "reviewrequest.grounds",
            "reviewrequest.mark",
            "reviewrequest.filed_at",
            "reviewrequest.answer",
            "reviewrequest.answered_at",
            "reviewrequest.awaits_mark",
            "appeal.review",
            "appeal.grounds",
            "appeal.filed_at",
            "appeal.answer",
            "appeal.answered_at",
        ],
        _ASKED,
    ),
    **dict.fromkeys(
        [
            "misconduct.candidate",
            "misconduct.turn",
            "misconduct.breach",
            "misconduct.facts",
            "misconduct.opened_at",
            "misconduct.noticed_at",
            "misconduct.statement_until",
            "misconduct.statement",
            "misconduct.stated_at",
            "misconduct.waived_at",
            "misconduct.decision",
            "misconduct.decided_at",
            "misconduct.kept",
            "misconduct.kept_until",
            "misconduct.state",
            "caseevidence.case",
            "caseevidence.file",
            "caseevidence.added_at",
        ],
        _CASE,
    ),
    **dict.fromkeys(["misconduct.opened_by", "misconduct.decided_by"]),
}
