"""What complainants are told: the answers an officer begins with, by step, and the short message
that there is one. None of them names the body complained about: a phone lies open.
"""

from django.utils.translation import gettext_lazy as _

from zhupei.core.wordings import Wording

_NUMBER = "TS-2026-000017"
_BODY = "天山建设职业技能培训学校"
_BUREAU = "昌吉州住房和城乡建设局"


def _answer(key: str, label: object, default: object, **example: str) -> Wording:
    return Wording(
        f"complaints.{key}",
        label,  # type: ignore[arg-type]  # lazy words
        default,  # type: ignore[arg-type]
        example=example,
        channel="inbox",
    )


NEWS = Wording(
    "complaints.news",
    _("投诉有新进展（短信）"),
    _("【筑培】您的投诉 %(number)s 有新进展，请凭编号和查询码查看：%(url)s"),
    example={"number": _NUMBER, "url": "https://zhupei.example/complain/follow/"},
)
ACCEPTED = _answer(
    "accepted",
    _("受理答复"),
    _("您的投诉 %(number)s 已由%(handler)s受理，我们将在%(until)s前答复您调查结果。"),
    number=_NUMBER,
    handler=_BUREAU,
    until="6月20日",
)
REFUSED = _answer(
    "refused",
    _("不予受理答复"),
    _("您的投诉 %(number)s 经审查不予受理，理由：%(ground)s。您可以补充材料后要求重新审查。"),
    number=_NUMBER,
    ground="反映的事项不属于住房城乡建设部门职责",
)
PROGRESS = _answer(
    "progress",
    _("办理中答复"),
    _("您的投诉 %(number)s 正在办理：已向有关单位核实情况。如有照片、票据等材料，请在本页补充。"),
    number=_NUMBER,
)
EXTENDED = _answer(
    "extended",
    _("延期告知"),
    _(
        "您的投诉 %(number)s 情况复杂，经批准延长办理期限，我们将在%(until)s前答复您结果。"
        "原因：%(reason)s。"
    ),
    number=_NUMBER,
    until="7月20日",
    reason="需要向外地学员核实，并等待鉴定结论",
)
JOINED = _answer(
    "joined",
    _("并案告知"),
    _("您的投诉 %(number)s 与其他人反映的是同一件事，合并办理，结果同样答复您。编号和查询码照旧。"),
    number=_NUMBER,
)
SEPARATED = _answer(
    "separated",
    _("分开办理告知"),
    _(
        "您的投诉 %(number)s 不再合并办理，由%(handler)s单独办理，"
        "我们将在%(until)s前答复您调查结果。"
    ),
    number=_NUMBER,
    handler=_BUREAU,
    until="6月20日",
)
TRANSFERRED = _answer(
    "transferred",
    _("转办告知"),
    _("您的投诉 %(number)s 已转由%(to)s办理，原因：%(reason)s。"),
    number=_NUMBER,
    to="喀什地区住房和城乡建设局",
    reason="培训班在喀什市举办",
)
UPHELD = _answer(
    "upheld",
    _("结果答复：属实"),
    _("您反映%(body)s的问题经查属实：%(finding)s 我们已要求其整改。感谢您的监督。"),
    body=_BODY,
    finding="该班收取教材费 200 元，没有公示。",
)
PARTLY = _answer(
    "partly",
    _("结果答复：部分属实"),
    _("您反映%(body)s的问题经查部分属实：%(finding)s 属实的部分已要求其改正。"),
    body=_BODY,
    finding="有一次课由未备案的教师代上；没有发现代签到。",
)
NOT_UPHELD = _answer(
    "not_upheld",
    _("结果答复：未查实"),
    _("您反映%(body)s的问题，经调查没有查实：%(finding)s 有新的线索，请在期限内要求重新办理。"),
    body=_BODY,
    finding="现场核对了签到记录和收据。",
)
