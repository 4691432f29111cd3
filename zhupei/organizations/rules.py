"""What is always true of an organization: its number, and the roles its people may have."""

import re
from datetime import date
from typing import Final

from stdnum.cn import uscc

_SIGN: Final = "0-9A-HJ-NP-RTUWXY"  # without I, O, S, V, Z, which look like digits
_SHAPE: Final = re.compile(rf"[1-9A-HJ-NP-RTUWXY][{_SIGN}][0-9]{{6}}[{_SIGN}]{{10}}")
_FULL_WIDTH: Final = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}

ROLES: Final[dict[str, tuple[str, ...]]] = {
    "region_authority": ("regulator", "inspector"),
    "prefecture_authority": ("reviewer", "inspector"),
    "county_authority": ("reviewer", "inspector"),
    "hr": ("reviewer", "inspector"),
    "education": ("reviewer",),
    "association": ("reviewer", "expert"),
    "institution": ("registrar", "teacher"),
    "assessment_body": ("examiner", "invigilator", "assessor"),
}
"""What people do for each kind of body; nobody is given a role that can do nothing there."""


def roles_of(kind: str) -> tuple[str, ...]:
    """The roles that people of a body of this kind may have, the usual one first."""
    return ROLES[kind]


def normalise_credit_code(text: str) -> str:
    """A unified social credit code as it is kept: ASCII capitals without blanks and hyphens."""
    return "".join(text.translate(_FULL_WIDTH).split()).replace("-", "").upper()


def credit_code_fault(code: str) -> str | None:
    """Why a normalised code is no unified social credit code, or None.

    ``credit_code_missing``, ``credit_code_shape`` or ``credit_code_check``. The first two signs
    may be letters (village collectives have N), so only the check digit is left to the library.

    Source: GB 32100-2015, 5 and annex A.
    """
    if not code:
        return "credit_code_missing"
    if not _SHAPE.fullmatch(code):
        return "credit_code_shape"
    return None if uscc.calc_check_digit(code) == code[-1] else "credit_code_check"


def years_later(day: date, years: int) -> date:
    """The same day ``years`` later, or earlier; 29 February is the 28th where it is missing."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)
