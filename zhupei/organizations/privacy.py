"""What the tables of organizations say about people."""

from django.utils.translation import gettext_lazy as _

from zhupei.core.privacy import Personal

FIELDS = {
    **dict.fromkeys(
        [
            "division.code",
            "division.name",
            "division.short_name",
            "division.level",
            "division.parent",
            "division.valid_from",
            "division.valid_until",
            "organization.id",
            "organization.name",
            "organization.short_name",
            "organization.kind",
            "organization.division",
            "organization.prefecture",
            "organization.uscc",
            "organization.complaint_phone",
            "organization.complaint_hours",
            "membership.id",
        ]
    ),
    **dict.fromkeys(
        [
            "membership.user",
            "membership.organization",
            "membership.role",
            "membership.since",
            "membership.until",
        ],
        Personal(
            _("确定谁能代表哪个单位办事"),
            _("任职结束后 10 年，随业务档案"),
            what=_("单位、身份、任职时间"),
        ),
    ),
    "interest.id": None,
    **dict.fromkeys(
        [
            "interest.user",
            "interest.organization",
            "interest.kind",
            "interest.since",
            "interest.until",
        ],
        Personal(
            _("安排检查、评审时回避有利害关系的人"),
            _("任职结束后 10 年，随业务档案"),
            what=_("检查人员申报的利害关系"),
        ),
    ),
}
