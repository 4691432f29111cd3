"""What of a person is kept, why, and for how long: declared for every field of every model.

Each app lists its fields in ``privacy.py``; a house test fails when one is missing, so nobody adds
personal data without saying what for. The public page on personal data is written from it.

Source: PIPL, art. 6 and 19 (least data, shortest time), art. 17 (telling people).
"""

from dataclasses import dataclass
from importlib import import_module

from django.apps import apps
from django.utils.functional import Promise
from django.utils.module_loading import module_has_submodule
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Personal:
    """One field that says something about a person."""

    purpose: str | Promise
    keep: str | Promise
    what: str | Promise = ""  # in words of daily life; without them, the fields' own names


def declared() -> list[tuple[Personal, list[str]]]:
    """Every purpose of every app's register, with what is kept for it."""
    rows: dict[Personal, list[str]] = {}
    for app in apps.get_app_configs():
        if app.name.startswith("zhupei.") and module_has_submodule(app.module, "privacy"):
            for name, personal in _fields(app.name).items():
                if personal and personal.what:
                    rows[personal] = [str(personal.what)]
                elif personal:
                    rows.setdefault(personal, []).extend(_label(app.label, name))
    return list(rows.items())


def _fields(app: str) -> dict[str, Personal | None]:
    return getattr(import_module(f"{app}.privacy"), "FIELDS", {})


def _label(app: str, name: str) -> list[str]:
    """The field's own words; a name Django made up from the identifier is none."""
    model, _dot, field = name.partition(".")
    label = apps.get_model(app, model)._meta.get_field(field).verbose_name
    return [str(label)] if isinstance(label, Promise) else []


_DEEDS = Personal(
    _("记录谁在何时办了什么，出了争议能查清"),
    _("随业务档案，长期"),
    what=_("经办人姓名、所办事项、时间、网络地址"),
)
_FILES = Personal(_("知道文件是谁交来的"), _("随所属档案"), what=_("文件名、上传人"))
_ROSTERS = Personal(
    _("名册先检查、确认后再导入"), _("导入即清空，最多 2 天"), what=_("名册文件，加密保存")
)
_UPLOADS = Personal(
    _("大文件断线后接着传"), _("传完交出为止，最多 3 天"), what=_("文件名、上传人、已传部分")
)
_INBOX = Personal(_("把办理结果告诉本人"), _("账号存在期间"), what=_("站内消息"))
_PHONE = Personal(_("向本人手机发送验证码和通知"), _("账号存在期间"), what=_("手机号、短信内容"))
_LETTERS = Personal(
    _("本人要求时，用邮件提醒有新消息"),
    _("本人停掉为止；发出的邮件只留标题"),
    what=_("邮箱地址、邮件标题"),
)
_JOBS = Personal(_("让本人看到办理进度"), _("账号存在期间"), what=_("所办事项和结果"))

FIELDS: dict[str, Personal | None] = {
    **dict.fromkeys(
        [
            "event.id",
            "event.seq",
            "event.at",
            "event.verb",
            "event.organization_id",
            "event.organization_name",
            "event.request_id",
            "event.previous",
            "event.hash",
            "eventhead.subject",
            "eventhead.seq",
            "eventhead.hash",
            "parametervalue.id",
            "parametervalue.key",
            "parametervalue.value",
            "parametervalue.valid_from",
            "parametervalue.prefecture",
            "parametervalue.source",
            "parametervalue.set_at",
            "workday.day",
            "workday.works",
            "workday.name",
            "workday.source",
            "storedfile.id",
            "storedfile.sha256",
            "storedfile.size",
            "storedfile.media_type",
            "storedfile.path",
            "storedfile.stored_at",
            "upload.id",
            "upload.size",
            "upload.received",
            "upload.begun_at",
            "upload.heard_at",
            "uploadpart.id",
            "uploadpart.upload",
            "uploadpart.start",
            "waitingfile.id",
            "waitingfile.target",
            "waitingfile.sent_at",
            "waitingfile.taken_at",
            "series.name",
            "series.last",
            "message.id",
            "message.url",
            "message.sent_at",
            "textmessage.id",
            "textmessage.urgent",
            "textmessage.delivery",
            "textmessage.due_at",
            "textmessage.tries",
            "textmessage.fault",
            "textmessage.written_at",
            "textmessage.sent_at",
            "letter.id",
            "letter.urgent",
            "letter.delivery",
            "letter.due_at",
            "letter.tries",
            "letter.fault",
            "letter.written_at",
            "letter.sent_at",
            "copyaddress.id",
            "wordingtext.id",
            "wordingtext.key",
            "wordingtext.text",
            "wordingtext.valid_from",
            "wordingtext.set_at",
            "longjob.id",
            "longjob.outcome",
            "longjob.done",
            "longjob.total",
            "longjob.url",
            "longjob.asked_at",
            "longjob.ended_at",
        ]
    ),
    **dict.fromkeys(
        [
            "event.subject",
            "event.within",
            "event.subject_label",
            "event.actor_id",
            "event.actor_name",
            "event.facts",
            "event.address",
            "parametervalue.set_by_name",
        ],
        _DEEDS,
    ),
    **dict.fromkeys(["storedfile.name", "storedfile.stored_by_id"], _FILES),
    **dict.fromkeys(["upload.owner", "upload.name", "upload.file", "uploadpart.path"], _UPLOADS),
    **dict.fromkeys(["waitingfile.owner", "waitingfile.name", "waitingfile.sealed"], _ROSTERS),
    **dict.fromkeys(
        ["message.recipient", "message.title", "message.body", "message.read_at"], _INBOX
    ),
    **dict.fromkeys(["textmessage.phone", "textmessage.text"], _PHONE),
    **dict.fromkeys(["letter.address", "letter.subject", "letter.text"], _LETTERS),
    **dict.fromkeys(
        [
            "copyaddress.user",
            "copyaddress.address",
            "copyaddress.asked_at",
            "copyaddress.confirmed_at",
        ],
        _LETTERS,
    ),
    "wordingtext.set_by_name": _DEEDS,
    **dict.fromkeys(["longjob.owner", "longjob.title", "longjob.result"], _JOBS),
}
