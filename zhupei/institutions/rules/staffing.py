"""Who runs and who teaches at an institution, judged from plain values.

The four questions of the notice of 2023: managers, head, two teachers for each trade, teachers
whom several institutions share. Every figure comes in ``Limits``; nothing is asked of the clock.
"""

import dataclasses
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any, Final


class Tone(StrEnum):
    OK = "ok"
    WARN = "warn"
    BAD = "bad"


@dataclass(frozen=True)
class Finding:
    """What one rule found. ``names`` are those who count; ``items`` the cases told in the
    sentence, one after the other. ``needed`` and ``has`` are None where nothing is counted.
    """

    code: str
    tone: Tone
    law: str
    needed: int | None = None
    has: int | None = None
    names: Sequence[str] = ()
    facts: Mapping[str, Any] = dataclasses.field(default_factory=dict)
    items: Sequence[Mapping[str, Any]] = ()


@dataclass(frozen=True)
class Limits:
    """The figures of the region, which are parameters."""

    managers: int
    managers_per_further_category: int
    head_years: int
    teachers_per_trade: int
    insurance_lag: int  # days for which the record of social insurance may lag behind


@dataclass(frozen=True)
class HeadFacts:
    """The head. ``managing_since`` is None when nobody entered it."""

    name: str
    senior: bool
    managing_since: date | None


@dataclass(frozen=True)
class ManagerFacts:
    """A manager in office, with the categories of training in their charge, if any."""

    name: str
    full_time: bool
    charge: Sequence[str] = ()


@dataclass(frozen=True)
class TeacherFacts:
    """Somebody engaged now. ``contract_until`` is None for a contract without an end, if there
    is a contract at all; ``elsewhere`` are the other institutions that engage them now.
    """

    name: str
    in_pool: bool
    trades: frozenset[str]
    full_time: bool
    has_contract: bool
    contract_until: date | None
    insured_until: date | None
    elsewhere: Sequence[str] = ()


@dataclass(frozen=True)
class Staff:
    """An institution in plain values: what its licences open, and who is there for it."""

    today: date
    categories: Sequence[str]
    trades: Sequence[str]
    licences: Sequence[str]
    head: HeadFacts | None
    managers: Sequence[ManagerFacts]
    teachers: Sequence[TeacherFacts]
    limits: Limits


LAW_MANAGERS: Final = "2023 通报一（一）1"
LAW_TEACHERS: Final = "2023 通报一（一）2"
LAW_SHARED: Final = "2023 通报二（一）2"


def entered(staff: Staff) -> bool:
    """Is anything on file that could be judged? Who has entered nobody is not assessed.

    Source: notice, part 1 (what it counts are 32 of the 35 institutions).
    """
    return bool(staff.head or staff.managers or staff.teachers)


def licence(staff: Staff) -> Finding:
    """A licence is in force.

    Source: Measures, art. 9 (training only after the licence was obtained).
    """
    if staff.licences:
        facts = {"numbers": "、".join(staff.licences), "trades": len(staff.trades)}
        return Finding("licence_in_force", Tone.OK, "第九条", facts=facts)
    return Finding("licence_missing", Tone.BAD, "第九条")


def managers_needed(categories: int, limits: Limits) -> int:
    """Three, and one more for each category of training beyond the first.

    Source: notice, part 1, section 1 (one more manager for each category added).
    """
    return limits.managers + limits.managers_per_further_category * max(categories - 1, 0)


def managers(staff: Staff) -> Finding:
    """Are there as many full-time managers as the categories of training ask for?

    Somebody entered twice, for two categories, is one manager.

    Source: notice, part 1, section 1 (three full-time managers, one more for each category).
    """
    names = _once(manager.name for manager in staff.managers if manager.full_time)
    part_time = _once(m.name for m in staff.managers if not m.full_time and m.name not in names)
    needed = managers_needed(len(staff.categories), staff.limits)
    facts = {
        "needed": needed,
        "has": len(names),
        "short": needed - len(names),
        "least": staff.limits.managers,
        "further": needed - staff.limits.managers,
        "count": len(staff.categories),
        "categories": "、".join(staff.categories),
        "names": "、".join(names),
        "part_time": "、".join(part_time),
    }
    short = len(names) < needed
    code, tone = ("managers_short", Tone.BAD) if short else ("managers_enough", Tone.OK)
    return Finding(code, tone, LAW_MANAGERS, needed, len(names), names, facts)


def managers_of_several(staff: Staff) -> Finding | None:
    """Does one manager have several categories of training in their charge?

    Source: notice, part 2, section 1 (one manager manages several categories).
    """
    charge: dict[str, list[str]] = {}
    for manager in staff.managers:
        charge.setdefault(manager.name, []).extend(manager.charge)
    items = [
        {"name": name, "count": len(_once(kinds)), "categories": "、".join(_once(kinds))}
        for name, kinds in charge.items()
        if len(_once(kinds)) > 1
    ]
    if not items:
        return None
    names = [str(item["name"]) for item in items]
    return Finding("manager_of_several", Tone.WARN, LAW_MANAGERS, names=names, items=items)


def head(staff: Staff) -> Finding:
    """Has the head a senior title and managed teaching for two years?

    Source: notice, part 1, section 1 (senior title, two years of managing teaching).
    """
    found, limits = staff.head, staff.limits
    if found is None:
        return Finding("head_missing", Tone.BAD, LAW_MANAGERS, 1, 0)
    begun = found.managing_since
    facts = {
        "name": found.name,
        "senior": found.senior,
        "since": begun,
        "years": years_between(begun, staff.today) if begun else None,
        "least": limits.head_years,
    }
    experienced = begun is not None and years_between(begun, staff.today) >= limits.head_years
    if found.senior and experienced:
        return Finding("head_fits", Tone.OK, LAW_MANAGERS, 1, 1, [found.name], facts)
    lacking = [
        {"what": what}
        for what, missing in (("title", not found.senior), ("experience", not experienced))
        if missing
    ]
    return Finding("head_unfit", Tone.BAD, LAW_MANAGERS, 1, 0, [found.name], facts, lacking)


def years_between(first: date, last: date) -> int:
    """Whole years from one day to another; who began on 29 February completes one on 1 March."""
    return last.year - first.year - ((last.month, last.day) < (first.month, first.day))


def why_not_counted(teacher: TeacherFacts, staff: Staff) -> str:
    """Why somebody engaged is no teacher yet in the sense of the notice, or "".

    Source: notice, part 1, section 2 (admitted, a contract in force, full-timers insured).
    """
    if not teacher.in_pool:
        return "not_in_pool"
    if not teacher.has_contract:
        return "no_contract"
    if teacher.contract_until is not None and teacher.contract_until < staff.today:
        return "contract_over"
    if teacher.full_time and not insured(teacher, staff):
        return "not_insured"
    return ""


def insured(teacher: TeacherFacts, staff: Staff) -> bool:
    """Is social insurance paid, up to the lag its records have?

    Source: notice, part 1, section 2 (records of social insurance of full-timers).
    """
    oldest = staff.today - timedelta(days=staff.limits.insurance_lag)
    return teacher.insured_until is not None and teacher.insured_until >= oldest


def teachers_of(trade: str, staff: Staff) -> Finding:
    """Are there two teachers for this trade?

    Source: notice, part 1, section 2 (two teachers at least for each trade).
    """
    able = [teacher for teacher in staff.teachers if trade in teacher.trades]
    reasons = [(teacher.name, why_not_counted(teacher, staff)) for teacher in able]
    names = [name for name, reason in reasons if not reason]
    items = [{"name": name, "reason": reason} for name, reason in reasons if reason]
    needed = staff.limits.teachers_per_trade
    facts = {
        "trade": trade,
        "needed": needed,
        "has": len(names),
        "short": needed - len(names),
        "names": "、".join(names),
    }
    short = len(names) < needed
    code, tone = ("teachers_short", Tone.BAD) if short else ("teachers_enough", Tone.OK)
    return Finding(code, tone, LAW_TEACHERS, needed, len(names), names, facts, items)


def teachers(staff: Staff) -> list[Finding]:
    """Each trade that lacks a teacher, and all the others together.

    Source: notice, part 1, section 2 (two teachers at least for each trade).
    """
    found = [teachers_of(trade, staff) for trade in staff.trades]
    short = [finding for finding in found if finding.tone is Tone.BAD]
    enough = [finding for finding in found if finding.tone is Tone.OK]
    if len(enough) > 1:
        needed = staff.limits.teachers_per_trade
        trades = [{"trade": one.facts["trade"], "has": one.has} for one in enough]
        facts = {"count": len(enough), "needed": needed}
        least = min(one.has or 0 for one in enough)
        enough = [
            Finding(
                "trades_covered", Tone.OK, LAW_TEACHERS, needed, least, facts=facts, items=trades
            )
        ]
    return short + enough


def papers(staff: Staff) -> Finding | None:
    """Are the contracts in force, and are full-timers insured?

    Source: notice, part 1, section 2 (contracts, records of social insurance).
    """
    if not staff.teachers:
        return None
    reasons = [(teacher.name, why_not_counted(teacher, staff)) for teacher in staff.teachers]
    items = [{"name": name, "reason": reason} for name, reason in reasons if reason]
    facts = {"count": len(staff.teachers), "lacking": len(items)}
    names = [str(item["name"]) for item in items]
    if items:
        return Finding("papers_lacking", Tone.WARN, LAW_TEACHERS, None, None, names, facts, items)
    return Finding("papers_complete", Tone.OK, LAW_TEACHERS, facts=facts)


def shared(staff: Staff) -> Finding | None:
    """Which teachers do other institutions engage as well?

    Source: notice, part 2, section 1 (one teacher used by several institutions).
    """
    if not staff.teachers:
        return None
    elsewhere = [teacher for teacher in staff.teachers if teacher.elsewhere]
    if not elsewhere:
        return Finding("nobody_shared", Tone.OK, LAW_SHARED, facts={"count": len(staff.teachers)})
    names = [teacher.name for teacher in elsewhere]
    items = [{"name": one.name, "elsewhere": "、".join(one.elsewhere)} for one in elsewhere]
    facts = {"count": len(staff.teachers), "shared": len(items)}
    return Finding("teachers_shared", Tone.WARN, LAW_SHARED, None, None, names, facts, items)


ORDER: Final = (Tone.BAD, Tone.WARN, Tone.OK)


def findings(staff: Staff, trade: str | None = None) -> list[Finding]:
    """Everything the rules find, the worst first; of the trades only ``trade``, if one is named.

    Source: Measures, art. 9 (basic conditions); notice, part 1, section 1 and 2.
    """
    of_trades = teachers(staff) if trade is None else [teachers_of(trade, staff)]
    others = [managers_of_several(staff), papers(staff), shared(staff)]
    found = [managers(staff), head(staff), *of_trades, *[one for one in others if one]]
    return sorted(found, key=lambda finding: ORDER.index(finding.tone))


def _once(names: Iterable[str]) -> list[str]:
    """Each name once, in the order of the first time."""
    return list(dict.fromkeys(names))
