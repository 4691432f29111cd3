"""What an institution must have before a class: standing, licence, filing, platform."""

from zhupei.classes.rules.facts import Finding, Plan, Tone


def admitted(plan: Plan) -> Finding:
    """Only an institution that is admitted, and not suspended, holds classes.

    Source: Measures, art. 9; notice of 2023, part 2 (institutions suspended, one that left).
    """
    if plan.standing:
        facts = {"standing": plan.standing}
        return Finding("institution_not_admitted", Tone.BAD, "第九条", "institution", facts)
    return Finding("institution_admitted", Tone.OK, "第九条", "institution")


def licence(plan: Plan) -> Finding:
    """A licence for this job holds from the first day to the last.

    Source: Measures, art. 9 (training only after the licence was obtained).
    """
    for paper in plan.licences:
        whole = paper.valid_from <= plan.starts_on and plan.ends_on <= paper.valid_until
        if paper.covers_job and whole:
            facts = {"number": paper.number, "until": paper.valid_until, "job": plan.job}
            return Finding("licence_valid", Tone.OK, "第九条", "syllabus", facts)
    covering = [paper for paper in plan.licences if paper.covers_job]
    if not covering:
        facts = {"job": plan.job}
        return Finding("licence_not_for_this_job", Tone.BAD, "第九条", "syllabus", facts)
    last = max(covering, key=lambda paper: paper.valid_until)
    held = {"number": last.number, "from": last.valid_from, "until": last.valid_until}
    return Finding("licence_not_valid", Tone.BAD, "第九条", "ends_on", held)


def filing(plan: Plan) -> Finding:
    """A class away from the institution's prefecture is filed with the department of the place.

    Source: Measures, art. 10 (first the filing with the local department of human resources).
    """
    if not plan.destination:
        return Finding("at_home", Tone.OK, "第十条", "division")
    facts = {"place": plan.destination, "office": plan.filed_with, "number": plan.filing}
    if not plan.filing:
        return Finding("filing_missing", Tone.BAD, "第十条", "division", facts)
    return Finding("filing_valid", Tone.OK, "第十条", "division", facts)


def platform(plan: Plan) -> Finding | None:
    """What is learnt online is learnt on a platform that was assessed, to the end of the class.

    Source: Measures, art. 15; notice of 2023, part 1, section 2 (assessed platforms).
    """
    if not any(lesson.online for lesson in plan.lessons):
        return None
    if not plan.platforms:
        return Finding("platform_missing", Tone.BAD, "第十五条", "institution")
    good = [
        one
        for one in plan.platforms
        if one.assessed and (one.valid_until is None or one.valid_until >= plan.ends_on)
    ]
    if not good:
        items = [{"name": one.name, "until": one.valid_until or "—"} for one in plan.platforms]
        facts = {"ends_on": plan.ends_on}
        return Finding("platform_not_assessed", Tone.BAD, "第十五条", "institution", facts, items)
    return Finding("platform_assessed", Tone.OK, "第十五条", "institution", {"name": good[0].name})
