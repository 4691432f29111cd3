"""Which records may be one human entered twice: looked for, never decided here.

A mistyped number that passes its check digit differs in several places, and whoever gets a new
number keeps name and birth date; so equal names with an equal birth date or equal last four
digits are shown, and equal birth dates with equal last four under different names.
One telephone cannot tell: the database lets it belong to one record only.
"""

from collections.abc import Sequence
from typing import Final, NamedTuple

from django.db import connection

from zhupei.people.models import Person

# Pairs in order of their keys; those said to be two humans are left out.
ALIKE: Final = """
      FROM people_person a
      JOIN people_person b
        ON a.id < b.id AND b.merged_into_id IS NULL
       AND (a.name = b.name AND a.birth_date = b.birth_date
            OR a.name = b.name AND a.id_last_four = b.id_last_four
            OR a.birth_date = b.birth_date AND a.id_last_four = b.id_last_four)
     WHERE a.merged_into_id IS NULL AND position(%(name)s in a.name || ' ' || b.name) > 0
       AND NOT EXISTS (SELECT FROM people_distinction d
                        WHERE d.first_id = a.id AND d.second_id = b.id)
"""
COUNT: Final = f"SELECT count(*) {ALIKE}"
PART: Final = f"""
    SELECT a.id, b.id {ALIKE}
     ORDER BY (a.name = b.name)::int + (a.birth_date = b.birth_date)::int
              + (a.id_last_four = b.id_last_four)::int DESC, b.id DESC, a.id
     LIMIT %(limit)s OFFSET %(offset)s
"""


class Pair(NamedTuple):
    """Two records, the older one first."""

    first: Person
    second: Person

    @property
    def same_name(self) -> bool:
        return self.first.name == self.second.name

    @property
    def same_birth_date(self) -> bool:
        return self.first.birth_date == self.second.birth_date

    @property
    def different_digits(self) -> int:
        """In how many places of 18 the two numbers differ."""
        pairs = zip(self.first.id_number, self.second.id_number, strict=False)
        return sum(a != b for a, b in pairs)


class Alike:
    """The likely pairs, as a paginator wants them. ``name`` is part of either name."""

    def __init__(self, name: str = "") -> None:
        self.name = name

    def count(self) -> int:
        with connection.cursor() as cursor:
            cursor.execute(COUNT, {"name": self.name})
            found: int = cursor.fetchone()[0]
            return found

    def __len__(self) -> int:
        return self.count()

    def __getitem__(self, part: slice) -> list[Pair]:
        with connection.cursor() as cursor:
            limits = {"limit": part.stop - part.start, "offset": part.start}
            cursor.execute(PART, {"name": self.name} | limits)
            return _people(cursor.fetchall())


def _people(keys: Sequence[tuple[int, int]]) -> list[Pair]:
    rows = Person.objects.select_related("account").in_bulk([key for pair in keys for key in pair])
    return [Pair(rows[first], rows[second]) for first, second in keys]
