"""The moves of a complaint and of an inquiry."""

from django.utils.translation import gettext_lazy as _

from zhupei.complaints.access import (
    may_answer,
    may_assign,
    may_dispatch,
    may_give_time,
    may_handle,
    may_reply,
    the_complainant,
)
from zhupei.complaints.events import ComplaintEvent as E
from zhupei.complaints.events import InquiryEvent
from zhupei.complaints.models import Complaint, Extension, ExtensionState, Inquiry, InquiryState
from zhupei.complaints.models import State as S
from zhupei.core.workflow import Move, Workflow, the_clock

UNJUDGED = {S.REGISTERED, S.REOPENED, S.ASSIGNED, S.ACCEPTED}

# fmt: off
COMPLAINT: Workflow[Complaint] = Workflow([
    Move("assign",   {S.REGISTERED, S.REOPENED}, S.ASSIGNED, E.ASSIGNED, may_assign, _("分派"), _("经办人收到通知；与被投诉单位有利害关系的人不能分派。"), tone="primary"),
    Move("reassign", {S.ASSIGNED}, S.ASSIGNED, E.REASSIGNED, may_assign, _("换人办理"), _("新的经办人收到通知；时限不变。")),
    Move("reassign_accepted", {S.ACCEPTED}, S.ACCEPTED, E.REASSIGNED, may_assign, _("换人办理"), _("新的经办人收到通知；时限不变。")),
    Move("accept",   {S.ASSIGNED}, S.ACCEPTED, E.ACCEPTED, may_handle, _("受理"), _("投诉人看到受理告知，算作首次答复。"), tone="primary"),
    Move("refuse",   {S.ASSIGNED}, S.REFUSED,  E.REFUSED,  may_handle, _("不予受理"), _("投诉人看到理由，可以在期限内要求重新办理。")),
    Move("decide",   {S.ACCEPTED}, S.DECIDED,  E.DECIDED,  may_handle, _("作出认定"), _("认定属实的，被投诉单位应当先有机会说明。"), tone="primary"),
    Move("reply",    {S.DECIDED},  S.REPLIED,  E.REPLIED,  may_reply,  _("答复结果"), _("投诉人看到结果，可以评价或要求重新办理。"), tone="primary"),
    Move("transfer", UNJUDGED, S.REGISTERED,   E.TRANSFERRED, may_dispatch, _("转办"), _("换一个单位办理，分派时限重新计算；投诉人收到告知，本单位不再看到。")),
    Move("refer",    UNJUDGED, S.REFERRED,     E.REFERRED,    may_dispatch, _("转出系统"), _("本系统不再办理；投诉人看到转到了哪里。")),
    Move("join",     UNJUDGED, S.JOINED,       E.JOINED,    may_assign, _("并入另一件"), _("同一件事合并办理：这件保留编号，投诉人收到主办件的答复；主办件答复前可以分出。")),
    Move("separate", {S.JOINED}, S.REGISTERED, E.SEPARATED, may_assign, _("从并案中分出"), _("回到待分派，单独办理；投诉人收到告知，答复时限不变。"), needs_note=True),
    Move("refuse_joined", {S.JOINED}, S.REFUSED,  E.REFUSED,  may_reply,    _("不予受理")),
    Move("reply_joined",  {S.JOINED}, S.REPLIED,  E.REPLIED,  may_reply,    _("答复结果")),
    Move("refer_joined",  {S.JOINED}, S.REFERRED, E.REFERRED, may_dispatch, _("转出系统")),
    Move("reopen",   {S.REPLIED, S.REFUSED, S.CLOSED}, S.REOPENED, E.REOPENED, the_complainant, _("要求重新办理")),
    Move("satisfied", {S.REPLIED}, S.CLOSED,   E.SATISFIED, the_complainant, _("评价")),
    Move("close",    {S.REPLIED}, S.CLOSED,    E.CLOSED, the_clock, _("办结")),
])
INQUIRY: Workflow[Inquiry] = Workflow([
    Move("answer", {InquiryState.ASKED}, InquiryState.ANSWERED, InquiryEvent.ANSWERED, may_answer, _("提交说明"), _("发给询问的主管部门，提交后不能改。"), tone="primary"),
])
EXTENSION: Workflow[Extension] = Workflow([
    Move("grant",  {ExtensionState.ASKED}, ExtensionState.GRANTED, E.EXTENDED, may_give_time, _("同意延期"), _("答复结果的时限改到您选的日期；投诉人收到延期和理由。"), tone="primary"),
    Move("keep",   {ExtensionState.ASKED}, ExtensionState.REFUSED, E.EXTENSION_REFUSED, may_give_time, _("不同意延期"), _("时限不变，经办人收到理由。"), needs_note=True),
])
# fmt: on
