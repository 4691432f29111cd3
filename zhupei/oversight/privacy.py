"""What the tables of oversight say about people: who ordered and who lifted a suspension."""

from django.utils.translation import gettext_lazy as _

from zhupei.core.privacy import Personal

_DECIDING = Personal(
    _("说明暂停和恢复业务是谁决定的（第二十三条）"), _("30 年，随处理记录"), what=_("承办人姓名")
)
_REASONS = Personal(
    _("说明为什么暂停、凭什么恢复（第二十三条）"),
    _("30 年，随处理记录"),
    what=_("理由和凭据，可能写到有关人员"),
)

FIELDS: dict[str, Personal | None] = {
    **dict.fromkeys(
        [
            "suspension.id",
            "suspension.organization",
            "suspension.authority",
            "suspension.ordered_at",
            "suspension.law",
            "suspension.certificates_from",
            "suspension.touched",
            "suspension.lifted_at",
        ]
    ),
    **dict.fromkeys(["suspension.ordered_by_name", "suspension.lifted_by_name"], _DECIDING),
    **dict.fromkeys(
        [
            "suspension.reason",
            "suspension.evidence",
            "suspension.lift_reason",
            "suspension.lift_evidence",
        ],
        _REASONS,
    ),
}
