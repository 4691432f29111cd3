"""The words of a page: icons, states, articles of law, hours and times. No rule is decided here."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import ROUND_DOWN, Decimal
from typing import Any
from zoneinfo import ZoneInfo

from django import template
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from zhupei.core.templatetags.assets import asset

register = template.Library()

SECONDS_PER_HOUR_OF_TEACHING = 45 * 60  # one 学时
BEIJING = ZoneInfo("Asia/Shanghai")
TURNING_ICONS = {"chevron-left", "chevron-right", "arrow-back-up", "arrow-right", "logout", "login"}
KEPT_AT_EACH_END = 4


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """One Tabler icon. Decoration unless ``label`` gives it words.

    The name must stand in ``frontend/icons.txt``.
    """
    classes = "icon"
    if name.endswith("-filled"):
        classes += " icon-solid"
    if name in TURNING_ICONS:
        classes += " icon-turns"
    words = SafeString('aria-hidden="true"')
    if label:
        words = format_html('role="img" aria-label="{}"', label)
    source = asset("icons.svg")
    size = SafeString('width="20" height="20"')  # should the style sheet not arrive
    return format_html(
        '<svg class="{}" {} {}><use href="{}#{}"/></svg>', classes, size, words, source, name
    )


@register.inclusion_tag("core/_state.html")
def badge(badge: Any, *, plain: bool = False) -> dict[str, Any]:
    """A state: icon, word and colour of an object with ``icon``, ``word`` and ``tone``."""
    return {"badge": badge, "plain": plain}


@register.simple_tag
def law(article: str, url: str = "", *, prefix: bool = True) -> SafeString:
    """The article a fact rests on: ``依据：第十二条``, without the prefix in a column of them."""
    if not article:
        return SafeString("")
    text = _("依据：%(article)s") % {"article": article} if prefix else article
    if url:
        return format_html('<a class="law" href="{}">{}</a>', url, text)
    return format_html('<span class="law">{}</span>', text)


@register.filter
def hours_number(seconds: float | None) -> str:
    """Hours of teaching without a unit: two decimals at most, never rounded up."""
    if seconds is None:
        return "—"
    hours = Decimal(str(seconds)) / SECONDS_PER_HOUR_OF_TEACHING
    text = f"{hours.quantize(Decimal('0.01'), ROUND_DOWN):f}"
    return text.rstrip("0").rstrip(".")


@register.filter
def hours(seconds: float | None) -> str:
    """Seconds as hours of teaching: ``2.5 学时``."""
    return _("%(number)s 学时") % {"number": hours_number(seconds)}


@register.filter
def beijing(moment: datetime | date | None) -> str:
    """A moment or a day in Beijing time: ``3月18日 17:30``, with the year if not this one."""
    if moment is None:
        return "—"
    if isinstance(moment, datetime):
        moment = moment.astimezone(BEIJING)
        return _("%(day)s %(time)s") % {"day": _day(moment.date()), "time": f"{moment:%H:%M}"}
    return _day(moment)


@register.filter
def beijing_day(moment: datetime | date | None) -> str:
    """The day of a moment in Beijing time: ``3月18日``."""
    if isinstance(moment, datetime):
        moment = moment.astimezone(BEIJING).date()
    return beijing(moment)


@register.filter
def dated(moment: datetime | date | None) -> str:
    """The same with the year, whichever it is: what stands on paper is read in other years."""
    if moment is None:
        return "—"
    if isinstance(moment, datetime):
        moment = moment.astimezone(BEIJING)
        words = {"day": dated(moment.date()), "time": f"{moment:%H:%M}"}
        return _("%(day)s %(time)s") % words
    numbers = {"year": moment.year, "month": moment.month, "day": moment.day}
    return _("%(year)s年%(month)s月%(day)s日") % numbers


def _day(day: date) -> str:
    numbers = {"year": day.year, "month": day.month, "day": day.day}
    if day.year == timezone.localdate(timezone=BEIJING).year:
        return _("%(month)s月%(day)s日") % numbers
    return dated(day)


@register.filter
def breaking(name: str) -> SafeString:
    """A name for a narrow place: a new line may begin after its middle dot, never with it.

    No sign is added: who copies the name, or looks for it, has the name.
    """
    parts = ((part,) for part in re.split("(?<=·)", name))
    return format_html_join(SafeString("<wbr>"), '<span class="nowrap">{}</span>', parts)


@register.filter
def masked(number: str | None) -> str:
    """A personal number with its middle hidden; a short one is hidden whole."""
    if not number:
        return "—"
    hidden = len(number) - 2 * KEPT_AT_EACH_END
    if hidden <= 0:
        return "*" * len(number)
    return f"{number[:KEPT_AT_EACH_END]}{'*' * hidden}{number[-KEPT_AT_EACH_END:]}"


@dataclass(frozen=True)
class Stretch:
    """One coloured part of a bar, in thousandths of its length."""

    kind: str
    start: int
    length: int


@dataclass(frozen=True)
class Bar:
    """One unit of a syllabus: what is planned, and a tick at what is required. Seconds."""

    label: str
    stretches: list[Stretch]
    tick: int
    planned: int
    required: int
    short: int
    over: int


@register.inclusion_tag("core/_hours_bars.html")
def hours_bars(units: Iterable[Any]) -> dict[str, Any]:
    """Bars of units: ``label``; ``theory``, ``online``, ``practice``, ``required`` in seconds."""
    listed = list(units)
    longest = max((max(_planned(unit), unit["required"]) for unit in listed), default=0) or 1
    return {"bars": [_bar(unit, longest) for unit in listed]}


def _planned(unit: Any) -> int:
    return int(unit["theory"] + unit["online"] + unit["practice"])


def _bar(unit: Any, longest: int) -> Bar:
    stretches, start = [], 0
    for kind in ("theory", "online", "practice"):
        length = round(unit[kind] * 980 / longest)
        stretches.append(Stretch(kind, start, length))
        start += length
    planned, required = _planned(unit), int(unit["required"])
    return Bar(
        label=unit["label"],
        stretches=stretches,
        tick=round(required * 980 / longest),
        planned=planned,
        required=required,
        short=max(required - planned, 0),
        over=max(planned - required, 0),
    )


@register.filter
def letter(place: int) -> str:
    """The letter of an option by its place: 0 is A."""
    return chr(ord("A") + place)
