"""What the tables of the exam room say about people."""

from django.utils.translation import gettext_lazy as _

from zhupei.core.privacy import Personal

KEEP = _("与考核档案（一场一档）同期保存")
IDENTITY = Personal(
    _("核对进场的是报名的本人，防止替考"),
    KEEP,
    what=_("何时、由谁、以什么方式核验身份，结果和说明"),
)
EVENTS = Personal(
    _("记录考场里发生的情况，作为处理和申诉的依据"), KEEP, what=_("考场情况、求助、通知、现场照片")
)
STAFF = Personal(_("知道谁监考、谁签名负责"), KEEP, what=_("监考员姓名、签名时间"))

FIELDS: dict[str, Personal | None] = {
    **dict.fromkeys(
        [
            "checkin.id",
            "checkin.sitting",
            "incident.id",
            "incident.sitting",
            "incident.kind",
            "incident.severity",
            "helpcall.id",
            "helpcall.sitting",
            "notice.id",
            "notice.sitting",
            "notice.at",
            "heard.attempt_id",
            "heard.at",
            "roomlog.id",
            "roomlog.sitting",
            "roomlog.room_ready",
            "roomlog.devices_ready",
            "roomlog.forms_sealed",
            "roomlog.opening_note",
            "roomlog.opened_at",
            "roomlog.closing_note",
            "roomlog.closed_at",
            "signature.id",
            "signature.log",
            "safebrowser.id",
            "safebrowser.sitting",
            "safebrowser.required",
            "safebrowser.config",
            "safebrowser.config_key",
            "safebrowser.quit_password",
            "safebrowser.exam_keys",
            "safebrowser.made_at",
            "waiver.id",
        ]
    ),
    **dict.fromkeys(
        [
            "checkin.candidate",
            "checkin.method",
            "checkin.verdict",
            "checkin.reason",
            "checkin.note",
            "checkin.late",
            "checkin.at",
            "checkin.by",
            "checkin.undone_at",
            "checkin.undone_by",
            "checkin.undone_why",
        ],
        IDENTITY,
    ),
    **dict.fromkeys(
        [
            "incident.candidate",
            "incident.note",
            "incident.photo",
            "incident.at",
            "incident.by",
            "incident.settled_at",
            "incident.settled_by",
            "incident.outcome",
            "helpcall.candidate",
            "helpcall.text",
            "helpcall.at",
            "helpcall.answered_at",
            "helpcall.answered_by",
            "notice.candidate",
            "notice.text",
            "notice.by",
            "waiver.candidate",
            "waiver.reason",
            "waiver.at",
            "waiver.by",
        ],
        EVENTS,
    ),
    **dict.fromkeys(
        ["roomlog.opened_by", "roomlog.closed_by", "signature.user", "signature.at"], STAFF
    ),
}
