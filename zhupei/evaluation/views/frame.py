"""What the pages of the evaluation have in common."""

from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from typing import Any

from django import forms
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from zhupei.core.errors import beside
from zhupei.evaluation import words
from zhupei.evaluation.models import Answer, Block, Evaluation, State
from zhupei.evaluation.rules.points import Status
from zhupei.evaluation.rules.totals import BLOCKS
from zhupei.patrols.models import Duty
from zhupei.people.requests import SignedIn

A_PAGE = 25
UNPROCESSABLE = 422
BADGES = {
    State.OPEN: ("edit", "warn"),
    State.REPORTED: ("hourglass", "info"),
    State.SCORED: ("users", "info"),
    State.REVIEWED: ("flag", "info"),
    State.PUBLIC: ("speakerphone", "warn"),
    State.DECIDED: ("award", "ok"),
    State.EXITED: ("logout", "empty"),
}
ORDER = (*BLOCKS, "whole")  # the database keeps no order of keys
GRADES = {"A": "ok", "B": "info", "C": "warn", "D": "bad"}


def badge(evaluation: Evaluation) -> dict[str, Any]:
    """The state as icon, word and colour."""
    icon, tone = BADGES[State(evaluation.state)]
    return {"icon": icon, "tone": tone, "word": evaluation.get_state_display()}


def grade_badge(grade: str) -> dict[str, Any]:
    """A grade as icon, word and colour."""
    if not grade:
        return {"icon": "circle-dashed", "tone": "empty", "word": _("未定级")}
    word = _("不合格") if grade == "D" else _("%(grade)s 类") % {"grade": grade}
    return {"icon": "award", "tone": GRADES[grade], "word": word}


def load(request: SignedIn, pk: int) -> Evaluation:
    """One evaluation the person may see. Raises Http404."""
    if request.user.acting is None:
        raise Http404
    rows = Evaluation.objects.visible_to(request.user)
    related = ("scheme", "organization__prefecture", "scorer", "sponsor")
    return get_object_or_404(rows.select_related(*related), pk=pk)


def tried(form: forms.BaseForm, verb: Callable[[], Any]) -> Any:
    """What the verb returns; None when it refused, which then stands beside its field."""
    with beside(form):
        return verb() or True


def number(value: Decimal | str | None) -> str:
    """Points without zeros nobody needs."""
    if value is None:
        return "—"
    text = f"{Decimal(value):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def blocks(sums: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The blocks with their denominators: ``value`` of ``assessed``; ``of`` where it is less."""
    found = []
    told = sums.get("blocks", {})
    for name in (name for name in ORDER if name in told):
        one = told[name]
        label = _("合计") if name == "whole" else Block(name).label
        note = _("满分 %(of)s") % {"of": number(one["of"])}
        if one["assessed"] != one["of"]:
            note = _("满分 %(of)s，其中 %(left)s 分不适用或未评") % {
                "of": number(one["of"]),
                "left": number(Decimal(one["of"]) - Decimal(one["assessed"])),
            }
        found.append(
            {
                "label": label,
                "value": f"{number(one['value'])} / {number(one['assessed'])}",
                "note": note,
            }
        )
    return found


def whole(evaluation: Evaluation) -> str:
    """What was earned of what was assessed."""
    told = evaluation.sums.get("blocks", {}).get("whole")
    return f"{number(told['value'])} / {number(told['assessed'])}" if told else "—"


def points(status: str, value: Decimal | None, of: Decimal) -> str:
    """``3 / 4``, or the word for why there are none."""
    if status == Status.NOT_APPLICABLE:
        return _("不适用")
    if status == Status.NOT_ASSESSED:
        return _("未评")
    return f"{number(value)} / {number(of)}"


def tree(
    answers: Iterable[Answer], *, final: bool, reasons: Mapping[int, list[str]]
) -> list[dict[str, Any]]:
    """The indicators in their blocks. ``final``: with what people said, and their ``reasons``;
    else as computed.
    """
    found: list[dict[str, Any]] = []
    for answer in answers:
        indicator = answer.indicator
        if not found or found[-1]["block"] != indicator.block:
            label = Block(indicator.block).label
            found.append({"block": indicator.block, "label": label, "lines": []})
        status, value = answer.status, answer.value
        if not final:
            status, value = answer.computed_status, answer.computed
        found[-1]["lines"].append(
            {
                "answer": answer,
                "indicator": indicator,
                "points": points(status, value, indicator.points),
                "scored": status == Status.SCORED,
                "lost": status == Status.SCORED and value != indicator.points,
                "because": words.because(answer.because, answer.said) if indicator.rule else "",
                "computed": points(answer.computed_status, answer.computed, indicator.points),
                "why": "；".join(reasons.get(answer.pk, [])),
                "stage": answer.stage if final else "",
            }
        )
    return found


def hidden(user: Any, cases: Iterable[Iterable[Any]]) -> set[tuple[str, Any]]:
    """Which of the deeds named among facts the reader may not open, by kind and key: a body that
    is looked at sees its duties only once somebody was there.
    """
    keys = {key for kind, key, _label in cases if kind == "duty"}
    seen = Duty.objects.visible_to(user).filter(pk__in=keys).values_list("pk", flat=True)
    return {("duty", key) for key in keys - set(seen)} if keys else set()
