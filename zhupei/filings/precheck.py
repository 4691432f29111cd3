"""The pre-check of a filing for people: gathers the facts, asks the rules, finds the words."""

from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.functional import Promise

from zhupei.core.errors import Refused
from zhupei.core.templatetags.ui import dated
from zhupei.filings import offices, rules, words
from zhupei.filings.models import Filing, PaperKind
from zhupei.institutions.models import Admission, Licence
from zhupei.organizations.models import Kind, Organization


@dataclass(frozen=True)
class Check:
    """One row, as ``core/_precheck.html`` shows it."""

    tone: str
    title: str | Promise
    facts: str
    law: str
    code: str
    field: str


def checks(filing: Filing) -> list[Check]:
    """Every verdict on the filing as it is now."""
    return [_check(finding) for finding in rules.precheck(facts(filing))]


def refusal(filing: Filing) -> Refused | None:
    """The first thing that stops the filing from being handed in."""
    for check in checks(filing):
        if check.tone == "bad":
            said = {"title": check.title, "facts": check.facts, "law": check.law}
            return Refused(check.code, words.IN_FULL, field=check.field or None, **said)
    return None


def facts(filing: Filing) -> rules.Facts:
    """What the rules are asked about."""
    department = offices.department(filing.prefecture_id)
    education = Organization.objects.filter(kind=Kind.EDUCATION, prefecture=filing.prefecture_id)
    admission = Admission.objects.filter(organization=filing.organization_id).first()
    return rules.Facts(
        home=filing.organization.prefecture_id or "",
        place=filing.prefecture_id,
        place_name=filing.prefecture.short_name,
        days=rules.Span(filing.valid_from, filing.valid_until),
        today=timezone.localdate(),
        jobs=tuple(filing.jobs.order_by("code").values_list("name", flat=True)),
        licensed=_licensed(filing),
        papers=frozenset(filing.documents.values_list("kind", flat=True)),
        standing=admission.state if admission else "",
        department=department.name if department else "",
        education="、".join(education.values_list("name", flat=True)),
    )


def _licensed(filing: Filing) -> dict[str, tuple[rules.Span, ...]]:
    licences = Licence.objects.filter(organization=filing.organization_id)
    spans: dict[str, tuple[rules.Span, ...]] = {}
    for job, first, last in licences.values_list("jobs__name", "valid_from", "valid_until"):
        spans[job] = (*spans.get(job, ()), rules.Span(first, last))
    return spans


def _check(finding: rules.Finding) -> Check:
    phrase = words.FINDINGS[finding.code]
    said = str(phrase.sentence) % {name: _said(fact) for name, fact in finding.facts.items()}
    return Check(finding.tone, phrase.title, said, finding.law, finding.code, finding.field)


def _said(fact: Any) -> str:
    if isinstance(fact, list):
        return "、".join(str(PaperKind(kind).label) for kind in fact)
    return str(fact) if isinstance(fact, str) else dated(fact)
