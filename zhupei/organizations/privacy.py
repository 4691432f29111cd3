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
}
