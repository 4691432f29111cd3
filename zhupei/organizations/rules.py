"""What is always true of an organization's number."""

import re
from typing import Final

from stdnum.cn import uscc

_SIGN: Final = "0-9A-HJ-NP-RTUWXY"  # without I, O, S, V, Z, which look like digits
_SHAPE: Final = re.compile(rf"[1-9A-HJ-NP-RTUWXY][{_SIGN}][0-9]{{6}}[{_SIGN}]{{10}}")
_FULL_WIDTH: Final = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}


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
