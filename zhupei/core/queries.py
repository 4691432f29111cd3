"""Pieces of questions to the database that more than one app asks."""

from typing import Any

from django.db.models import Count, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce


def number_of(rows: QuerySet[Any]) -> Coalesce:
    """How many ``rows`` there are, as a column of an outer question whose rows they name with
    ``OuterRef``; 0 where there are none. Counting this way multiplies no rows of the outer one.
    """
    counted = rows.order_by().values(one=Value(1)).annotate(n=Count("*")).values("n")
    return Coalesce(Subquery(counted), 0)
