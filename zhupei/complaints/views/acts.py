"""What an officer may do with a complaint now, each with its form."""

from collections.abc import Callable
from typing import Any, NamedTuple

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from zhupei.complaints import rules
from zhupei.complaints.access import may_reply, may_urge
from zhupei.complaints.actions import extending, findings, handling, inquiries, joining
from zhupei.complaints.actions.handling import Elsewhere
from zhupei.complaints.forms import (
    AskForm,
    AssignForm,
    DecideForm,
    ExtendForm,
    FindingForm,
    JoinForm,
    NoteForm,
    ReasonForm,
    RefuseForm,
    SayForm,
    TransferForm,
    UrgeForm,
)
from zhupei.complaints.models import Complaint, State
from zhupei.complaints.rules import Kind
from zhupei.complaints.workflow import COMPLAINT, EXTENSION
from zhupei.core.errors import Refused
from zhupei.core.templatetags.ui import dated
from zhupei.people.models import User


class Act(NamedTuple):
    """Something that may be done with a complaint now; its form only while it is open."""

    name: str
    label: str | Promise
    consequence: str | Promise
    tone: str = "plain"
    form: forms.Form | None = None


Maker = Callable[[Complaint, Any], forms.Form]


def _assign_form(row: Complaint, data: Any) -> forms.Form:
    form = AssignForm(data)
    choice: Any = form.fields["investigator"]
    choice.queryset = handling.possible_investigators(row)
    return form


def _transfer_form(row: Complaint, data: Any) -> forms.Form:
    form = TransferForm(data)
    choice: Any = form.fields["organization"]
    choice.queryset = handling.receivers(row)
    return form


def _finding_form(row: Complaint, data: Any) -> forms.Form:
    law = rules.grounds()[Kind(row.kind)]
    first = None if data else {"text": row.finding, "law": law, "severity": "ordinary"}
    return FindingForm(data, initial=first)


def _join_form(row: Complaint, data: Any) -> forms.Form:
    form = JoinForm(data)
    choice: Any = form.fields["leading"]
    choice.queryset = joining.joinable(row)
    return form


def _extend_form(row: Complaint, data: Any) -> forms.Form:
    form = ExtendForm(data, initial={"until": extending.latest(row)})
    form.fields["until"].help_text = _("最晚到 %(last)s。") % {"last": dated(extending.latest(row))}
    return form


def _grant_form(row: Complaint, data: Any) -> forms.Form:
    wish = extending.waiting(row)
    asked = {"until": wish.wanted_until, "reason": wish.reason} if wish else {}
    form = ExtendForm(data, initial=asked)
    form.fields["until"].help_text = _("最晚到 %(last)s。") % {"last": dated(extending.latest(row))}
    return form


def _saying(step: str, kind: type[forms.Form] = SayForm) -> Maker:
    def make(row: Complaint, data: Any) -> forms.Form:
        return kind(data, initial={"text": handling.suggested(row, step)} if data is None else None)

    return make


FORMS: dict[str, Maker] = {
    "assign": _assign_form,
    "reassign": _assign_form,
    "reassign_accepted": _assign_form,
    "accept": _saying("accept"),
    "refuse": _saying("refuse", RefuseForm),
    "decide": lambda _row, data: DecideForm(data),
    "reply": _saying("reply"),
    "transfer": _transfer_form,
    "ask": lambda _row, data: AskForm(data),
    "answer": _saying("answer"),
    "note": lambda _row, data: NoteForm(data),
    "join": _join_form,
    "separate": lambda _row, data: ReasonForm(data),
    "extend": _extend_form,
    "grant": _grant_form,
    "keep": lambda _row, data: ReasonForm(data),
    "urge": lambda _row, data: UrgeForm(data),
    "finding": _finding_form,
}


def perform(row: Complaint, name: str, said: dict[str, Any], by: User) -> Any:
    if name in {"assign", "reassign", "reassign_accepted"}:
        return handling.assign(row, by=by, investigator=said["investigator"])
    if name == "transfer":
        to = Elsewhere(said["organization"], said["outside"])
        return handling.transfer(row, by=by, to=to, reason=said["reason"])
    if name in {"grant", "keep"}:
        return _about_time(row, name, said, by)
    verbs: dict[str, Callable[..., Any]] = {
        "accept": handling.accept,
        "refuse": handling.refuse,
        "decide": handling.decide,
        "reply": handling.reply,
        "answer": handling.answer,
        "note": handling.note,
        "urge": handling.urge,
        "ask": inquiries.ask,
        "join": joining.join,
        "separate": joining.separate,
        "extend": extending.ask,
        "finding": findings.make,
    }
    return verbs[name](row, by=by, **said)


def _about_time(row: Complaint, name: str, said: dict[str, Any], by: User) -> Any:
    wish = extending.waiting(row)
    if wish is None:
        raise Refused("wrong_state", _("现在没有待批准的延期申请，请刷新页面。"))
    return (extending.grant if name == "grant" else extending.keep)(wish, by=by, **said)


def acts(
    row: Complaint, user: User, *, joinable: bool, opened: str, form: forms.Form | None
) -> list[Act]:
    """What may be done now; the one that is ``opened`` with its form, perhaps as it was sent."""
    offered = [
        Act(m.name, m.label, m.consequence, m.tone)
        for m in COMPLAINT.available(row, user)
        if m.name in FORMS and (m.name != "join" or joinable)
    ]
    return [
        act._replace(form=form or FORMS[opened](row, None)) if act.name == opened else act
        for act in sorted(offered + _beside(row, user), key=lambda act: act.tone != "primary")
    ]


def _beside(row: Complaint, user: User) -> list[Act]:
    """What is done without moving it on."""
    found: list[Act] = []
    if row.is_open and may_reply(user, row):
        if row.state == State.ACCEPTED and row.organization_id and row.investigator_id == user.pk:
            seen = _("机构只看到您写的这一段，看不到投诉。")
            found.append(Act("ask", _("询问被投诉单位"), seen))
        found += [
            Act("answer", _("答复投诉人"), _("说明进展，或请其补充材料。")),
            Act("note", _("写调查记录"), _("只有办理单位看到。")),
        ]
    found += _time(row, user)
    if row.is_open and may_urge(user, row):
        found.append(Act("urge", _("督办"), _("办理单位收到消息，记入经过。")))
    if findings.may_make(user, row):
        words = _("进入整改台账，由本单位下达限期整改通知。")
        found.append(Act("finding", _("立为问题，要求整改"), words))
    return found


def _time(row: Complaint, user: User) -> list[Act]:
    """Asking for more time, and answering who asked."""
    wish = extending.wish_of(row)
    if wish:
        moves = EXTENSION.available(wish, user)
        return [Act(m.name, m.label, m.consequence, m.tone) for m in moves]
    words = _("写明理由，由经办人以外的负责人批准；批准前原时限照算。")
    able = extending.may_ask(user, row)
    return [Act("extend", _("申请延期"), words)] if able else []
