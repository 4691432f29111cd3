"""How items are shown: as the candidate sees them, with their key, and where they stand."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.core import signing
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zhupei.core.models import StoredFile
from zhupei.questions.contents import Content, Shown
from zhupei.questions.models import (
    Case,
    Cognition,
    Decision,
    Difficulty,
    Item,
    ItemKind,
    ItemState,
    ItemVersion,
    Opinion,
    Picture,
    Review,
    State,
    VersionState,
)
from zhupei.questions.rules import LETTERS, Kind
from zhupei.questions.words import PARTS, WHOLE

SALT = "questions.picture"
AN_HOUR_OF_WRITING = 12 * 3600  # seconds a picture may wait in a form that is not saved


class Badge(NamedTuple):
    """A state as icon, word and colour."""

    icon: str
    word: str | Promise
    tone: str


VERSION_BADGES = {
    VersionState.DRAFT: Badge("pencil", gettext_lazy("草稿"), ""),
    VersionState.IN_REVIEW: Badge("hourglass", gettext_lazy("审题中"), "warn"),
    VersionState.RETURNED: Badge("arrow-back-up", gettext_lazy("已退回"), "bad"),
    VersionState.PUBLISHED: Badge("circle-check", gettext_lazy("在用"), "ok"),
    VersionState.REPLACED: Badge("history", gettext_lazy("已被替换"), ""),
    VersionState.DROPPED: Badge("trash", gettext_lazy("已作废"), ""),
}
AGREED = Badge("circle-check", gettext_lazy("新版已通过，等同组一起发布"), "info")
RETIRED = Badge("ban", gettext_lazy("已停用"), "")
SET_BADGES = {
    State.DRAFT: Badge("edit", gettext_lazy("整理中"), ""),
    State.PUBLISHED: Badge("circle-check", gettext_lazy("已发布"), "ok"),
    State.RETIRED: RETIRED,
}
SEALED = Badge("lock", gettext_lazy("封存"), "warn")
FAULTY = Badge("alert-triangle", gettext_lazy("有疑点，暂停抽用"), "bad")
HELD = Badge("hourglass", gettext_lazy("考后更正过，暂停抽用"), "warn")
DECISIONS = {
    Decision.NONE: Badge("hourglass", gettext_lazy("未审"), ""),
    Decision.AGREE: Badge("circle-check", gettext_lazy("同意"), "ok"),
    Decision.OBJECT: Badge("arrow-back-up", gettext_lazy("退回修改"), "bad"),
}


def badges(item: Item, held: Review | None = None) -> list[Badge]:
    """In use or not, and drawn or ``held`` back; where a newer version is, when there is one."""
    if item.state == ItemState.RETIRED:
        return [RETIRED]
    found = []
    if item.state == ItemState.PUBLISHED:
        found.append(VERSION_BADGES[VersionState.PUBLISHED])
        if held:
            found.append(FAULTY if held.closed_at else HELD)
    if item.latest is not None and item.latest_id != item.current_id:
        badge = VERSION_BADGES[VersionState(item.latest.state)]
        word = _("新版%(state)s") % {"state": badge.word} if found else badge.word
        found.append(badge._replace(word=word))
    return found


@dataclass(frozen=True)
class Asked:
    """One item as the candidate will see it, and what its key says."""

    kind: str
    kind_label: str
    stem: str
    choices: list[tuple[str, str, bool]]
    pictures: list[dict[str, str]]
    case: "AskedCase | None"
    gaps: list[int]
    answer: dict[str, Any]
    analysis: str


@dataclass(frozen=True)
class AskedCase:
    text: str
    pictures: list[dict[str, str]]


def asked(said: Content) -> Asked:
    """What somebody is writing, perhaps not finished."""
    return Asked(
        kind=said.kind,
        kind_label=str(ItemKind(said.kind).label),
        stem=said.stem,
        choices=_choices(said.options, said.key),
        pictures=[unsaved(one) for one in said.pictures],
        case=_case(said.case) if said.case else None,
        gaps=_gaps(said.key),
        answer=answer(said.kind, said.options, said.key),
        analysis=said.analysis,
    )


def asked_version(version: ItemVersion, pictures: Sequence[Picture] | None = None) -> Asked:
    """A stored version; its case should be at hand, and its pictures with those of the case: in
    one list, or prefetched.
    """
    own = version.pictures.all() if pictures is None else [p for p in pictures if p.version_id]
    of_case = None if pictures is None else [p for p in pictures if p.case_id]
    return Asked(
        kind=version.kind,
        kind_label=version.get_kind_display(),
        stem=version.stem,
        choices=_choices(version.options, version.key),
        pictures=[saved(picture) for picture in own],
        case=_case(version.case, of_case) if version.case else None,
        gaps=_gaps(version.key),
        answer=answer(version.kind, version.options, version.key),
        analysis=version.analysis,
    )


def _case(case: Case, pictures: Sequence[Picture] | None = None) -> AskedCase:
    found = case.pictures.all() if pictures is None else pictures
    return AskedCase(case.text, [saved(picture) for picture in found])


def _choices(options: Sequence[str], key: Any) -> list[tuple[str, str, bool]]:
    right = key if isinstance(key, str) else ""
    return [(letter, text, letter in right) for letter, text in zip(LETTERS, options, strict=False)]


def _gaps(key: Any) -> list[int]:
    blanks = key.get("blanks", []) if isinstance(key, dict) else []
    return list(range(1, len(blanks) + 1))


def answer(kind: str, options: Sequence[str], key: Any) -> dict[str, Any]:
    """What the key says, for people."""
    if isinstance(key, str):
        texts = dict(zip(LETTERS, options, strict=False))
        right = [texts.get(letter, "") for letter in key]
        return {"letters": key, "word": right[0] if kind == Kind.JUDGE and right else ""}
    if kind == Kind.BLANK:
        return {"blanks": key.get("blanks", []), "ordered": key.get("ordered", True)}
    return {"rubric": key.get("rubric", []), "sample": key.get("sample", "")}


def saved(picture: Picture) -> dict[str, str]:
    return {"url": reverse("questions:picture", args=[picture.pk]), "alt": picture.alt}


def unsaved(picture: Shown) -> dict[str, str]:
    url = reverse("questions:unsaved-picture", args=[token(picture.file)])
    return {"url": url, "alt": picture.alt}


def token(file: StoredFile) -> str:
    """Names a picture that was sent with a form; nobody else can name it."""
    return signing.dumps(str(file.pk), salt=SALT)


def key_of(said: str) -> str | None:
    """The key of the picture a token names; None for a false or an old one."""
    try:
        found: str = signing.loads(said, salt=SALT, max_age=AN_HOUR_OF_WRITING)
    except signing.BadSignature:
        return None
    return found


def key_in_words(kind: str, options: Sequence[str], key: Any) -> str:
    """The key in one text, for comparing two versions."""
    said = answer(kind, options, key)
    if "letters" in said:
        return str(said["letters"])
    if "blanks" in said:
        lines = [" | ".join(variants) for variants in said["blanks"]]
        return "\n".join([*lines, "" if said["ordered"] else _("不分先后")]).strip()
    rows = [f"{row['what']}（{row['points']} 分）" for row in said["rubric"]]
    return "\n".join([*rows, said["sample"]]).strip()


def in_words(version: ItemVersion) -> dict[str, str]:
    """Every part of a version in words."""
    options = [f"{letter} {text}" for letter, text in version.letters]
    return {
        "kind": version.get_kind_display(),
        "stem": version.stem,
        "options": "\n".join(options) if version.kind != Kind.JUDGE else "",
        "key": key_in_words(version.kind, version.options, version.key),
        "pictures": "\n".join(picture.alt for picture in version.pictures.all()),
        "case": version.case.text if version.case else "",
        "position": str(version.position or ""),
        "point": version.point,
        "difficulty": str(Difficulty(version.difficulty).label),
        "cognition": str(Cognition(version.cognition).label),
        "source": version.source,
        "analysis": version.analysis,
    }


def difference(before: ItemVersion, after: ItemVersion) -> list[dict[str, Any]]:
    """What two versions say differently, part by part."""
    old, new = in_words(before), in_words(after)
    if [one.file_id for one in before.pictures.all()] != [
        one.file_id for one in after.pictures.all()
    ]:
        new["pictures"] = (new["pictures"] + _("（图片换过）")).strip()
    return [
        {"field": PARTS[part], "before": old[part], "after": new[part]}
        for part in PARTS
        if old[part] != new[part]
    ]


def reasons(opinion: Opinion) -> list[dict[str, Any]]:
    """What an expert said, part by part."""
    return [
        {"label": PARTS.get(part, WHOLE), "text": text} for part, text in opinion.reasons.items()
    ]
