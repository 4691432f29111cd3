"""Moodle XML: one <quiz> with its questions; files are embedded."""

import base64
import binascii
import re
from collections.abc import Callable, Mapping
from typing import Final
from urllib.parse import unquote
from xml.etree.ElementTree import Element

from zhupei.questions.formats import answers, markup, safe_xml, words
from zhupei.questions.formats.choices import Share, choose, judge_as
from zhupei.questions.formats.draft import Picture, Reading
from zhupei.questions.formats.judge import Collector, Sketch, whole
from zhupei.questions.formats.safe_xml import Bad, child, children, text_of
from zhupei.questions.rules import LETTERS, Kind

NAME: Final = "moodle"
_STRANGE: Final[Mapping[str, str]] = {
    "matching": "匹配题",
    "randomsamatch": "随机匹配题",
    "cloze": "内嵌答案题（Cloze）",
    "multianswer": "内嵌答案题（Cloze）",
    "calculated": "计算题（带参数）",
    "calculatedsimple": "计算题（带参数）",
    "calculatedmulti": "计算题（带参数）",
    "ddwtos": "拖放填词题",
    "ddimageortext": "图上拖放题",
    "ddmarker": "图上标记题",
    "gapselect": "选词填空题",
    "ordering": "排序题",
    "random": "随机题",
    "coderunner": "编程题",
    "stack": "公式题",
}
_DATA: Final = re.compile(r"^data:image/[a-z+.-]{1,20};base64,", re.IGNORECASE)
_FULL: Final = 99.9


def read(content: bytes) -> Reading:
    """The questions of an export."""
    try:
        root = safe_xml.parse(content)
    except Bad as bad:
        return whole(NAME, bad.code, line=bad.line, most=20)
    collector, category, number = Collector(NAME), "", 0
    for question in root.iter("question"):
        kind = question.get("type", "").strip().lower()
        if kind == "category":
            category = _category(text_of(child(question, "category")))
            continue
        number += 1
        name = words.one_line(text_of(child(question, "name")))[:40]
        position = f"第 {number} 题" + (f" · {name}" if name else "")
        if kind == "description":
            why = "只是说明文字。"
            collector.note(position, "", "left_out", what=name or "description", why=why)
            continue
        collector.add(_Question(question, kind, position, category).sketch())
    return collector.reading()


def _category(path: str) -> str:
    """The last part of a path, which names what the questions are about."""
    parts = [part.strip() for part in re.split(r"(?<!/)/(?!/)", path.strip())]
    last = parts[-1] if parts else ""
    plain = last.replace("//", "/")
    return "" if plain.lower() in {"top", "$course$", "$system$"} or "Default" in plain else plain


class _Question:
    """One question as a sketch."""

    def __init__(self, question: Element, kind: str, position: str, category: str) -> None:
        self._question = question
        self._kind = kind
        self._found = Sketch(position, point=category)

    def sketch(self) -> Sketch:
        found = self._found
        found.stem = self._text(child(self._question, "questiontext"), "stem")
        found.analysis = self._text(child(self._question, "generalfeedback"), "analysis")
        self._worth()
        if any(children(self._question, "hint")):
            found.say.warn("analysis", "hint_dropped")
        if any(text_of(child(one, "feedback")).strip() for one in self._answers):
            found.say.warn("analysis", "feedback_dropped")
        read: Mapping[str, Callable[[], None]] = {
            "multichoice": self._choice,
            "truefalse": self._judgement,
            "shortanswer": self._blank,
            "numerical": self._number,
            "essay": self._essay,
        }
        if self._kind in read:
            read[self._kind]()
        else:
            what = _STRANGE.get(self._kind, self._kind[:40] or "没有题型")
            found.say.refuse("", "not_supported", what=what)
        return found

    @property
    def _answers(self) -> list[Element]:
        return children(self._question, "answer")

    def _worth(self) -> None:
        grade = text_of(child(self._question, "defaultgrade", "defaultmark"))
        self._found.points = words.points(grade or "1") or self._found.points

    def _text(self, element: Element | None, part: str, *, keep: bool = True) -> str:
        """The text of an element in its own format; its pictures go to the question."""
        if element is None:
            return ""
        said = (
            text_of(child(element, "text"))
            if child(element, "text") is not None
            else (element.text or "")
        )
        if element.get("format", "") in {"plain_text", "markdown"}:
            return said
        plain, images = markup.html(said, self._found.say, part)
        if not keep:
            if images:
                self._found.say.refuse(part, "option_picture", letter=part[-1:])
            return plain
        for image in images:
            self._picture(element, image)
        return plain

    def _picture(self, element: Element, image: markup.Image) -> None:
        name = unquote(image.source.rpartition("/")[2])
        given = {one.get("name", ""): one for one in children(element, "file")}
        found = self._found
        try:
            if match := _DATA.match(image.source):
                content = base64.b64decode(image.source[match.end() :])
                name = ""
            elif name in given and given[name].get("encoding", "base64") == "base64":
                content = base64.b64decode(text_of(given[name]))
            else:
                outside = image.source.startswith(("http:", "https:", "//"))
                code = "picture_elsewhere" if outside else "picture_missing"
                found.say.refuse("pictures", code, name=image.source[:80])
                return
        except (binascii.Error, ValueError):
            found.say.refuse("pictures", "picture_kind", name=name[:80])
            return
        found.pictures.append(Picture(name, content, image.alt))

    # --- kinds ----------------------------------------------------------------------------------

    def _shares(self) -> list[Share]:
        return [
            Share(
                self._text(one, f"option_{LETTERS[min(number, 7)]}", keep=False),
                _fraction(one.get("fraction", "")),
            )
            for number, one in enumerate(self._answers)
        ]

    def _choice(self) -> None:
        single = text_of(child(self._question, "single")).strip().lower()
        choose(self._found, self._shares(), several=single in {"false", "0"})

    def _judgement(self) -> None:
        right = [
            words.truth(self._text(one, "answer"))
            for one in self._answers
            if _fraction(one.get("fraction", "")) > 0
        ]
        if len(right) != 1 or right[0] is None:
            self._found.kind = Kind.JUDGE
            self._found.say.refuse("answer", "no_right_option")
            return
        judge_as(self._found, right=right[0])

    def _blank(self) -> None:
        found = self._found
        ways, partial = [], False
        for one in self._answers:
            worth = _fraction(one.get("fraction", ""))
            if worth > _FULL:
                ways.append(self._text(one, "answer").replace(r"\*", "*"))
            partial = partial or 0 < worth < _FULL
        if partial:
            found.say.warn("answer", "all_or_nothing")
        if any("*" in way for way in ways):
            found.say.warn("answer", "wildcard")
        if text_of(child(self._question, "usecase")).strip() == "1":
            found.say.warn("answer", "case_sensitive")
        found.kind, found.key = Kind.BLANK, {"blanks": [ways], "ordered": True}

    def _number(self) -> None:
        self._blank()
        tolerances = [text_of(child(one, "tolerance")).strip() for one in self._answers]
        if any(text not in {"", "0", "0.0"} for text in tolerances):
            self._found.say.warn("answer", "numerical")

    def _essay(self) -> None:
        given = self._text(child(self._question, "graderinfo"), "rubric")
        rubric = answers.rubric(given)
        sample = given if isinstance(rubric, int) else ""
        self._found.kind = Kind.ESSAY
        self._found.key = {"rubric": [] if isinstance(rubric, int) else rubric, "sample": sample}


def _fraction(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return 0.0
