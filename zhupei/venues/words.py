"""The words of the fields of designations and sites."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

DESIGNATION: dict[str, str | Promise] = {
    "organization": _("考核机构"),
    "jobs": _("岗位、工种"),
    "affiliates": _("同属一个单位的培训机构"),
    "valid_from": _("有效期起"),
    "valid_until": _("有效期止"),
    "conditions": _("条件和要求"),
    "papers": _("附件材料"),
}
SITE: dict[str, str | Promise] = {
    "name": _("名称"),
    "division": _("所在县市"),
    "address": _("地址"),
    "directions": _("怎样到达"),
    "contact": _("联系人"),
    "contact_phone": _("联系电话"),
    "accessibility": _("无障碍条件"),
}
SEAT: dict[str, str | Promise] = {
    "number": _("座位号"),
    "machine": _("机器编号"),
    "asset_tag": _("资产编号"),
    "note": _("备注"),
}
