"""Block 3, the bureau of the place, and what is added: tasks fulfilled, help given.

Source: notice, part 1 (the bureau of the place, 10 points; tasks fulfilled are a bonus).
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


@rule(2)
def patrols(facts: Facts, of: Decimal, figures: Figures) -> Points:  # noqa: ARG001 - a rule
    """The looks at which whoever came found the class where and when its plan says: what the bureau
    starts from when it judges how the institution went along. Nobody came: not assessed.

    Our reading: whether a bureau looks at all is its own duty and is scored there; here it neither
    costs nor earns anything.

    Source: notice, part 3, section 1 (checks while training goes on) and part 1 (the bureau of the
    place judges its institutions).
    """
    if not facts["looks"]:
        return not_assessed(of, "never_looked")
    return by_share(facts, of, "went_along", "met", "looks")


@rule(2)
def closure(facts: Facts, of: Decimal, figures: Figures) -> Points:  # noqa: ARG001 - a rule
    """The orders put right in time, of those whose time has come. Nothing ordered, nothing lost;
    what was answered and waits for the bureau's look is left out, for nobody knows yet.

    Source: notice, part 3 (what was found is put right).
    """
    looked_at = {"due": facts["due"] - facts["waiting"], "in_time": facts["in_time"]}
    if not looked_at["due"]:
        return scored(of, of, "nothing_ordered")
    return by_share(looked_at, of, "closure", "in_time", "due")


@rule()
def reporting(facts: Facts, of: Decimal, figures: Figures) -> Points:  # noqa: ARG001 - a rule
    """The logs written within their hours, of those written at all.

    Source: notice, part 1, section 2 (records are handed in in time).
    """
    return by_share(facts, of, "reporting", "in_time", "written")


@rule(2)
def complaints(facts: Facts, of: Decimal, figures: Figures) -> Points:
    """Questions about complaints the institution answered in time earn all; each complaint upheld
    costs. Who was asked nothing loses nothing.

    Our reading: how fast a complaint is answered is the bureau's duty and is scored there.

    Source: Measures, art. 24 (complaints are handled by the bureau of the place); notice, part 3,
    section 2 (questions of learners are answered).
    """
    lost = facts["upheld"] * figure(figures, "per_case")
    said = {name: facts[name] for name in ("asked", "answered", "upheld")}
    if not facts["asked"]:
        return scored(of, of - lost, "complaints_upheld" if lost else "nobody_asked", **said)
    return scored(of, share(facts, of, "answered", "asked") - lost, "inquiries", **said)


@rule(2)
def trained(facts: Facts, of: Decimal, figures: Figures) -> Points:
    """All of it from so many people on, who finished a class for a trade in the year: enrolled to
    the end, with the hours an exam asks for.

    Our reading of "completed training": whoever did not come did not complete it; whether they
    passed is the exam's matter and counts elsewhere.

    Source: notice, part 1, section 3 (500 people a year trained for trades).
    """
    enough = facts["completed"] >= figure(figures, "target")
    said = {name: facts[name] for name in ("completed", "people")} | {
        "target": str(figures["target"])
    }
    return scored(of, of if enough else 0, "completed" if enough else "completed_few", **said)


@rule()
def helped(facts: Facts, of: Decimal, figures: Figures) -> Points:  # noqa: ARG001 - a rule
    """Help given to a county, as far as the record of assistance knows it.

    Source: notice, part 1, section 3 (help for counties).
    """
    if not facts["times"]:
        return not_applicable(of, "helped_none")
    return scored(of, of, "helped", times=facts["times"])


@rule()
def bases(facts: Facts, of: Decimal, figures: Figures) -> Points:  # noqa: ARG001 - a rule
    """Practice bases a county was helped to build, as far as the record of assistance knows.

    Source: notice, part 1, section 3 (three helped to build bases).
    """
    if not facts["bases"]:
        return not_applicable(of, "bases_none")
    return scored(of, of, "bases", bases=facts["bases"])
