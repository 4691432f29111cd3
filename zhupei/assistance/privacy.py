"""What records of help say about people."""

from django.utils.translation import gettext_lazy as _

from zhupei.core.privacy import Personal

_OFFICIALS = Personal(
    _("说明对口关系和帮扶由谁指定、谁确认（通知第一部分第三节）"),
    _("随年度评估档案，10 年"),
    what=_("经办人"),
)
_SHOWN = Personal(
    _("证明帮扶属实（通知第一部分第三节）"),
    _("随年度评估档案，10 年"),
    what=_("花名册、照片等凭据，可能写到或拍到参训人员"),
)

FIELDS: dict[str, Personal | None] = {
    **dict.fromkeys(
        [
            "pairing.id",
            "pairing.organization",
            "pairing.county",
            "pairing.since",
            "pairing.until",
            "pairing.ground",
            "pairing.authority",
            "assistance.id",
            "assistance.number",
            "assistance.organization",
            "assistance.kind",
            "assistance.county",
            "assistance.title",
            "assistance.story",
            "assistance.started_on",
            "assistance.ended_on",
            "assistance.training_class",
            "assistance.typed",
            "assistance.stations",
            "assistance.address",
            "assistance.person_times",
            "assistance.submitted_at",
            "assistance.due_at",
            "assistance.confirmed_at",
            "assistance.authority",
            "assistance.state",
            "assistancefile.id",
            "assistancefile.assistance",
        ]
    ),
    **dict.fromkeys(["pairing.assigned_by", "assistance.confirmed_by"], _OFFICIALS),
    "assistancefile.file": _SHOWN,
}
