"""Saying what an institution was worth in a year."""

from datetime import date
from decimal import Decimal

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zhupei.core import audit, sources
from zhupei.core.errors import NotAllowed, Refused
from zhupei.credit.access import may_grade
from zhupei.credit.events import GradeEvent
from zhupei.credit.models import Grade, Letter
from zhupei.organizations.models import Organization
from zhupei.oversight.recusal import check_untied
from zhupei.people.models import User

FIRST_YEAR = 2000
FULL = Decimal(100)


@transaction.atomic
def set_grade(  # noqa: PLR0913 - the contract with the evaluation
    organization: Organization,
    year: int,
    grade: str,
    score: Decimal | None = None,
    source: models.Model | None = None,
    *,
    by: User,
    note: str = "",
) -> Grade:
    """Set the grade of a year; another one set before stays in the file as replaced.

    Raises NotAllowed; Refused "grade_unknown", "year_impossible", "score_impossible" or
    "grade_the_same"; "note_required" when it replaces one and says not why.

    Source: Measures, art. 14.
    """
    Organization.objects.select_for_update(no_key=True).get(pk=organization.pk)
    if not may_grade(by, organization):
        raise NotAllowed("not_allowed", _("年度等级由自治区住建厅登记。"))
    check_untied(by, organization)
    _check(year, grade, score)
    now = timezone.now()
    before = Grade.objects.current().filter(organization=organization, year=year).first()
    if before:
        _replace(before, grade, score, note)
        Grade.objects.filter(pk=before.pk).update(replaced_at=now)
    made = Grade.objects.create(
        organization=organization,
        year=year,
        grade=grade,
        score=score,
        set_at=now,
        set_by=by,
        note=note.strip(),
        **sources.of(source),
    )
    facts = {"year": year, "grade": str(made.get_grade_display()), "note": note.strip()}
    facts["score"] = None if score is None else str(score)
    if before:
        facts |= {"grade_before": str(before.get_grade_display())}
    verb = GradeEvent.REPLACED if before else GradeEvent.SET
    audit.record(verb, made, by=by, within=organization, **facts)
    return made


def _check(year: int, grade: str, score: Decimal | None) -> None:
    if grade not in Letter.values:
        raise Refused("grade_unknown", gettext_lazy("等级只有 A、B、C、D 和退出。"), field="grade")
    if not FIRST_YEAR <= year <= timezone.localdate().year:
        raise Refused(
            "year_impossible",
            gettext_lazy("年度应在 %(first)d 到 %(last)d 之间。"),
            field="year",
            first=FIRST_YEAR,
            last=timezone.localdate().year,
        )
    if score is not None and not 0 <= score <= FULL:
        raise Refused("score_impossible", gettext_lazy("得分在 0 到 100 之间。"), field="score")


def _replace(before: Grade, grade: str, score: Decimal | None, note: str) -> None:
    if (before.grade, before.score) == (grade, score):
        raise Refused(
            "grade_the_same",
            gettext_lazy("%(year)d 年度已经登记为 %(grade)s，没有变化。"),
            field="grade",
            year=before.year,
            grade=before.get_grade_display(),
        )
    if not note.strip():
        raise Refused(
            "note_required",
            gettext_lazy("%(year)d 年度已经登记过等级。改等级请写明理由。"),
            field="note",
            year=before.year,
        )


def year_of(day: date) -> int:
    """The year a grade is usually about: the one before."""
    return day.year - 1
