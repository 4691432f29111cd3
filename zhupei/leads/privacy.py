"""A lead names people in its evidence; nobody outside the bureaus concerned sees it."""

from django.utils.translation import gettext_lazy as _

from zhupei.core.privacy import Personal

_LEAD = Personal(
    _("发现冒名顶替的迹象，交由住建部门的人判断；不作任何自动处理，不用人脸"),
    _("排除的 180 天后清除涉及人员的记录；成立的随处理记录 30 年"),
    what=_("签到和考试记录里互相矛盾的地方：时间、地点、手机的随机标记、判断意见"),
)
_JUDGE = Personal(_("说明线索是谁判断的"), _("随线索"), what=_("判断线索的人"))

FIELDS: dict[str, Personal | None] = {
    **dict.fromkeys(
        [
            *(f"lead.{n}" for n in ("id", "rule", "organization", "happened_on", "figures")),
            *(f"lead.{n}" for n in ("found_at", "state", "judged_at", "forgotten_at")),
            *(f"leadplace.{n}" for n in ("id", "lead", "organization", "prefecture")),
        ]
    ),
    **dict.fromkeys([f"lead.{name}" for name in ("key", "title", "evidence", "note")], _LEAD),
    "lead.judged_by": _JUDGE,
}
