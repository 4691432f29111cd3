"""The words of the verdicts on staff."""

from typing import Final, NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Phrase(NamedTuple):
    """A verdict's title and sentence, how one case reads where there may be several, and the facts
    that add a clause of their own when there are any.
    """

    title: str | Promise
    sentence: str | Promise
    item: str | Promise = ""
    asides: tuple[str, ...] = ()


AND_MORE = _("还有 %(count)s 项")
NAMED = _("：%(names)s")

# One phrase for each code a rule may find. Facts are named in rules/staffing.py.
# fmt: off
STAFFING: Final[dict[str, Phrase]] = {
    "licence_in_force": Phrase(
        _("办学许可"), _("有效许可证 %(numbers)s，办学内容 %(trades)s 个专业工种")),
    "licence_missing": Phrase(
        _("办学许可"), _("没有有效的办学许可证；属地住建局核对原件后登记")),
    "managers_enough": Phrase(
        _("专职管理人员"),
        _("应 %(needed)s 名（开设 %(count)s 类培训：%(least)s + %(further)s），"
          "在任 %(has)s 名%(named)s")),
    "managers_short": Phrase(
        _("专职管理人员"),
        _("应 %(needed)s 名（开设 %(count)s 类培训：%(least)s + %(further)s），"
          "在任 %(has)s 名%(named)s，差 %(short)s 名"),
        asides=("part_time",)),
    "manager_of_several": Phrase(
        _("一人管多类"), _("%(items)s"), _("%(name)s 一人分管 %(count)s 类：%(categories)s")),
    "head_fits": Phrase(
        _("负责人"), _("%(name)s，高级及以上职称，%(since)s 起从事教学管理，满 %(years)s 年")),
    "head_unfit": Phrase(
        _("负责人"),
        _("%(name)s 不符：%(items)s（应为高级及以上职称、教学管理满 %(least)s 年）"), _("%(what)s"),
        asides=("since",)),
    "head_missing": Phrase(_("负责人"), _("没有登记在任的负责人")),
    "teachers_enough": Phrase(
        _("%(trade)s师资"), _("应 %(needed)s 名，有 %(has)s 名%(named)s")),
    "teachers_short": Phrase(
        _("%(trade)s师资"),
        _("应 %(needed)s 名，有 %(has)s 名%(named)s，差 %(short)s 名"),
        _("%(name)s（%(reason)s）"),
        asides=("items",)),
    "trades_covered": Phrase(
        _("其他专业工种师资"),
        _("%(count)s 个专业工种各有 %(needed)s 名以上：%(items)s"), _("%(trade)s %(has)s 名")),
    "papers_complete": Phrase(
        _("聘用与社保"), _("%(count)s 名教师都在师资库，合同在有效期内，专职教师有社保记录")),
    "papers_lacking": Phrase(
        _("聘用与社保"), _("%(count)s 名教师中 %(lacking)s 名不全：%(items)s"),
        _("%(name)s（%(reason)s）")),
    "nobody_shared": Phrase(_("多家共用"), _("%(count)s 名教师都只在本机构任教")),
    "teachers_shared": Phrase(
        _("多家共用"), _("%(count)s 名教师中 %(shared)s 名还在别的机构任教：%(items)s"),
        _("%(name)s（%(elsewhere)s）")),
}
# fmt: on
ASIDES: Final = {
    "part_time": _("；兼职不计：%(part_time)s"),
    "items": _("；不计：%(items)s"),
    "since": _("；%(since)s 起从事教学管理"),
}
NOT_COUNTED: Final = {
    "not_in_pool": _("不在师资库"),
    "no_contract": _("没有登记合同或聘书"),
    "contract_over": _("合同或聘书已到期"),
    "not_insured": _("专职，没有近期社保记录"),
}
LACKING: Final = {
    "title": _("没有高级职称"),
    "experience": _("教学管理年限不够或没有登记"),
}
