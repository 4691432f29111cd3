"""Who runs and who teaches: the judgement of ``institutions.staffing`` as facts."""

from typing import Any

from zhupei.evaluation.facts.reading import Found, Reading, cases
from zhupei.institutions import staffing
from zhupei.institutions.rules import staffing as rules
from zhupei.institutions.rules.staffing import Staff, Tone

Facts = dict[str, dict[str, Any]]


def read(reading: Reading) -> Found:
    """Facts of managers, head and teachers on the day."""
    found = staffing.gather(reading.organizations, on=reading.day)
    return {key: of_staff(key, staff) for key, staff in found.items()}


def of_staff(key: int, staff: Staff) -> Facts:
    """The same of one institution from what the rules of staffing look at."""
    return _runs(key, staff) | _teaches(key, staff)


def _runs(key: int, staff: Staff) -> Facts:
    entered, here = rules.entered(staff), cases("staff", [(key, "人员")])
    managers = rules.managers(staff)
    return {
        "managers": {
            "entered": entered,
            "has": managers.has or 0,
            "needed": managers.needed or 0,
            "categories": len(staff.categories),
            "cases": here,
        },
        "head": _head(staff) | {"entered": entered, "cases": here},
    }


def _head(staff: Staff) -> dict[str, Any]:
    needed = staff.limits.head_years
    if staff.head is None:
        return {"senior": False, "experienced": False, "years": 0, "needed": needed}
    began = staff.head.managing_since
    years = rules.years_between(began, staff.today) if began else 0
    return {
        "senior": staff.head.senior,
        "experienced": years >= needed,
        "years": years,
        "needed": needed,
    }


def _teaches(key: int, staff: Staff) -> Facts:
    here = cases("staff", [(key, "人员")])
    found = [rules.teachers_of(trade, staff) for trade in staff.trades]
    short = sorted(str(one.facts["trade"]) for one in found if one.tone is Tone.BAD)
    listed = {trade for teacher in staff.teachers for trade in teacher.trades}
    lacking = [one for one in staff.teachers if rules.why_not_counted(one, staff)]
    return {
        "trades_covered": {
            "entered": rules.entered(staff),
            "trades": len(staff.trades),
            "covered": len(staff.trades) - len(short),
            "short": short,
            "cases": here,
        },
        "roster": {
            "trades": len(staff.trades),
            "listed": len(listed & set(staff.trades)),
            "cases": here,
        },
        "teacher_files": {
            "teachers": len(staff.teachers),
            "complete": len(staff.teachers) - len(lacking),
            "cases": here,
        },
        "sharing": {
            "teachers": len(staff.teachers),
            "shared": sum(bool(one.elsewhere) for one in staff.teachers),
            "elsewhere": sorted({name for one in staff.teachers for name in one.elsewhere}),
            "cases": here,
        },
    }
