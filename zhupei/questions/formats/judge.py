"""A sketch is what a reader understood of a question; judging makes it a draft, or says why not.

All formats are judged here, by the same rules (``faults.RULES``), so that a question means the
same wherever it came from, and what was written by us reads back as it was.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any, Final

from zhupei.core.import_kinds import Findings
from zhupei.questions import rules
from zhupei.questions.formats import answers, words
from zhupei.questions.formats.draft import (
    MEDIUM,
    TRUE_FALSE,
    Case,
    Draft,
    Key,
    Picture,
    Reading,
    Unread,
)
from zhupei.questions.formats.faults import fault
from zhupei.questions.formats.pictures import settled
from zhupei.questions.rules import CHOICES, LETTERS, Kind

MOST_ITEMS: Final = 20_000  # of one file
CLIPPED: Final = 20_000  # characters of one part that anything looks at
WHOLE_ANSWER: Final = "整题"  # what earns points where nobody said what does
LONGEST: Final[Mapping[str, int]] = {
    "stem": 2_000,
    "option": 500,
    "answer": 4_000,
    "case": 4_000,
    "analysis": 2_000,
    "unit": 200,
    "source": 200,
    "way": 200,  # one way to fill in a blank
}


@dataclass(slots=True)
class Sketch:
    """What was understood so far. ``say`` holds what is wrong, one fault a part at most.

    ``key`` is a key as ``questions.rules`` writes it, not yet believed; None: there is none.
    """

    position: str
    kind: Kind | None = None
    stem: str = ""
    options: list[str] = field(default_factory=list)
    key: Key | None = None
    point: str = ""
    difficulty: int = MEDIUM
    level: str = ""
    source: str = ""
    analysis: str = ""
    points: Decimal = Decimal(1)
    pictures: list[Picture] = field(default_factory=list)
    case: Case | None = None
    cells: dict[str, str] = field(default_factory=dict)  # as written, where that is known better
    text: str = ""  # how it stood in a file of text
    say: Findings = field(default_factory=Findings)


def plain(text: str, say: Findings, part: str) -> str:
    """Text for people; what had tags of a web page loses them, and that is said."""
    if len(text) > CLIPPED:
        say.refuse(part, "too_long", longest=CLIPPED)
    tidied = words.tidy(text[:CLIPPED])
    if "<" not in tidied:
        return tidied
    found = words.tidy(words.without_tags(tidied))
    if found != tidied:
        script = "<script" in tidied.lower()
        say.warn(part, "script_dropped" if script else "tags_dropped")
    return found


def judge(sketch: Sketch) -> Draft | None:
    """The draft of a sketch that keeps every rule; otherwise None, and ``sketch.say`` says why."""
    _settle_texts(sketch)
    say = sketch.say
    say.refuse("stem", None if sketch.stem else "stem_missing")
    if sketch.kind is None:
        say.refuse("kind", "kind_missing")
        return None
    if sketch.kind in CHOICES:
        _judge_choice(sketch)
    else:
        say.refuse("option_A", "options_not_wanted" if sketch.options else None)
        (_judge_blanks if sketch.kind == Kind.BLANK else _judge_essay)(sketch)
    pictures = settled(sketch.pictures, say)
    if say.faults or sketch.key is None:
        return None
    return Draft(
        kind=sketch.kind,
        stem=sketch.stem,
        key=sketch.key,
        options=tuple(sketch.options),
        point=sketch.point,
        difficulty=sketch.difficulty,
        level=sketch.level,
        source=sketch.source,
        analysis=sketch.analysis,
        points=sketch.points,
        pictures=pictures,
        case=sketch.case,
        position=sketch.position,
    )


def _settle_texts(sketch: Sketch) -> None:
    say = sketch.say
    sketch.stem = plain(sketch.stem, say, "stem")
    sketch.options = [
        words.one_line(plain(text, say, f"option_{LETTERS[min(place, 7)]}"))
        for place, text in enumerate(sketch.options)
    ]
    sketch.point = words.one_line(plain(sketch.point, say, "unit"))
    sketch.source = words.one_line(plain(sketch.source, say, "source"))
    sketch.analysis = plain(sketch.analysis, say, "analysis")
    if sketch.case:
        pictures = settled(sketch.case.pictures, say)
        text = plain(sketch.case.text, say, "case")
        sketch.case = Case(text or "见图", pictures) if text or pictures else None
    lengths = {
        "stem": sketch.stem,
        "unit": sketch.point,
        "source": sketch.source,
        "analysis": sketch.analysis,
        "case": sketch.case.text if sketch.case else "",
    }
    for part, text in lengths.items():
        _check_length(say, part, text, LONGEST[part])


def _check_length(say: Findings, part: str, text: str, longest: int) -> None:
    say.refuse(part, "too_long" if len(text) > longest else None, longest=longest)


# --- choices ------------------------------------------------------------------------------------


def _judge_choice(sketch: Sketch) -> None:
    if sketch.kind == Kind.JUDGE:
        _judge_options_of_judgement(sketch)
    else:
        _judge_options(sketch)
    _judge_letters(sketch)


def _judge_options(sketch: Sketch) -> None:
    texts, say = sketch.options, sketch.say
    while texts and not texts[-1]:
        texts.pop()
    if len(texts) > len(LETTERS):
        say.refuse("option_H", "options_too_many", count=len(texts))
    for place, (letter, text) in enumerate(zip(LETTERS, texts, strict=False)):
        if not text:
            say.refuse(f"option_{letter}", "option_gap", letter=letter)
        elif text in texts[:place]:
            say.refuse(f"option_{letter}", "option_twice", letter=letter)
        _check_length(say, f"option_{letter}", text, LONGEST["option"])
    if len(texts) < 2:  # noqa: PLR2004 - with one option there is nothing to choose
        say.refuse("option_B", "options_too_few")


def _judge_options_of_judgement(sketch: Sketch) -> None:
    """正确 and 错误, in the order they were given; right first where they were not."""
    while sketch.options and not sketch.options[-1]:
        sketch.options.pop()
    meant = [words.truth(text) for text in sketch.options]
    if meant not in ([], [True, False], [False, True]):
        sketch.say.refuse("option_A", "options_not_judge")
    if meant != [False, True]:
        sketch.options = list(TRUE_FALSE)


def _judge_letters(sketch: Sketch) -> None:
    key, say = sketch.key, sketch.say
    if not key or not isinstance(key, str):
        say.refuse("answer", "answer_missing")
        return
    for letter in key:
        if letter not in LETTERS[: len(sketch.options)]:
            say.refuse("answer", "answer_not_an_option", letter=letter)
    if sketch.kind == Kind.MULTIPLE and len(key) == 1:
        say.refuse("answer", "answer_only_one")
    elif sketch.kind != Kind.MULTIPLE and len(key) > 1:
        say.refuse("answer", "answer_not_one")
    sketch.key = "".join(sorted(key))


# --- what is written ----------------------------------------------------------------------------


def _judge_blanks(sketch: Sketch) -> None:
    say = sketch.say
    given = sketch.key["blanks"] if isinstance(sketch.key, Mapping) else []
    blanks = [_ways(blank, say) for blank in given]
    if not any(blanks):
        say.refuse("answer", "answer_missing")
        return
    for number, blank in enumerate(blanks, 1):
        say.refuse("answer", None if blank else "blank_empty", blank=number)
    sketch.stem = answers.mark_blanks(sketch.stem)
    marked = sketch.stem.count(answers.BLANK)
    if marked and marked != len(blanks):
        say.refuse("answer", "blanks_differ", marked=marked, given=len(blanks))
    elif not marked and len(blanks) > 1:
        say.refuse("stem", "blanks_unmarked", given=len(blanks))
    ordered = bool(sketch.key.get("ordered", True)) if isinstance(sketch.key, Mapping) else True
    sketch.key = {"blanks": blanks, "ordered": ordered or len(blanks) == 1}


def _ways(ways: Sequence[str], say: Findings) -> list[str]:
    found: list[str] = []
    for way in ways:
        text = words.one_line(plain(way, say, "answer"))
        _check_length(say, "answer", text, LONGEST["way"])
        if text and text not in found:
            found.append(text)
    return found


def _judge_essay(sketch: Sketch) -> None:
    say = sketch.say
    key: Mapping[str, Any] = sketch.key if isinstance(sketch.key, Mapping) else {}
    rubric = [
        {"what": words.one_line(plain(one["what"], say, "rubric")), "points": one["points"]}
        for one in key.get("rubric", ())
    ]
    if wordless := [n for n, line in enumerate(rubric, start=1) if not line["what"]]:
        say.refuse("rubric", "rubric_words", line=wordless[0])
    sample = plain(key.get("sample", ""), say, "answer")
    _check_length(say, "answer", sample, LONGEST["answer"])
    _check_length(say, "rubric", answers.write_rubric(rubric), LONGEST["answer"])
    if not rubric:
        say.warn("rubric", "no_rubric")
        rubric = [{"what": WHOLE_ANSWER, "points": words.decimal(sketch.points)}]
    sketch.key = {"rubric": rubric, "sample": sample}


# --- a whole file -------------------------------------------------------------------------------


def fingerprint(draft: Draft) -> str:
    """The same for two questions that ask the same: case, stem and options, blanks apart."""
    case = "".join(draft.case.text.split()) if draft.case else ""
    return f"{rules.fingerprint(draft.stem, draft.options)}{case}"


def placed(drafts: Sequence[Draft]) -> list[Draft]:
    """The drafts, those of a case counted from 1."""
    counts: dict[str, int] = {}
    found = []
    for draft in drafts:
        if draft.case is None:
            found.append(draft)
            continue
        counts[draft.case.text] = counts.get(draft.case.text, 0) + 1
        found.append(replace(draft, place=counts[draft.case.text]))
    return found


class Collector:
    """Gathers what a reader finds, in the order of the file."""

    def __init__(self, form: str) -> None:
        self._form = form
        self._drafts: list[Draft] = []
        self._unread: list[Unread] = []
        self._notes: list[Any] = []
        self._seen: dict[str, str] = {}

    @property
    def count(self) -> int:
        """How many questions were gathered."""
        return len(self._drafts) + len(self._unread)

    def add(self, sketch: Sketch) -> None:
        """Judge a sketch and keep what comes of it."""
        if self.count > MOST_ITEMS:
            return
        draft = None if sketch.say.faults.get("") else judge(sketch)
        if draft is not None:
            before = self._seen.setdefault(fingerprint(draft), sketch.position)
            if before != sketch.position:
                sketch.say.refuse("stem", "duplicate_in_file", where=before)
                draft = None
        if draft is None:
            self._refuse(sketch)
            return
        self._drafts.append(draft)
        for part, code, facts in sketch.say.warnings:
            self.note(sketch.position, part, code, **facts)

    def note(self, position: str, part: str, code: str, **facts: Any) -> None:
        """Something was left out or changed."""
        said = fault(position, part, code, **facts)
        if said not in self._notes[-8:]:
            self._notes.append(said)

    def _refuse(self, sketch: Sketch) -> None:
        said = tuple(
            fault(sketch.position, part, code, **facts)
            for part, (code, facts) in sketch.say.faults.items()
        )
        cells = {**cells_of(sketch), **sketch.cells}
        shown = settled(sketch.pictures, Findings())
        self._unread.append(Unread(sketch.position, cells, said, sketch.text, shown))

    def reading(self) -> Reading:
        """What was gathered. A file without questions, or with too many, is refused as a whole."""
        if self.count > MOST_ITEMS:
            return whole(self._form, "too_large", most=20)
        if not self.count:
            return whole(self._form, "no_items")
        faults = [one for unread in self._unread for one in unread.faults]
        return Reading(placed(self._drafts), faults, self._notes, self._unread, self._form)


def whole(form: str, code: str, **facts: Any) -> Reading:
    """A file that is refused as a whole."""
    return Reading(faults=(fault("", "", code, **facts),), format=form)


def cells_of(sketch: Sketch) -> dict[str, str]:
    """What was understood, in the columns of the spreadsheet."""
    cells = {
        "kind": words.KIND_NAMES[sketch.kind] if sketch.kind else "",
        "stem": sketch.stem,
        "answer": "",
        "rubric": "",
        "case": sketch.case.text if sketch.case else "",
        "unit": sketch.point,
        "difficulty": words.DIFFICULTY_NAMES[sketch.difficulty - 1] if sketch.difficulty else "",
        "level": words.LEVELS.get(sketch.level, ""),
        "source": sketch.source,
        "points": words.decimal(sketch.points),
        "analysis": sketch.analysis,
    }
    cells |= {
        f"option_{letter}": text for letter, text in zip(LETTERS, sketch.options, strict=False)
    }
    return cells | key_cells(sketch.kind, sketch.key, sketch.options)


def key_cells(kind: Kind | None, key: Key | None, options: Sequence[str]) -> dict[str, str]:
    """A key in the columns of the spreadsheet."""
    if isinstance(key, str):
        place = LETTERS.find(key) if len(key) == 1 else -1
        word = options[place] if kind == Kind.JUDGE and 0 <= place < len(options) else key
        return {"answer": word}
    if key is None:
        return {}
    if "blanks" in key:
        return {"answer": answers.write_blanks(key)}
    return {"answer": key["sample"], "rubric": answers.write_rubric(key["rubric"])}
