"""What the tables of oversight say about people: who ordered, decided, stated, and why."""

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

_FACTS = Personal(
    _("查清事实，听取陈述申辩，作出管理措施决定（第二十三条）"),
    _("30 年，随处理记录"),
    what=_("事实、证据、陈述申辩、听证情况和决定"),
)
_HANDED = Personal(
    _("把涉嫌违法的线索移送有权机关（行政处罚法）"),
    _("30 年，随处理记录"),
    what=_("涉嫌违法的事实、证据清单、办理进展"),
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
    **{
        f"measure.{field}": None
        for field in (
            "id",
            "number",
            "organization",
            "authority",
            "kind",
            "basis",
            "drafted_at",
            "suspension",
            "noticed_at",
            "statement_until",
            "hearing_until",
            "stated_at",
            "hearing_asked",
            "waived_at",
            "hearing_at",
            "hearing_place",
            "heard_at",
            "decide_by",
            "decided_at",
            "due_on",
            "place",
            "served_how",
            "served_at",
            "ended_at",
            "late_told_at",
            "state",
            "source",
            "source_label",
            "source_path",
        )
    },
    **dict.fromkeys(
        ["measure.drafted_by", "measure.decided_by", "measurepaper.added_by"], _DECIDING
    ),
    **dict.fromkeys(
        [
            "measure.facts",
            "measure.urgent_why",
            "measure.statement",
            "measure.stated_by",
            "measure.hearing_account",
            "measure.decision",
            "measure.weighed",
            "measure.outcome",
            "measurepaper.file",
        ],
        _FACTS,
    ),
    **dict.fromkeys(
        ["measurepaper.id", "measurepaper.measure", "measurepaper.kind", "measurepaper.added_at"]
    ),
    **{
        f"handover.{field}": None
        for field in (
            "id",
            "number",
            "organization",
            "authority",
            "receiver",
            "receiver_name",
            "happened_until",
            "basis",
            "measure",
            "drafted_at",
            "sent_at",
            "receipt_due",
            "receipt_number",
            "received_at",
            "decide_by",
            "late_told_at",
            "state",
            "source",
            "source_label",
            "source_path",
        )
    },
    **dict.fromkeys(
        ["handover.drafted_by", "handover.sent_by", "handoverreport.reported_by"], _DECIDING
    ),
    **dict.fromkeys(
        [
            "handover.facts",
            "handover.letter",
            "handoverpaper.title",
            "handoverpaper.proves",
            "handoverpaper.file",
            "handoverreport.text",
            "handoverreport.file",
        ],
        _HANDED,
    ),
    **dict.fromkeys(["handoverpaper.id", "handoverpaper.handover", "handoverpaper.added_at"]),
    **{
        f"handoverreport.{field}": None
        for field in ("id", "handover", "kind", "day", "paper_number", "reported_at")
    },
    **{
        f"legalbasis.{field}": None
        for field in (
            "id",
            "title",
            "article",
            "rank",
            "matter",
            "penalty",
            "competent",
            "valid_from",
            "valid_until",
            "checked_on",
        )
    },
}
