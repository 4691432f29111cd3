"""Block 1, basic conditions: staff, teachers, places, practice.

Source: notice, part 1 (basic conditions, 40 points).
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


@rule()
def managers(facts: Facts, of: Decimal, figures: Figures) -> Points:
    """Full-time managers as many as the categories ask for; each one missing costs.

    Source: notice, part 1, section 1 (three, one more for each category of training).
    """
    if not facts["entered"]:
        return not_assessed(of, "nobody_entered")
    short = max(0, facts["needed"] - facts["has"])
    said = {"has": facts["has"], "needed": facts["needed"], "short": short}
    because = "managers_short" if short else "managers_enough"
    return scored(of, of - short * figure(figures, "per_missing"), because, **said)


@rule()
def head(facts: Facts, of: Decimal, figures: Figures) -> Points:  # noqa: ARG001 - a rule
    """The head has a senior title, and has managed teaching long enough; half for each.

    Source: notice, part 1, section 1 (a senior title and two years of managing teaching).
    """
    if not facts["entered"]:
        return not_assessed(of, "nobody_entered")
    there = [facts["senior"], facts["experienced"]]
    said = {"years": facts["years"], "needed": facts["needed"]}
    because = {2: "head_fits", 1: "head_half", 0: "head_unfit"}[sum(there)]
    return scored(of, of * HALF * sum(there), because, **said)


@rule()
def policies(facts: Facts, of: Decimal, figures: Figures) -> Points:  # noqa: ARG001 - a rule
    """Which of the policies an institution has to have are in force.

    Source: notice, part 1, section 1 (rules of staff, their assessment, and the six of teaching).
    """
    return by_share(facts, of, "policies", "has", "needed")


@rule()
def trades_covered(facts: Facts, of: Decimal, figures: Figures) -> Points:  # noqa: ARG001 - a rule
    """The trades with two teachers, of all the licences open.

    Source: notice, part 1, section 2 (two teachers at least for each trade).
    """
    if not facts["entered"]:
        return not_assessed(of, "nobody_entered")
    return by_share(facts, of, "trades_covered", "covered", "trades")


@rule()
def roster(facts: Facts, of: Decimal, figures: Figures) -> Points:  # noqa: ARG001 - a rule
    """Half for a roster by trade, half for lessons given by those on it.

    Source: notice, part 1, section 2 (a roster of teachers by trade).
    """
    if not facts["trades"]:
        return not_applicable(of, "roster_none")
    said = {name: facts[name] for name in ("listed", "trades", "lessons", "by_roster")}
    listed = share(facts, of, "listed", "trades")
    if not facts["lessons"]:
        return scored(of, listed, "roster_unused", **said)
    taught = share(facts, of, "by_roster", "lessons")
    return scored(of, HALF * (listed + taught), "roster", **said)


@rule()
def teacher_files(facts: Facts, of: Decimal, figures: Figures) -> Points:  # noqa: ARG001 - a rule
    """The teachers whose papers are complete: admitted, a contract, full-timers insured.

    Source: notice, part 1, section 2 (files, contracts, records of social insurance).
    """
    if not facts["teachers"]:
        return not_assessed(of, "nobody_entered")
    return by_share(facts, of, "teacher_files", "complete", "teachers")


@rule()
def sharing(facts: Facts, of: Decimal, figures: Figures) -> Points:
    """Each teacher whom others engage as well costs.

    Source: notice, part 2, section 1 (one teacher used by several institutions).
    """
    if not facts["teachers"]:
        return not_assessed(of, "nobody_entered")
    said = {"shared": facts["shared"], "teachers": facts["teachers"]}
    because = "sharing" if facts["shared"] else "nobody_shared"
    return scored(of, of - facts["shared"] * figure(figures, "per_case"), because, **said)


@rule()
def tenure(facts: Facts, of: Decimal, figures: Figures) -> Points:  # noqa: ARG001 - a rule
    """The rooms that are one's own, or whose term is not over.

    Source: notice, part 1, section 3 (own or leased places, so that training is steady).
    """
    if not facts["rooms"]:
        return not_assessed(of, "no_rooms")
    return by_share(facts, of, "tenure", "lasting", "rooms")


@rule()
def computers(facts: Facts, of: Decimal, figures: Figures) -> Points:  # noqa: ARG001 - a rule
    """Half for classes no larger than their room, half for a computer for each of the largest.

    Source: notice, part 2, section 1 (computer rooms that do not meet the needs of teaching).
    """
    if not facts["rooms"]:
        return not_assessed(of, "no_rooms")
    said = {name: facts[name] for name in ("classes", "fitting", "computers", "largest")}
    if not facts["classes"]:
        return not_applicable(of, "computers_unused")
    fitting = share(facts, of, "fitting", "classes")
    seated = of * min(Decimal(1), Decimal(facts["computers"]) / facts["largest"])
    return scored(of, HALF * (fitting + seated), "computers", **said)


@rule()
def fire(facts: Facts, of: Decimal, figures: Figures) -> Points:  # noqa: ARG001 - a rule
    """The rooms whose fire-safety check is in term and on file: what a person starts from.

    Source: Measures, art. 13 (places are safe); notice, part 2, section 1.
    """
    if not facts["rooms"]:
        return not_assessed(of, "no_rooms")
    return by_share(facts, of, "fire", "checked", "rooms")


@rule()
def stations(facts: Facts, of: Decimal, figures: Figures) -> Points:  # noqa: ARG001 - a rule
    """The practised trades with stations enough for their largest class.

    Source: notice, part 1, section 4 (the number and layout of stations).
    """
    return by_share(facts, of, "stations", "fitting", "practised")


@rule()
def equipment(facts: Facts, of: Decimal, figures: Figures) -> Points:  # noqa: ARG001 - a rule
    """The practised trades with working equipment in the ledger.

    Source: notice, part 1, section 4 (equipment is complete).
    """
    return by_share(facts, of, "equipment", "equipped", "practised")


@rule()
def practice_held(facts: Facts, of: Decimal, figures: Figures) -> Points:  # noqa: ARG001 - a rule
    """The practice lessons that were held, of those whose time has come.

    Source: notice, part 1, section 4 (practice lessons are given).
    """
    return by_share(facts, of, "practice_held", "held", "due")


@rule()
def ledgers(facts: Facts, of: Decimal, figures: Figures) -> Points:  # noqa: ARG001 - a rule
    """Ledger, list of consumables, and records of use in each month of practice; a third each.
    Who trains for practised trades and practised nothing all year gets nothing.

    Source: notice, part 1, section 4; notice, part 2, section 1 (six practised nothing all year).
    """
    if not facts["practised"]:
        return not_applicable(of, "ledgers_none")
    if not facts["months"]:
        return scored(of, 0, "never_practised")
    used = Decimal(min(facts["used_months"], facts["months"])) / facts["months"]
    parts = int(facts["equipment"] > 0) + int(facts["consumables"] > 0) + used
    said = {name: facts[name] for name in ("months", "used_months", "equipment", "consumables")}
    return scored(of, of * parts / 3, "ledgers", **said)
