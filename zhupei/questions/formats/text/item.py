"""One question of such a text: stem, options, answer and what else is labelled."""

import re
from collections.abc import Mapping, Sequence
from typing import Final

from zhupei.questions.formats import answers, words
from zhupei.questions.formats.draft import Case, Picture
from zhupei.questions.formats.judge import Sketch
from zhupei.questions.formats.text import lines, options
from zhupei.questions.formats.text.blocks import Block
from zhupei.questions.formats.text.table import Table
from zhupei.questions.rules import CHOICES, Kind

_SIGN: Final = r"[A-HＡ-Ｈ](?:[\s,，、]*[A-HＡ-Ｈ]){0,7}|正确|错误|[√×✓✔✗✘对错]"
_LAST: Final = re.compile(rf"[（(【\[]\s*({_SIGN})\s*[)）\]】](?=\s*[。.．?？!！:：;；]?\s*$)")
_INSIDE: Final = re.compile(rf"[（(]\s*({_SIGN})\s*[)）]")
_PREFIX: Final = re.compile(
    r"^\s*[【\[（(]\s*(单选|单项选择|多选|多项选择|不定项选择|不定项|判断|填空|简答|问答|论述|计算|名词解释)"
    r"题?\s*[)）\]】]\s*[.．、:：]?\s*"
)
_LETTERS: Final = re.compile(r"[A-HＡ-Ｈ](?:[\s,，、]*[A-HＡ-Ｈ]){0,7}[\s。.]*")
_FILLED: Final = re.compile(r"[（(]\s*([^（）()]{1,40}?)\s*[)）]")
_EMPTY: Final = "（　）"
_PICTURES: Final = re.compile(f"{lines.PICTURE}(\\d+){lines.PICTURE}")


def sketch(
    block: Block, table: Table, *, position: str, pictures: Sequence[Picture] = ()
) -> Sketch:
    """What a block says. Pictures are named in it by their numbers."""
    found = Sketch(position, text=_as_written(block, table))
    text = _without_marks(block.body, found, pictures)
    body, said = lines.labelled(text)
    stem, found.options = options.split(body)
    found.stem = stem
    found.kind = _named_kind(block, found, said)
    _read_labels(found, said, block)
    if block.case:
        shared = Sketch("")
        found.case = Case(_without_marks(block.case, shared, pictures), tuple(shared.pictures))
    _read_answer(found, said, table.of(found.kind, block.number))
    if any(options.begins_again(option) for option in found.options):
        found.say.refuse("stem", "glued")
    if gap := options.skipped(body):
        found.say.refuse(f"option_{gap}", "option_order", letter=gap)
    return found


def _without_marks(text: str, into: Sketch, pictures: Sequence[Picture]) -> str:
    """Text whose pictures were given to the question; a formula cannot be kept."""
    for match in _PICTURES.finditer(text):
        if int(match[1]) < len(pictures):
            into.pictures.append(pictures[int(match[1])])
    if lines.FORMULA in text:
        into.say.refuse("stem", "formula")
    return _PICTURES.sub("", text).replace(lines.FORMULA, "")


def _named_kind(block: Block, found: Sketch, said: Mapping[str, Sequence[str]]) -> Kind | None:
    """The kind a label, a prefix of the stem or the heading names."""
    if "kind" in said:
        kind = words.kind(said["kind"][0])
        if kind is None:
            found.say.refuse("kind", "kind_unknown")
        return kind
    if prefix := _PREFIX.match(found.stem):
        found.stem = found.stem[prefix.end() :]
        return words.kind(prefix[1])
    return block.heading.kind if block.heading else None


def _read_labels(found: Sketch, said: Mapping[str, Sequence[str]], block: Block) -> None:
    say = found.say
    found.analysis = "\n".join(said.get("analysis", ()))
    found.point = "".join(said.get("unit", ())[:1])
    found.source = "".join(said.get("source", ())[:1])
    if "difficulty" in said:
        found.difficulty = words.difficulty(_word(said["difficulty"][0]))
        say.refuse("difficulty", None if found.difficulty else "difficulty")
    if "level" in said:
        level = words.level(_word(said["level"][0]))
        say.refuse("level", "level_unknown" if level is None else None)
        found.level = level or ""
    given = said["points"][0] if "points" in said else block.heading and block.heading.points
    if given:
        points = words.points(_word(given))
        if points is None:
            say.refuse("points", "points", most=words.MOST_POINTS)
        else:
            found.points = points


def _word(text: str) -> str:
    return text.strip(" \u3000。.；;,，【】")


# --- the answer ---------------------------------------------------------------------------------


def _read_answer(found: Sketch, said: Mapping[str, Sequence[str]], of_table: str) -> None:
    given = "\n".join(said.get("answer", ())).strip() or of_table.strip()
    given = _from_brackets(found, given)
    found.kind = found.kind or _kind_of(found, given)
    if found.kind not in {Kind.BLANK, Kind.ESSAY}:
        found.stem = answers.empty_brackets(found.stem)
    if found.kind in CHOICES:
        given = given.split("\n")[0].strip(" \u3000。.；;]】")
        given = re.sub(r"^(?:选|为|是)\s*", "", given)
        with_text = re.match(r"([A-HＡ-Ｈ]+)\s*[.．、:：]\s*\S", given)
        if with_text and answers.letters(given) is None:
            given = with_text[1]  # the option is repeated after its letter
    elif found.kind == Kind.BLANK:
        given = _of_blanks(given)
    criteria = "\n".join(said.get("rubric", ()))
    if found.kind == Kind.ESSAY and not criteria and isinstance(answers.rubric(given), list):
        criteria, given = given, ""
    if found.kind is None:
        found.say.refuse("stem", "not_a_question")
        return
    found.key = answers.understood(found.kind, given, criteria, found.options, found.say)


def _from_brackets(found: Sketch, given: str) -> str:
    """The answer inside the brackets of the stem, which are emptied."""
    if found.kind == Kind.BLANK and not given:
        return _from_blanks(found)
    inside = [*_LAST.finditer(found.stem)] or ([] if given else [*_INSIDE.finditer(found.stem)])
    if not inside or found.kind in {Kind.BLANK, Kind.ESSAY}:
        return given
    last = inside[-1]
    here = options.letters_of(re.sub(r"[\s,，、]", "", last[1]))
    if given and not _same(here, given):
        found.say.refuse("answer", "answer_twice")
    found.stem = f"{found.stem[: last.start()]}{_EMPTY}{found.stem[last.end() :]}"
    return given or here


def _from_blanks(found: Sketch) -> str:
    """What stands in the brackets of a stem where nothing is left to fill in."""
    if answers.BLANK in answers.mark_blanks(found.stem):
        return ""
    inside = _FILLED.findall(found.stem)
    found.stem = _FILLED.sub(_EMPTY, found.stem)
    return "；".join(inside)


def _same(here: str, given: str) -> bool:
    truth = words.truth(here)
    if truth is not None and truth == words.truth(given):
        return True
    return answers.letters(here) == answers.letters(given.split("\n", maxsplit=1)[0])


def _kind_of(found: Sketch, given: str) -> Kind | None:
    """The kind of a question nobody named: by its options and its answer."""
    sides = [words.truth(text) for text in found.options]
    if sides in ([True, False], [False, True]):
        return Kind.JUDGE
    if found.options:
        letters = answers.letters(given.split("\n", maxsplit=1)[0])
        return Kind.MULTIPLE if letters and len(letters) > 1 else Kind.SINGLE
    if words.truth(given) is not None:
        return Kind.JUDGE
    if not given:
        return None
    if _LETTERS.fullmatch(given) and answers.BLANK not in found.stem:
        return Kind.SINGLE  # of options nobody can see: refused, with that reason
    return Kind.BLANK if answers.BLANK in answers.mark_blanks(found.stem) else Kind.ESSAY


def _of_blanks(given: str) -> str:
    """Blanks as people set them apart: by ；, by lines, by numbers (1) … (2) …"""
    numbered = re.split(r"(?:^|\s|[；;])[（(]?\d{1,2}[)）]\s*|[①②③④⑤⑥⑦⑧⑨⑩]\s*", given)
    parts = [part.strip(" \u3000；;") for part in numbered if part.strip(" \u3000；;\n")]
    text = "；".join(parts) if len(numbered) > 1 and not numbered[0].strip() else given
    return text.strip(" \u3000。")


def _as_written(block: Block, table: Table) -> str:
    """The question as it stood, complete on its own: with its kind, its case and its answer."""
    kind = block.heading.kind if block.heading else None
    said = [f"【案例】{block.case.strip()}"] if block.case else []
    number = f"{block.number}. " if block.number else ""
    said.append(number + block.body.rstrip())
    if kind is not None and "kind" not in lines.labelled(block.body)[1]:
        said.append(f"【题型】{words.KIND_NAMES[kind]}")
    if not block.is_complete and (answer := table.of(kind, block.number)):
        said.append(f"【答案】{answer}")
    if block.case:
        said.append("【案例结束】")
    return _PICTURES.sub("", "\n".join(said)).replace(lines.FORMULA, "")
