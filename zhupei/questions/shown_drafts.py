"""How a question of a file is shown before it is taken in: as the candidate would see it."""

import base64
from collections.abc import Sequence
from dataclasses import dataclass

from zhupei.questions.actions.likely import Like
from zhupei.questions.formats import pictures
from zhupei.questions.formats.draft import Draft, Picture
from zhupei.questions.models import Difficulty, ItemKind
from zhupei.questions.rules import LETTERS
from zhupei.questions.shown import Asked, AskedCase, answer


@dataclass(frozen=True, slots=True)
class Preview:
    """A question, where it stood, and what it looks like. ``known``: the set has it already."""

    position: str
    asked: Asked
    alike: Sequence[Like]
    known: bool
    point: str
    difficulty: str
    place: int


def preview(draft: Draft, alike: Sequence[Like], *, known: bool) -> Preview:
    """What the dry run shows of a draft."""
    right = draft.key if isinstance(draft.key, str) else ""
    blanks = 0 if isinstance(draft.key, str) else len(draft.key.get("blanks", ()))
    case = AskedCase(draft.case.text, _pictures(draft.case.pictures)) if draft.case else None
    shown = Asked(
        kind=draft.kind,
        kind_label=str(ItemKind(draft.kind).label),
        stem=draft.stem,
        choices=[
            (letter, text, letter in right)
            for letter, text in zip(LETTERS, draft.options, strict=False)
        ],
        pictures=_pictures(draft.pictures),
        case=case,
        gaps=list(range(1, blanks + 1)),
        answer=answer(draft.kind, draft.options, draft.key),
        analysis=draft.analysis,
    )
    difficulty = str(Difficulty(draft.difficulty).label)
    return Preview(draft.position, shown, alike, known, draft.point, difficulty, draft.place)


def _pictures(drawn: Sequence[Picture]) -> list[dict[str, str]]:
    """Not stored yet, so the page holds their bytes."""
    return [
        {
            "url": f"data:{pictures.media_type(one.content)};base64,"
            + base64.b64encode(one.content).decode(),
            "alt": one.alt,
        }
        for one in drawn
    ]
