"""Block 2, teaching and its management: plans, logs, attendance, records, what learners say.

Source: notice, part 1 (teaching and its management, 50 points).
"""

from decimal import Decimal

from zhupei.evaluation.rules.points import (
    Facts,
    Figures,
    Points,
    by_share,
    figure,
    not_applicable,
    not_assessed,
    rule,
    scored,
    share,
)

HALF = Decimal("0.5")


@rule(2)
def applied_first(facts: Facts, of: Decimal, figures: Figures) -> Points:
    """Each class that was held otherwise than it was applied for costs, and so does each exam its
    learners sat that was.

    Our reading: a plan cannot be handed in late here, nor a sitting told of after it began; what
    can still happen is that another class, or another exam, is held than the one applied for. That
    is what looks on site find (the first line of both forms). A plan handed in after the first day
    still counts.

    Source: notice, part 1, section 2 (classes and exams are applied for before they are held);
    Measures, art. 12 and 20.
    """
    if not facts["classes"]:
        return not_applicable(of, "no_classes")
    bad = facts["late"] + facts["other_class"] + facts["other_exam"]
    said = {name: facts[name] for name in ("classes", "exams", "late", "other_class", "other_exam")}
    because = "held_otherwise" if bad else "applied_for"
    return scored(of, of - bad * figure(figures, "per_case"), because, **said)


@rule()
def logs(facts: Facts, of: Decimal, figures: Figures) -> Points:  # noqa: ARG001 - a rule
    """The lessons with a log, of those that are over.

    Source: notice, part 2, section 2 (logs are incomplete at fifteen institutions).
    """
    return by_share(facts, of, "logs", "logged", "lessons")


@rule()
def attendance(facts: Facts, of: Decimal, figures: Figures) -> Points:  # noqa: ARG001 - a rule
    """The attendances the learner signed with their own phone; one proved stand-in and it is 0.

    Source: notice, part 2, section 2 (attendance is not strict; stand-ins are hired).
    """
    if facts["stand_ins"]:
        return scored(of, 0, "stand_ins", stand_ins=facts["stand_ins"])
    if not facts["arrivals"]:
        return not_applicable(of, "attendance_none")
    said = {"own": facts["own"], "arrivals": facts["arrivals"]}
    return scored(of, share(facts, of, "own", "arrivals"), "attendance", **said)


@rule()
def checks(facts: Facts, of: Decimal, figures: Figures) -> Points:  # noqa: ARG001 - a rule
    """Half for classes with a teaching check, half for those that evaluated themselves.

    Source: notice, part 2, section 2 (no records of teaching checks); Measures, art. 14.
    """
    if not facts["classes"]:
        return not_applicable(of, "no_classes_over")
    both = share(facts, of, "checked", "classes") + share(facts, of, "evaluated", "classes")
    said = {name: facts[name] for name in ("checked", "evaluated", "classes")}
    return scored(of, HALF * both, "checks", **said)


@rule()
def plan_hours(facts: Facts, of: Decimal, figures: Figures) -> Points:  # noqa: ARG001 - a rule
    """The classes whose timetable gives the hours and the practice their syllabus asks for.

    Source: Measures, art. 8 and 12 (plans follow the syllabus).
    """
    return by_share(facts, of, "plan_hours", "fitting", "classes")


@rule()
def first_time(facts: Facts, of: Decimal, figures: Figures) -> Points:  # noqa: ARG001 - a rule
    """The plans that were never sent back, of those handed in.

    Source: notice, part 1, section 2 (papers for the approval of classes are complete).
    """
    return by_share(facts, of, "first_time", "never_returned", "submitted")


@rule()
def lesson_plans(facts: Facts, of: Decimal, figures: Figures) -> Points:  # noqa: ARG001 - a rule
    """The units taught for which the class has a lesson plan.

    Source: notice, part 1, section 2 (lesson plans are prepared).
    """
    return by_share(facts, of, "lesson_plans", "planned", "units")


@rule()
def resources(facts: Facts, of: Decimal, figures: Figures) -> Points:  # noqa: ARG001 - a rule
    """The classes with teaching resources among their papers.

    Source: notice, part 1, section 2 (slides, videos, drawings, cases, questions).
    """
    return by_share(facts, of, "resources", "with_resources", "classes")


@rule()
def books(facts: Facts, of: Decimal, figures: Figures) -> Points:  # noqa: ARG001 - a rule
    """The books whose learners say they have them; one taken back and it is 0.

    Source: notice, part 2, section 2 (books are taken back and used again).
    """
    if facts["taken_back"]:
        return scored(of, 0, "books_taken_back", taken_back=facts["taken_back"])
    return by_share(facts, of, "books", "confirmed", "owed")


@rule()
def follow_up(facts: Facts, of: Decimal, figures: Figures) -> Points:
    """The learners who were rung up afterwards and reached: so many per cent are all of it.

    Source: notice, part 3 (the effect of training is followed up).
    """
    if not facts["learners"]:
        return not_applicable(of, "no_learners_over")
    wanted = figure(figures, "target") * facts["learners"] / 100
    value = of * min(Decimal(1), Decimal(facts["reached"]) / wanted)
    said = {"reached": facts["reached"], "learners": facts["learners"]}
    return scored(of, value, "follow_up", target=str(figures["target"]), **said)


@rule(2)
def records(facts: Facts, of: Decimal, figures: Figures) -> Points:  # noqa: ARG001 - a rule
    """Of the classes that are over: half for those whose records are sealed (the package holds
    roll, hours and marks, and opens at once), half for those with feedback of learners on file.

    Our reading: the notice names records of marks, sheets of feedback, and that they can be looked
    up at once. Who marks late is not the institution, so no mark is waited for here.

    Source: notice, part 2, section 2 (records of marks and sheets of feedback are incomplete at
    seven institutions and cannot be looked up at once).
    """
    if not facts["classes"]:
        return not_applicable(of, "records_none")
    both = share(facts, of, "packed", "classes") + share(facts, of, "heard", "classes")
    said = {name: facts[name] for name in ("packed", "heard", "classes")}
    return scored(of, HALF * both, "records_and_feedback", **said)


@rule(2)
def pass_rate(facts: Facts, of: Decimal, figures: Figures) -> Points:
    """How far the rates the institution states are from those we count: who passed, and who got a
    certificate, of those who sat. The mean of what is stated; each per cent too far costs.

    Our reading: nobody can be off who states nothing, so a rate not stated is not assessed.

    Source: notice, part 2, section 2 (rates of passing and of certificates are not accurate).
    """
    if not facts["sat"]:
        return not_applicable(of, "nobody_sat")
    counted = {name: Decimal(100) * facts[name] / facts["sat"] for name in ("passed", "certified")}
    stated = {"passed": facts["declared"], "certified": facts["declared_certified"]}
    off = {
        name: abs(Decimal(str(rate)) - counted[name])
        for name, rate in stated.items()
        if rate is not None
    }
    said = {"sat": facts["sat"]} | {name: f"{rate:.1f}" for name, rate in counted.items()}
    if not off:
        return not_assessed(of, "rates_unsaid", **said)
    allowed, cost = figure(figures, "allowed"), figure(figures, "per_point")
    lost = sum((max(Decimal(0), one - allowed) * cost for one in off.values()), Decimal(0))
    told = {f"said_{name}": str("—" if rate is None else rate) for name, rate in stated.items()}
    return scored(of, of - lost / len(off), "rates", **said, **told)


@rule()
def satisfaction(facts: Facts, of: Decimal, figures: Figures) -> Points:
    """The mean of what learners say without a name, from ``none`` points to ``full``.

    Source: notice, part 1, section 2 (feedback of learners); Measures, art. 14.
    """
    if facts["voices"] < facts["fewest"]:
        return not_assessed(of, "few_voices", voices=facts["voices"], fewest=facts["fewest"])
    none, full = figure(figures, "none"), figure(figures, "full")
    value = of * (Decimal(str(facts["mean"])) - none) / (full - none)
    return scored(of, value, "satisfaction", mean=facts["mean"], voices=facts["voices"])


@rule()
def online_platform(facts: Facts, of: Decimal, figures: Figures) -> Points:  # noqa: ARG001 - a rule
    """A platform whose assessment holds, for those who teach online.

    Source: Measures, art. 15; notice, part 1, section 2 (platforms that were assessed).
    """
    if not facts["lessons"]:
        return not_applicable(of, "nothing_online")
    holding = facts["holding"] > 0
    because = "platform_holds" if holding else "platform_lapsed"
    return scored(of, of if holding else 0, because, holding=facts["holding"])


@rule()
def online_measured(facts: Facts, of: Decimal, figures: Figures) -> Points:  # noqa: ARG001 - a rule
    """What a platform reports of its own: pictures taken in time, tests handed over. Not assessed
    as long as no platform reports it.

    Source: notice, part 1, section 2 (pictures of the process, tests, data handed over).
    """
    if not facts["lessons"]:
        return not_applicable(of, "nothing_online")
    if not facts.get("due"):
        return not_assessed(of, "not_reported", lessons=facts["lessons"])
    return by_share(facts, of, "online_measured", "in_time", "due")


@rule()
def conduct(facts: Facts, of: Decimal, figures: Figures) -> Points:
    """What was found and decided costs by its seriousness.

    Source: notice, part 2, section 2 (conduct that is against the rules); Measures, art. 23.
    """
    kinds = ("minor", "ordinary", "serious")
    lost = sum((facts[kind] * figure(figures, kind) for kind in kinds), Decimal(0))
    said = {kind: facts[kind] for kind in kinds}
    return scored(of, of - lost, "conduct" if lost else "conduct_clean", **said)
