"""How each event reads in a timeline, and why forms cannot be made."""

from collections.abc import Sequence

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from zhupei.papers.assembly import Shortage, What
from zhupei.papers.events import PaperEvent as E

SENTENCES = {
    E.DRAFTED: _("%(actor)s 起草了细目表"),
    E.CHANGED: _("%(actor)s 修改了细目表：%(size)s 题，%(worth)s 分"),
    E.PUBLISHED: _("%(actor)s 发布了细目表：%(size)s 题，%(worth)s 分"),
    E.RETIRED: _("%(actor)s 停用了细目表：%(note)s"),
    E.ASSEMBLED: _("%(actor)s 组卷 %(count)s 套，抽题种子 %(short)s"),
    E.TRIED: _("%(actor)s 试组卷 %(count)s 套，抽题种子 %(short)s"),
    E.FORM_VIEWED: _("%(actor)s 预览了 %(label)s 卷"),
    E.KEYS_VIEWED: _("%(actor)s 查看了 %(label)s 卷的答案"),
}

SHORTAGES: dict[What, str | Promise] = {
    What.ROW: _("%(row)s：要 %(wanted)d 题，题库只有 %(held)d 题，还缺 %(lack)d 题。"),
    What.EXPOSED: _(
        "%(row)s：要 %(wanted)d 题，题库里没用满次数的只有 %(held)d 题"
        "（另有 %(worn)d 题已用满）。请补题，或放宽每题上卷次数。"
    ),
    What.USES: _(
        "%(row)s：这么多套卷共要 %(wanted)d 题次，题库 %(worn)d 题最多能用 %(held)d 题次，"
        "还缺 %(lack)d。请少组几套、补题，或放宽每题上卷次数。"
    ),
    What.CONTESTED: _(
        "%(row)s：要 %(wanted)d 题，只排得进 %(held)d 题。合格的题同时被别的格占用、"
        "案例须整组入卷，或相似题不能同卷。请补 %(lack)d 题，或改这几格的题数。"
    ),
    What.OVERLAP: _(
        "两套卷最多相同 %(wanted)d 题做不到，按题库现有的题至少要 %(held)d 题。"
        "请少组几套、补题，或放宽两卷相同题的上限。"
    ),
    What.DIFFICULTY: _(
        "题库里的题组不出难度相等的卷：各套预计平均分最小相差 %(spread).2f 分，上限 %(limit)g 分。"
        "请补题，或少组几套。"
    ),
    What.INFORMATION: _(
        "题库里的题组不出信息量相等的卷：各套最小相差 %(spread).1f%%，上限 %(limit)g%%。"
        "请补题，或少组几套。"
    ),
    What.TOGETHER: _("一套卷组得出，这么多套组不出。请少组几套，或放宽每题上卷次数。"),
    What.TIME: _("在限定的求解时间内没有组出来。请少组几套，或放宽两卷相同题的上限后再试。"),
}
BLOCKED = _("另有 %(blocked)d 题合格，但同一案例里有别的小题排不进细目表。")


def why_not(shortages: Sequence[Shortage], labels: Sequence[str]) -> list[str]:
    """What is missing, as sentences; ``labels`` name the rows of the blueprint in order."""
    return [_said(shortage, labels) for shortage in shortages]


def _said(shortage: Shortage, labels: Sequence[str]) -> str:
    facts = {
        "row": "" if shortage.row is None else labels[shortage.row],
        "wanted": shortage.wanted,
        "held": shortage.held,
        "lack": shortage.lack,
        "worn": shortage.worn,
        "blocked": shortage.blocked,
        "spread": shortage.spread,
        "limit": shortage.limit,
    }
    said = str(SHORTAGES[shortage.what]) % facts
    return said + str(BLOCKED) % facts if shortage.blocked else said
