"""The pre-check of a plan for people: asks the rules, finds the words."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.functional import Promise

from zhupei.classes import parameters, words
from zhupei.classes.models import Lesson, TrainingClass
from zhupei.classes.plan_facts import gather, lessons_of, settings_for
from zhupei.classes.rules import facts
from zhupei.classes.rules import plan as rules
from zhupei.classes.rules.facts import Tone
from zhupei.classes.rules.timetable import planned
from zhupei.core.errors import Refused
from zhupei.core.parameters import Setting
from zhupei.core.templatetags.ui import beijing
from zhupei.institutions import parameters as of_institutions
from zhupei.institutions import staffing
from zhupei.institutions.staffing import Verdict

SHOWN = 5  # cases told in one sentence


@dataclass(frozen=True)
class Check:
    """One row of the pre-check, as ``core/_precheck.html`` shows it."""

    tone: str
    title: str | Promise
    facts: str
    law: str
    code: str
    field: str
    url: str = ""


@dataclass(frozen=True)
class Report:
    """The pre-check of one plan and what it was judged from."""

    plan: facts.Plan
    checks: list[Check]
    lessons: list[Lesson]
    settings: dict[str, Setting]
    staff: list[Verdict]

    def count(self, tone: str) -> int:
        return sum(check.tone == tone for check in self.checks)

    @property
    def bad(self) -> list[Check]:
        return [check for check in self.checks if check.tone == "bad"]


def report(training_class: TrainingClass, *, staffed: bool = True) -> Report:
    """Judge a plan as it is now; ``staffed``: with the staff of its institution, too."""
    lessons = lessons_of(training_class)
    settings = settings_for(training_class)
    plan = gather(training_class, lessons, settings)
    checks = [_check(finding) for finding in rules.precheck(plan)]
    staff = _staff(training_class, settings) if staffed else []
    checks += _staffing(staff, stops=settings[parameters.STAFFING.key].value == Tone.BAD)
    order = [tone.value for tone in rules.ORDER]
    return Report(
        plan, sorted(checks, key=lambda check: order.index(check.tone)), lessons, settings, staff
    )


def refusals(training_class: TrainingClass) -> list[Refused]:
    """What stops the plan from being submitted, each with its own code."""
    return [
        Refused(bad.code, "%(words)s", field=bad.field, words=_in_full(bad))
        for bad in report(training_class).bad
    ]


def _in_full(check: Check) -> str:
    return str(words.IN_FULL) % {"title": check.title, "facts": check.facts, "law": check.law}


def _staff(training_class: TrainingClass, settings: Mapping[str, Setting]) -> list[Verdict]:
    """What the rules on staff say on the first day of the class, of the trade taught.

    Source: notice of 2023, part 1, section 1 and 2 (managers, two teachers for each trade).
    """
    return staffing.verdicts(
        training_class.organization,
        job=training_class.syllabus.job,
        on=training_class.starts_on,
        limits=of_institutions.limits(settings=settings),
    )


def _staffing(found: Iterable[Verdict], *, stops: bool) -> list[Check]:
    """The same among the checks. Whether it stops a plan is a figure of the region: today it is
    there to be read.
    """
    return [
        Check(
            Tone.WARN.value if one.tone == Tone.BAD and not stops else one.tone,
            one.title,
            one.facts,
            one.law,
            one.code,
            "staffing",
        )
        for one in found
    ]


def bars(
    units: Iterable[facts.UnitHours], lessons: Sequence[facts.PlannedLesson]
) -> list[dict[str, Any]]:
    """Hours of each unit, as the tag ``hours_bars`` wants them."""
    return [
        {
            "label": f"{unit.position} {unit.title}",
            "theory": planned([x for x in lessons if not x.online], unit, practice=False),
            "online": planned([x for x in lessons if x.online], unit),
            "practice": planned(lessons, unit, practice=True),
            "required": unit.required,
        }
        for unit in units
    ]


# Words


def _check(finding: facts.Finding) -> Check:
    phrase = words.FINDINGS[finding.code]
    return Check(
        finding.tone.value,
        phrase.title,
        sentence(finding),
        finding.law,
        finding.code,
        finding.field,
    )


def sentence(finding: facts.Finding) -> str:
    """The facts of a finding as one sentence."""
    phrase = words.FINDINGS[finding.code]
    cases = [str(phrase.item) % _readable(item) for item in finding.items[:SHOWN]]
    if len(finding.items) > SHOWN:
        cases.append(str(words.AND_MORE) % {"count": len(finding.items) - SHOWN})
    return str(phrase.sentence) % (_readable(finding.facts) | {"items": "；".join(cases)})


def _readable(facts: Mapping[str, Any]) -> dict[str, Any]:
    """Dates and moments as people write them."""
    return {
        name: beijing(value) if isinstance(value, date | datetime) else value
        for name, value in facts.items()
    }
