"""Rules as they were: schemes frozen by them, and the scores kept of them, go on by them.

Each stands beside its successor under its old number (ADR 38).
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
)


@rule()
def applied_first(facts: Facts, of: Decimal, figures: Figures) -> Points:
    """Each class that began before its plan was handed in costs.

    Source: notice, part 1, section 2 (first applied for, then held); Measures, art. 12.
    """
    if not facts["classes"]:
        return not_applicable(of, "no_classes")
    said = {"late": facts["late"], "classes": facts["classes"]}
    because = "applied_late" if facts["late"] else "applied_first"
    return scored(of, of - facts["late"] * figure(figures, "per_case"), because, **said)


@rule()
def records(facts: Facts, of: Decimal, figures: Figures) -> Points:  # noqa: ARG001 - a rule
    """The classes that are over and whose archive package is sealed.

    Source: notice, part 2, section 2 (records of marks cannot be looked up at once).
    """
    return by_share(facts, of, "records", "packed", "classes")


@rule()
def pass_rate(facts: Facts, of: Decimal, figures: Figures) -> Points:
    """How far the pass rate the institution states is from the one we count; each per cent costs.

    Source: notice, part 2, section 2 (pass rates are not counted accurately).
    """
    if not facts["sat"]:
        return not_applicable(of, "nobody_sat")
    counted = Decimal(100) * facts["passed"] / facts["sat"]
    said = {"counted": f"{counted:.1f}", "sat": facts["sat"], "passed": facts["passed"]}
    if facts["declared"] is None:
        return not_assessed(of, "pass_rate_unsaid", **said)
    off = abs(Decimal(str(facts["declared"])) - counted)
    beyond = max(Decimal(0), off - figure(figures, "allowed"))
    said |= {"declared": str(facts["declared"]), "off": f"{off:.1f}"}
    return scored(of, of - beyond * figure(figures, "per_point"), "pass_rate", **said)


@rule()
def patrols(facts: Facts, of: Decimal, figures: Figures) -> Points:  # noqa: ARG001 - a rule
    """The classes that were looked at, of those that owed a look: what the bureau starts from.

    Source: notice, part 3 (each class is checked while it runs).
    """
    return by_share(facts, of, "patrols", "done", "owed")


@rule()
def closure(facts: Facts, of: Decimal, figures: Figures) -> Points:  # noqa: ARG001 - a rule
    """The orders put right in time, of those whose time has come. Nothing ordered, nothing lost.

    Source: notice, part 3 (what was found is put right).
    """
    if not facts["due"]:
        return scored(of, of, "nothing_ordered")
    return by_share(facts, of, "closure", "in_time", "due")


@rule()
def complaints(facts: Facts, of: Decimal, figures: Figures) -> Points:
    """Complaints answered in time earn all; each that was upheld costs.

    Source: Measures, art. 24 (complaints are handled by the bureau of the place).
    """
    said = {name: facts[name] for name in ("closed", "in_time", "upheld")}
    if not facts["closed"]:
        return scored(of, of, "no_complaints")
    value = of * facts["in_time"] / facts["closed"]
    return scored(of, value - facts["upheld"] * figure(figures, "per_case"), "complaints", **said)


@rule()
def trained(facts: Facts, of: Decimal, figures: Figures) -> Points:
    """All of it from so many people on, who finished a class for a trade in the year.

    Source: notice, part 1, section 3 (500 people a year trained for trades).
    """
    enough = facts["people"] >= figure(figures, "target")
    said = {"people": facts["people"], "target": str(figures["target"])}
    return scored(of, of if enough else 0, "trained" if enough else "trained_few", **said)
