"""What complaints are about, how long each step may take, what must not be told, what is too few to
be shown.
"""

import re
from collections.abc import Collection, Mapping
from datetime import date
from enum import StrEnum
from typing import NamedTuple, TypeVar

Key = TypeVar("Key")


class Kind(StrEnum):
    """What somebody complains about."""

    STAND_IN = "stand_in"
    FEES = "fees"
    PROMISES = "promises"
    FORCED = "forced"
    TEXTBOOKS = "textbooks"
    TEACHER = "teacher"
    HOURS = "hours"
    SAFETY = "safety"
    UNLICENSED = "unlicensed"
    EXAM = "exam"
    CERTIFICATE = "certificate"
    CONDUCT = "conduct"
    OTHER = "other"


def grounds() -> dict[Kind, str]:
    """For each kind the article that is likely to forbid it: a hint for whoever investigates.

    Source: project register of facts, §9 (民办教育促进法实施条例第63条 as a dictionary); Measures,
    art. 11, 13 and 20; notice, part 2, section 2 (textbooks taken back).
    """
    law = "《民办教育促进法实施条例》第六十三条第（%s）项"
    return {
        Kind.STAND_IN: "《办法》第十三条（严格考勤、全过程管理）",
        Kind.FEES: law % "十一",
        Kind.PROMISES: law % "八",
        Kind.FORCED: "《办法》第十一条（自愿参加、自主选择）",
        Kind.TEXTBOOKS: "2023 年度评估通报第二部分（教材人手一册、不得收回）",
        Kind.TEACHER: law % "七",
        Kind.HOURS: law % "四",
        Kind.SAFETY: law % "五",
        Kind.UNLICENSED: law % "九",
        Kind.EXAM: "《办法》第二十条（考核真实有序）",
        Kind.CERTIFICATE: "《办法》第十八条（考核通过后取得证书）",
        Kind.CONDUCT: "《办法》第二十三条（侵害学员利益）",
        Kind.OTHER: law % "十二",
    }


class Clock(StrEnum):
    """What of a complaint can be late."""

    ASSIGN = "assign"
    REPLY = "reply"
    CLOSE = "close"


class Term(StrEnum):
    """Why a complaint cannot be taken up again."""

    NOT_ANSWERED = "not_answered"
    TOO_LATE = "too_late"
    TOO_OFTEN = "too_often"


def may_reopen(today: date, last_day: date | None, *, times: int, at_most: int) -> Term | None:
    """Why somebody may not ask for it to be looked at again; None when they may.

    ``last_day`` is the last of the term, None before there was an answer.

    Source: project register of facts, §9 (satisfaction and re-opening; the term and the number are
    the parameters complaints.reopen_days and complaints.reopen_times).
    """
    if last_day is None:
        return Term.NOT_ANSWERED
    if times >= at_most:
        return Term.TOO_OFTEN
    return Term.TOO_LATE if today > last_day else None


class Stretch(StrEnum):
    """Why a complaint gets no more time."""

    NOT_LATER = "due_not_later"
    TOO_FAR = "due_too_late"
    TOO_OFTEN = "extended_already"


def may_stretch(due: date, until: date, *, last: date, times: int, at_most: int) -> Stretch | None:
    """Why the term of a result may not end on ``until`` instead of ``due``; None when it may.

    ``last`` is the latest day it may ever end on, ``times`` how often it was moved already.

    Source: project register of facts, §9 (信访工作条例: where a matter is intricate the head of the
    body may give more time, 30 days at most, and the reason is told; borrowed, the figures are
    complaints.extension_days and complaints.extension_times).
    """
    if times >= at_most:
        return Stretch.TOO_OFTEN
    if until <= due:
        return Stretch.NOT_LATER
    return Stretch.TOO_FAR if until > last else None


def alike(one: Collection[str], other: Collection[str]) -> int:
    """How alike two texts are, in per cent: the pairs of signs they share, of all they have. What
    pg_trgm measures for the question bank, reckoned here: the words of complaints are encrypted,
    and the database never reads them.

    Source: project register of facts, §9 (the same matter reported by several).
    """
    first, second = set(one), set(other)
    return share(len(first & second), len(first | second)) or 0


class Exposure(NamedTuple):
    """What a text for the institution tells of the complainant: words that may not stand there, and
    words somebody has to look at again.
    """

    forbidden: tuple[str, ...]
    doubtful: tuple[str, ...]


COPIED = 15  # signs in a row taken over from the complaint
TELLING_DIGITS = 7  # of a telephone number
_PART = re.compile(r"[·\s]+")
_NOISE = re.compile(r"[\s，。、；：！？,.;:!?“”\"'（）()《》-]+")


def exposure(text: str, *, name: str, phone: str, told: str) -> Exposure:
    """What ``text`` gives away of somebody with this name and phone who ``told`` us this.

    The whole name and the number are forbidden. A part of the name, and a stretch of the
    complaint taken over word for word, are doubtful: a style is recognised as well as a face.

    Source: PIPL, art. 6 and 51; project register of facts, §9 (投诉人身份对被投诉机构隐藏).
    """
    digits = re.sub(r"\D", "", phone)
    bare = re.sub(r"[\s-]", "", text)
    forbidden = [name] if name and name in text else []
    if len(digits) >= TELLING_DIGITS and digits in bare:
        forbidden.append(phone)
    parts = [part for part in _PART.split(name) if len(part) > 1 and part != name and part in text]
    if len(digits) > TELLING_DIGITS and digits[-TELLING_DIGITS:] in bare and not forbidden:
        parts.append(digits[-TELLING_DIGITS:])
    copied = longest_common(_NOISE.sub("", text), _NOISE.sub("", told))
    if len(copied) >= COPIED:
        parts.append(copied)
    return Exposure(tuple(forbidden), () if forbidden else tuple(parts))


def longest_common(one: str, other: str) -> str:
    """The longest stretch that stands in both."""
    best, before = "", [0] * (len(other) + 1)
    for at, sign in enumerate(one, 1):
        row = [0] * (len(other) + 1)
        for there, same in enumerate(other, 1):
            if sign == same:
                row[there] = before[there - 1] + 1
                if row[there] > len(best):
                    best = one[at - row[there] : at]
        before = row
    return best


def shown(counts: Mapping[Key, int], fewest: int) -> dict[Key, int | None]:
    """Counts as strangers may see them: those between 1 and ``fewest`` - 1 are None. Where only one
    would be hidden, its neighbour above goes, too, or the total gave it away.

    Source: PIPL, art. 51 (de-identification; the number is the parameter complaints.fewest_shown).
    """
    hidden = {key for key, count in counts.items() if 0 < count < fewest}
    if len(hidden) == 1:
        others = [key for key, count in counts.items() if key not in hidden and count]
        hidden |= {min(others, key=lambda key: counts[key])} if others else set()
    return {key: None if key in hidden else count for key, count in counts.items()}


def share(part: int, whole: int) -> int | None:
    """Per cent, rounded half up; None of nothing."""
    return (200 * part + whole) // (2 * whole) if whole else None
