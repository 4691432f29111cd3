"""What is always true of a person's name, identity number and telephone number.

Functions of plain values. The codes they return are stable words; the sentences for people belong
to whoever asks.
"""

import re
import unicodedata
from datetime import date
from typing import Final, Literal

from stdnum.exceptions import ValidationError
from stdnum.iso7064 import mod_11_2

Sex = Literal["male", "female"]

MINIMUM_WORKING_AGE: Final = 16
"""Full years. Source: 劳动法 art. 15 (no employer may take on a minor under 16)."""

OLDEST_AGE: Final = 120
"""Full years; a birth date further back is a typing mistake."""

NAME_LENGTH: Final = 50
"""Characters; the longest transliterated names stay well below it."""

MIDDLE_DOT: Final = "\u00b7"

# The signs people type for the dot between the parts of a name.
_DOTS: Final = "\u2022\u30fb\uff65\uff0e\u2027\u2219\u22c5\u0387\u2024\u25cf\ufe52"
_INVISIBLE: Final = (
    "\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff\u00ad"
)
_FULL_WIDTH: Final = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_TIDY: Final = (
    _FULL_WIDTH | dict.fromkeys(map(ord, _DOTS), MIDDLE_DOT) | dict.fromkeys(map(ord, _INVISIBLE))
)
_QUOTES: Final = "'`\u2018\u2019\u201b"  # a leading one keeps a spreadsheet from calculating
_HYPHENS: Final = "\\-\u2010\u2011\u2012\u2013\u2014\u2212"
_HAN: Final = (
    "\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"  # with the rare ones
)

_BLANK_BESIDE_HAN = re.compile(rf"(?<=[{_HAN}{MIDDLE_DOT}])\s+|\s+(?=[{_HAN}{MIDDLE_DOT}])")
_FULL_STOP_IN_NAME = re.compile(rf"(?<=[{_HAN}])\.+(?=[{_HAN}])")
_ID_SHAPE = re.compile(r"[0-9]{17}[0-9X]")
_MOBILE = re.compile(r"1[3-9][0-9]{9}")

# First two digits of GB/T 2260, withdrawn codes included; 81-83 are residence permits of people
# from Hong Kong, Macau and Taiwan, 9x the permanent residence card of foreigners.
_AREAS: Final = re.compile(r"1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3]|9[0-9]")


def normalise_name(text: str) -> str:
    """The name as it is kept: one kind of dot (U+00B7), no padding, no invisible signs.

    Blanks beside a Chinese character or a dot are padding and go; between other letters one blank
    stays. Characters themselves are never exchanged: a rare variant belongs to its owner.
    """
    name = " ".join(text.translate(_TIDY).split())
    name = _BLANK_BESIDE_HAN.sub("", name)
    name = _FULL_STOP_IN_NAME.sub(MIDDLE_DOT, name)
    return re.sub(f"{MIDDLE_DOT}{{2,}}", MIDDLE_DOT, name).lstrip(_QUOTES)


def name_fault(name: str) -> str | None:
    """Why a normalised name cannot be kept: ``name_missing``, ``name_shape`` or None."""
    if not name:
        return "name_missing"
    if not 2 <= len(name) <= NAME_LENGTH:  # noqa: PLR2004 - the shortest name has two characters
        return "name_shape"
    if name.startswith(MIDDLE_DOT) or name.endswith(MIDDLE_DOT):
        return "name_shape"
    return None if all(map(_belongs_in_a_name, name)) else "name_shape"


def _belongs_in_a_name(sign: str) -> bool:
    return (
        sign in f"{MIDDLE_DOT} -'.\u2019\u3007\u200c\u200d" or unicodedata.category(sign)[0] in "LM"
    )


def normalise_id_number(text: str) -> str:
    """The number as it is kept: ASCII digits and a capital X, without blanks, hyphens, quotes."""
    number = "".join(text.translate(_TIDY).split()).lstrip(_QUOTES)
    return re.sub(f"[{_HYPHENS}]", "", number).upper()


def id_number_fault(number: str, *, on: date) -> str | None:
    """Why a normalised number is no identity number on the day ``on``, or None.

    ``id_missing``, ``id_shape`` (not 17 digits and a digit or X), ``check_digit``, ``id_date``
    (the birth date is not in the calendar, lies ahead, or more than 120 years back).

    Source: GB 11643-1999, 4.1-4.4.
    """
    if not number:
        return "id_missing"
    if not _ID_SHAPE.fullmatch(number):
        return "id_shape"
    if not _check_digit_is_right(number):
        return "check_digit"
    try:
        born = born_on(number)
    except ValueError:
        return "id_date"
    return None if 0 <= age(born, on=on) <= OLDEST_AGE and born <= on else "id_date"


def _check_digit_is_right(number: str) -> bool:
    try:
        mod_11_2.validate(number)
    except ValidationError:
        return False
    return True


def born_on(number: str) -> date:
    """The birth date in an identity number. Raises ValueError when the calendar has no such day.

    Source: GB 11643-1999, 4.2.2 (digits 7 to 14).
    """
    return date(int(number[6:10]), int(number[10:12]), int(number[12:14]))


def sex(number: str) -> Sex:
    """The sex in an identity number: odd sequence numbers are given to men.

    Source: GB 11643-1999, 4.2.3.
    """
    return "male" if int(number[16]) % 2 else "female"


def age(born: date, *, on: date) -> int:
    """Age in full years on a day; a birthday on 29 February is kept on 1 March."""
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


def is_of_age(number: str, *, on: date, minimum_age: int = MINIMUM_WORKING_AGE) -> bool:
    """Whether the holder of the number has reached ``minimum_age`` (full years) on the day ``on``.

    Source: 劳动法 art. 15.
    """
    return age(born_on(number), on=on) >= minimum_age


def is_known_area(number: str) -> bool:
    """Whether the first two digits were ever a province; a reason to look again, never to refuse.

    Source: GB/T 2260 with its withdrawn codes.
    """
    return _AREAS.match(number) is not None


def normalise_phone(text: str) -> str:
    """A mobile number as it is kept: 11 ASCII digits, the country code and separators removed."""
    signs = text.translate(_TIDY).strip().lstrip(_QUOTES)
    digits = re.sub(rf"[\s{_HYPHENS}().]", "", signs)
    return re.sub(r"^(?:\+|00)?86(?=1[0-9]{10}$)", "", digits)


def is_mobile(number: str) -> bool:
    """Whether a normalised number is a mobile number of mainland China.

    Source: 电信网编号计划 (2017), 1XX numbers of eleven digits from 13 to 19.
    """
    return _MOBILE.fullmatch(number) is not None


def mask_name(name: str) -> str:
    """The name as strangers see it: the first character of each part, in 刘志强 the last too."""
    parts = re.split(rf"([{MIDDLE_DOT} ])", name)
    if len(parts) == 1 and len(name) > 2:  # noqa: PLR2004 - two characters leave nothing between
        return name[0] + "*" * (len(name) - 2) + name[-1]
    return "".join(part[:1] + "*" * (len(part) - 1) for part in parts)


def mask_id_number(number: str) -> str:
    """The first and last four characters; a short or broken number is hidden entirely."""
    if len(number) < 15:  # noqa: PLR2004 - the shortest identity number ever given
        return "*" * len(number)
    return number[:4] + "*" * (len(number) - 8) + number[-4:]


def mask_phone(number: str) -> str:
    """The first three and last four digits of a mobile number; anything else is hidden entirely."""
    if not is_mobile(number):
        return "*" * len(number)
    return number[:3] + "****" + number[-4:]
