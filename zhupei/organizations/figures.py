"""The figures of the rules as their pages show them: grouped, with their standing and history."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from zhupei.core import parameters, rooms
from zhupei.core.models import ParameterValue
from zhupei.core.parameters import DECLARED, Parameter, Setting

GROUPS: Mapping[str, str | Promise] = {  # in the order of the page
    "institutions": _("培训机构"),
    "teachers": _("师资"),
    "syllabus": _("培训大纲"),
    "filings": _("异地培训备案"),
    "classes": _("开班"),
    "attendance": _("签到与考勤"),
    "teaching": _("教学过程"),
    "feedback": _("评价与回访"),
    "exams": _("考核"),
    "certificates": _("证书"),
    "archives": _("档案"),
    "corrections": _("整改"),
    "live": _("远程查看"),
    "oversight": _("监管"),
    "credit": _("信用"),
    "complaints": _("投诉"),
    "patrols": _("巡查督考"),
    "assistance": _("帮扶"),
    "leads": _("线索"),
    "inspections": _("双随机抽查"),
    "evaluation": _("年度评估"),
    "duty": _("履职得分"),
    "bulletins": _("通报"),
    "organizations": _("回避"),
    "people": _("注册与账号"),
    "core": _("消息"),
}
STANDINGS: Mapping[str, tuple[str, str, str | Promise]] = {  # tone, icon, word
    "set": ("ok", "circle-check", _("厅已定")),
    "law": ("ok", "shield-check", _("法规")),
    "practice": ("info", "users", _("做法")),
    "proposal": ("warn", "help-circle", _("建议待厅确认")),
}


@dataclass(frozen=True)
class Standing:
    """How much weight the source of a figure has, as a badge."""

    key: str
    tone: str
    icon: str
    word: str | Promise


@dataclass(frozen=True)
class Figure:
    """One line of the list. ``own`` counts the prefectures with a value of their own."""

    parameter: Parameter
    setting: Setting
    shown: str
    standing: Standing
    own: int
    coming: ParameterValue | None

    @property
    def coming_shown(self) -> str:
        return self.parameter.show(self.coming.value) if self.coming else ""


@dataclass(frozen=True)
class Entry:
    """One value somebody set: instead of which, where, and from when."""

    row: ParameterValue
    before: str
    shown: str
    where: str
    in_force: bool


def declared() -> dict[str, Parameter]:
    """Every parameter of every app; declaring is importing the app's ``parameters.py``."""
    list(rooms.every("parameters"))
    return DECLARED


def standing(parameter: Parameter, setting: Setting) -> Standing:
    """What the region decided stands by itself; a declaration by where it comes from."""
    key = "set" if setting.version else parameter.confidence
    return Standing(key, *STANDINGS[key])


def figures() -> list[Figure]:
    """Every figure as it is today."""
    known = declared()
    today = timezone.localdate()
    own, coming = _own_and_coming(today)
    return [
        Figure(
            known[key],
            setting,
            known[key].show(setting.value),
            standing(known[key], setting),
            len(own.get(key, ())),
            coming.get(key),
        )
        for key, setting in parameters.settings_of(*known.values()).items()
    ]


def _own_and_coming(today: date) -> tuple[dict[str, set[str]], dict[str, ParameterValue]]:
    """Prefectures with a value of their own, and the next value of the region, by parameter."""
    own: dict[str, set[str]] = {}
    coming: dict[str, ParameterValue] = {}
    for row in ParameterValue.objects.order_by("-valid_from"):
        if row.prefecture and row.valid_from <= today:
            own.setdefault(row.key, set()).add(row.prefecture)
        elif not row.prefecture and row.valid_from > today:
            coming[row.key] = row  # the earliest of those to come is the last one met
    return own, coming


def grouped(found: Iterable[Figure]) -> list[tuple[str | Promise, list[Figure]]]:
    """By what they are about, in the order of ``GROUPS``."""
    groups: dict[str, list[Figure]] = {key: [] for key in GROUPS}
    for figure in found:
        groups.setdefault(figure.parameter.key.partition(".")[0], []).append(figure)
    return [(GROUPS.get(key, key), figures) for key, figures in groups.items() if figures]


def entries(parameter: Parameter, places: Mapping[str, str]) -> list[Entry]:
    """Every value ever set, the latest first. ``places`` names prefectures by code."""
    rows = parameters.history(parameter)
    today = timezone.localdate()
    now = _in_force(rows, today)
    return [
        Entry(
            row,
            parameter.show(_before(parameter, rows[n + 1 :], row)),
            parameter.show(row.value),
            places.get(row.prefecture, str(_("全区"))),
            row.pk in now,
        )
        for n, row in enumerate(rows)
    ]


def _before(parameter: Parameter, earlier: list[ParameterValue], row: ParameterValue) -> Any:
    """What held there until then: the place's own earlier value, else the region's."""
    for place in (row.prefecture, ""):
        for one in earlier:
            if one.prefecture == place:
                return one.value
    return parameter.default


def _in_force(rows: list[ParameterValue], today: date) -> set[int]:
    newest: dict[str, int] = {}
    for row in rows:  # the latest first
        if row.valid_from <= today:
            newest.setdefault(row.prefecture, row.pk)
    return set(newest.values())
