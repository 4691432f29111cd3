"""How each event reads in a timeline."""

from django.utils.translation import gettext_lazy as _

from zhupei.institutions.events import AdmissionEvent as A
from zhupei.institutions.events import InstitutionEvent as E

SENTENCES = {
    E.LICENCE_ENTERED: _("%(actor)s 登记了办学许可证 %(number)s，有效期至 %(valid_until)s"),
    E.LICENCE_CHANGED: _("%(actor)s 修改了办学许可证 %(number)s：%(words)s"),
    E.LICENCE_ENDED: _("%(actor)s 登记办学许可证 %(number)s 于 %(day)s 终止：%(note)s"),
    E.LICENCE_RUNS_OUT: _(
        "办学许可证 %(number)s 将于 %(valid_until)s 到期，已提醒机构和属地住建局"
    ),
    E.LICENCE_EXPIRED: _("办学许可证 %(number)s 已于 %(valid_until)s 到期，不能再提交新的开班计划"),
    E.ROOM_ADDED: _("%(actor)s 登记了场地 %(room)s，%(seats)s 座"),
    E.ROOM_CHANGED: _("%(actor)s 修改了场地 %(room)s：%(words)s"),
    E.ROOM_CLOSED: _("%(actor)s 停用了场地 %(room)s，自 %(day)s 起"),
    E.FIRE_CHECKED: _("%(actor)s 登记了场地 %(room)s 的消防检查：%(words)s"),
    E.STATION_ADDED: _("%(actor)s 登记了 %(room)s 的 %(job)s 工位 %(count)s 个"),
    E.STATION_CHANGED: _("%(actor)s 修改了 %(room)s 的 %(job)s 工位：%(words)s"),
    E.STATION_REMOVED: _("%(actor)s 撤销了 %(room)s 的 %(job)s 工位（原 %(count)s 个）"),
    E.STAFF_APPOINTED: _("%(actor)s 登记了%(post)s %(name)s，%(day)s 任职"),
    E.STAFF_CHANGED: _("%(actor)s 修改了%(post)s %(name)s：%(words)s"),
    E.STAFF_LEFT: _("%(actor)s 登记%(post)s %(name)s 于 %(day)s 离任"),
    E.POLICY_ADOPTED: _("%(actor)s 登记了%(kind)s《%(title)s》，%(day)s 施行"),
    E.POLICY_WITHDRAWN: _("%(actor)s 登记%(kind)s《%(title)s》于 %(day)s 废止"),
    E.EQUIPMENT_ADDED: _("%(actor)s 登记了设备 %(number)s %(name)s，%(quantity)s 台（套）"),
    E.EQUIPMENT_CHANGED: _("%(actor)s 修改了设备 %(number)s：%(words)s"),
    E.EQUIPMENT_RETIRED: _("%(actor)s 报废了设备 %(number)s %(name)s：%(note)s"),
    E.EQUIPMENT_IMPORTED: _("%(actor)s 从“%(file)s”导入了设备 %(count)s 件，已在台账 %(known)s 件"),
    E.USE_ENTERED: _("%(actor)s 登记了设备 %(number)s 的使用：%(day)s，%(minutes)s 分钟，%(user)s"),
    E.USE_STRUCK: _("%(actor)s 删去了设备 %(number)s 在 %(day)s 的使用记录：%(note)s"),
    E.USES_IMPORTED: _("%(actor)s 从“%(file)s”导入了设备使用记录 %(count)s 条，已有 %(known)s 条"),
    E.CONSUMABLE_ADDED: _("%(actor)s 登记了耗材 %(name)s（%(unit)s）"),
    E.CONSUMABLE_CHANGED: _("%(actor)s 修改了耗材 %(name)s：%(words)s"),
    E.CONSUMABLE_CLOSED: _("%(actor)s 停用了耗材 %(name)s，自 %(day)s 起"),
    E.CONSUMABLE_MOVED: _("%(actor)s 登记耗材 %(name)s %(direction)s %(quantity)s，结存 %(words)s"),
    E.CONSUMABLES_IMPORTED: _(
        "%(actor)s 从“%(file)s”导入了耗材收发 %(count)s 笔，已有 %(known)s 笔"
    ),
    E.PLATFORM_ADDED: _("%(actor)s 登记了网络平台 %(name)s"),
    E.PLATFORM_CHANGED: _("%(actor)s 修改了网络平台 %(name)s：%(words)s"),
    E.PLATFORM_ENDED: _("%(actor)s 停用了网络平台 %(name)s，自 %(day)s 起"),
    A.OPENED: _("%(actor)s 为机构建档"),
    A.APPLIED: _("%(actor)s 申请准入"),
    A.RETURNED: _("%(actor)s 退回准入申请：%(note)s"),
    A.ADMITTED: _("%(actor)s 准入；配备核对 %(checked)s 项，无不符"),
    A.SUSPENDED: _(
        "%(actor)s 暂停该机构业务（依据：%(law)s）。冻结班级 %(classes)s 个、"
        "在审计划 %(plans)s 份，涉及学员 %(learners)s 人；标记证书 %(certificates)s 张。"
        "理由：%(note)s"
    ),
    A.REINSTATED: _(
        "%(actor)s 恢复该机构业务。恢复班级 %(classes)s 个，要补排 %(missed)s 节课；"
        "解除证书标记 %(certificates)s 张。理由：%(note)s"
    ),
    A.LEFT: _("%(actor)s 办理退出：%(note)s"),
}
