"""When a form says enough to be a look: a patrol that saw nothing covers nothing."""

from collections.abc import Collection
from enum import StrEnum
from typing import NamedTuple


class Held(NamedTuple):
    """What is on a form. ``expected``: somebody had to be there on the day of the look. ``drawn``
    of them were drawn, ``called`` of those were looked for.
    """

    applying: int  # items answered with more than "does not apply"
    pictures: int
    expected: bool
    drawn: int
    called: int


class Least(NamedTuple):
    """How much there has to be at least."""

    applying: int
    pictures: int


class Lack(StrEnum):
    """What is missing."""

    APPLYING = "applying"
    ROLL = "roll"  # nobody was drawn
    CALLED = "called"  # some who were drawn were not looked for
    PICTURES = "pictures"


def lacking(
    held: Held, least: Least, *, remote: bool, excused: Collection[Lack] = ()
) -> list[Lack]:
    """What a form lacks before it counts. On the spot there is a picture, and where people had to
    be there the sample is called, each of them; from afar nobody sees an identity card, so a roll
    is called only by those who began one, and a picture may be missing. ``excused``: why it is
    missing was said; on the spot that takes the place of a roll and never of a picture.

    Source: Measures, art. 6 (every class and every exam is looked at); notice, part 2, section 1
    (passed without looking).
    """
    found = []
    if held.applying < least.applying:
        found.append(Lack.APPLYING)
    if held.called < held.drawn:
        found.append(Lack.CALLED)
    elif held.expected and not held.drawn and not remote:
        found.append(Lack.ROLL)
    if held.pictures < least.pictures:
        found.append(Lack.PICTURES)
    said = set(excused) if remote else set(excused) - {Lack.PICTURES}
    return [one for one in found if one not in said]
