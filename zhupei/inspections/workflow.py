"""Every way lists, plans, draws and inspections may move."""

from django.utils.translation import gettext_lazy as _

from zhupei.core.workflow import Move, Workflow, the_clock
from zhupei.inspections.access import (
    may_call_off,
    may_inspect,
    may_keep_list,
    may_plan,
    may_publish,
    may_reopen,
    may_run,
)
from zhupei.inspections.events import DrawEvent as D
from zhupei.inspections.events import InspectionEvent as I
from zhupei.inspections.events import ListEvent as L
from zhupei.inspections.events import PlanEvent as P
from zhupei.inspections.models import Draw, Inspection, ItemList, Plan
from zhupei.inspections.models import DrawState as DS
from zhupei.inspections.models import InspectionState as IS
from zhupei.inspections.models import ListState as LS
from zhupei.inspections.models import PlanState as PS

# Source: Measures, art. 14.
# fmt: off
ITEM_LIST: Workflow[ItemList] = Workflow([
    Move("publish", {LS.DRAFT}, LS.IN_FORCE, L.PUBLISHED, may_keep_list, _("发布清单"),
         _("向社会公布，即日起新的抽查按这一版；上一版停用"), "primary"),
    Move("replace", {LS.IN_FORCE}, LS.REPLACED, L.REPLACED, may_keep_list, _("更替")),
])
PLAN: Workflow[Plan] = Workflow([
    Move("publish", {PS.DRAFT}, PS.PUBLISHED, P.PUBLISHED, may_plan, _("公布计划"),
         _("向社会公布；以后只能增加，不能删除"), "primary"),
])
DRAW: Workflow[Draw] = Workflow([
    Move("freeze", {DS.DRAFT}, DS.FROZEN, D.FROZEN, may_run, _("冻结名单"),
         _("对象、检查员、回避和权重固定下来并公布摘要，以后不能改"), "primary"),
    Move("draw", {DS.FROZEN}, DS.DRAWN, D.DRAWN, may_run, _("抽取"),
         _("按种子抽出对象和检查员，只抽一次；检查员收到任务"), "primary"),
    Move("finish", {DS.DRAWN}, DS.FINISHED, D.FINISHED, the_clock, _("办结")),
    Move("call_off", {DS.DRAFT, DS.FROZEN}, DS.CALLED_OFF, D.CALLED_OFF, may_call_off, _("作废"),
         _("名单已经冻结的，作废和理由会公开，再抽要说明"), "danger", needs_note=True),
])
INSPECTION: Workflow[Inspection] = Workflow([
    Move("record", {IS.ASSIGNED}, IS.SIGNING, I.RECORDED, may_inspect, _("提交并签字"),
         _("另一名检查员收到会签任务"), "primary"),
    Move("settle", {IS.SIGNING}, IS.SIGNED, I.SETTLED, may_inspect, _("会签完成")),
    Move("reopen", {IS.SIGNING}, IS.ASSIGNED, I.REOPENED, may_reopen, _("退回修改"),
         _("签字作废，改好后重新提交"), needs_note=True),
    Move("publish", {IS.SIGNED}, IS.PUBLISHED, I.PUBLISHED, may_publish, _("公示结果"),
         _("对象、检查员和结果在公示页上，机构收到通知"), "primary"),
])
# fmt: on
