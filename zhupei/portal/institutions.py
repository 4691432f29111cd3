"""What the public reads of institutions: the list of those admitted, and the page of each."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from zhupei.classes.models import EFFECTIVE
from zhupei.classes.views.offer import places_left, public_classes
from zhupei.credit.models import CreditRecord, Grade
from zhupei.credit.views import frame
from zhupei.institutions.models.standing import ON_THE_LIST
from zhupei.organizations.models import Organization

CLASSES = 10  # on the page of an institution; the catalogue has them all


def admitted() -> QuerySet[Organization, Any]:
    """Those on the public list: admitted, also while suspended; not those that file or have left.

    Source: Measures, art. 9; notice, part 3 (who left is taken off the list).
    """
    return Organization.objects.public().filter(admission__state__in=ON_THE_LIST)


def listed() -> QuerySet[Organization, Any]:
    """The institutions with ``open_classes``: how many of their classes are public now."""
    in_effect = Q(classes__state__in=EFFECTIVE, classes__frozen_since=None)
    open_now = in_effect & Q(classes__ends_on__gte=timezone.localdate())
    rows = admitted().annotate(open_classes=Count("classes", filter=open_now))
    return rows.select_related("prefecture", "admission").order_by("-open_classes", "name")


def with_credit(rows: Iterable[Organization]) -> list[dict[str, Any]]:
    """Each with its newest grade and how many records are published: two questions for all."""
    found = list(rows)
    grades = Grade.objects.public().latest_of(found)
    records = CreditRecord.objects.public().counts(found, timezone.localdate())
    return [
        {
            "organization": one,
            "grade": grades.get(one.pk),
            "badge": frame.grade_badge(grades.get(one.pk)),
            "records": records.get(one.pk, 0),
        }
        for one in found
    ]


def page(organization: Organization) -> dict[str, Any]:
    """One institution as the public may know it: standing, grades, published records, and the
    classes people may still join.
    """
    records = CreditRecord.objects.public().of(organization).with_open_cases()
    ordered = records.select_related("authority").order_by("-decided_on", "-pk")
    grades = list(Grade.objects.public().filter(organization=organization).order_by("-year"))
    classes = public_classes().filter(organization=organization).open_to_late_comers()
    coming: list[Any] = list(classes.order_by("starts_on", "pk")[: CLASSES + 1])
    newest = grades[0] if grades else None
    standing = getattr(organization, "admission", None)
    return {
        "organization": organization,
        "listed": standing is not None and standing.state in ON_THE_LIST,
        "records": [{"record": one, "weight": frame.weight(one)} for one in ordered],
        "grades": [{"grade": one, "badge": frame.grade_badge(one)} for one in grades],
        "grade": newest,
        "badge": frame.grade_badge(newest),
        "classes": [{"class": one, "left": places_left(one)} for one in coming[:CLASSES]],
        "more_classes": len(coming) > CLASSES,
    }
