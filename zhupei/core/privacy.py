"""What of a person is kept, why, and for how long: declared for every field of every model.

Each app lists its fields in ``privacy.py``; a house test fails when one is missing, so nobody adds
personal data without saying what for. The public page on personal data is written from it.

Source: PIPL, art. 6 and 19 (least data, shortest time), art. 17 (telling people).
"""

from dataclasses import dataclass

from django.utils.functional import Promise


@dataclass(frozen=True)
class Personal:
    """One field that says something about a person."""

    purpose: str | Promise
    keep: str | Promise
