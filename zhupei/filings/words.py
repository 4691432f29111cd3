"""The words of the fields and of the pre-check."""

from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Phrase(NamedTuple):
    """A check's title and its sentence."""

    title: str | Promise
    sentence: str | Promise


FIELDS: dict[str, str | Promise] = {
    "jobs": _("职业（工种）"),
    "division": _("办学县市"),
    "address": _("办学地址"),
    "valid_from": _("拟办班开始"),
    "valid_until": _("拟办班结束"),
    "learners": _("预计人数"),
    "contact": _("现场负责人"),
    "contact_phone": _("联系电话"),
    "papers": _("附件材料"),
}

# One phrase for each code of rules.py.
# fmt: off
FINDINGS: dict[str, Phrase] = {
    "filing_at_home": Phrase(
        _("办学地点"), _("%(place)s就是机构所在的地州市，不用异地备案，直接提交开班计划")),
    "filing_away": Phrase(_("办学地点"), _("在%(place)s，与机构不在同一地州市")),
    "no_hr_department": Phrase(
        _("受理部门"),
        _("%(place)s的人社部门还没有在系统里登记，没有人能办理。请联系自治区住建厅登记这个部门，"
          "或者先向当地人社部门咨询")),
    "hr_department_known": Phrase(_("受理部门"), _("由%(department)s办理")),
    "filing_too_late": Phrase(
        _("办班时间"), _("%(first)s 至 %(last)s 已经过去；备案成功后才能办班")),
    "filing_days_begun": Phrase(
        _("办班时间"), _("%(first)s 已过；备案成功后才能开班，之前的日子不算数")),
    "filing_days_ahead": Phrase(_("办班时间"), _("%(first)s 至 %(last)s")),
    "filing_beyond_licence": Phrase(
        _("办学许可"), _("开始那天有效的办学许可证里没有：%(jobs)s")),
    "licence_ends_before": Phrase(
        _("办学许可"), _("办学许可证在结束日期之前到期：%(jobs)s；到期后要续证才能开班")),
    "licence_names_jobs": Phrase(_("办学许可"), _("许可证含%(jobs)s，整个期间有效")),
    "papers_missing": Phrase(_("附件材料"), _("还缺：%(papers)s")),
    "papers_there": Phrase(_("附件材料"), _("办学许可证复印件、场地证明都已上传")),
    "institution_not_active": Phrase(
        _("机构状态"), _("机构现在不是正常办学的状态，不能到外地办班")),
    "institution_active": Phrase(_("机构状态"), _("正常")),
    "no_education_department": Phrase(
        _("抄送"), _("%(place)s的教育部门还没有登记，备案后请人社部门另行书面抄送")),
}
# fmt: on
IN_FULL = _("%(title)s：%(facts)s。依据：%(law)s。")
