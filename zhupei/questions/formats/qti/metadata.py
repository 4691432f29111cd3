"""What a manifest says of an item, in the words of LOM: difficulty, knowledge point, source."""

from collections.abc import Mapping
from typing import Final
from xml.etree.ElementTree import Element

from zhupei.questions.formats import words
from zhupei.questions.formats.judge import Sketch
from zhupei.questions.formats.safe_xml import local

DIFFICULTIES: Final[Mapping[int, str]] = {
    1: "very easy",
    2: "easy",
    3: "medium",
    4: "difficult",
    5: "very difficult",
}
_NUMBERS: Final = {word: number for number, word in DIFFICULTIES.items()}
POINT, LEVEL, SOURCE = "discipline", "competency", "isbasedon"


def read(resource: Element | None, into: Sketch) -> None:
    """Complete a sketch with what its resource says."""
    for element in resource.iter() if resource is not None else ():
        tag = local(element.tag)
        if tag == "difficulty":
            word = _text(element, "value").lower()
            into.difficulty = _NUMBERS.get(word, into.difficulty)
        elif tag == "classification":
            _classify(element, into)
        elif tag == "relation" and _text(element, "value").lower() == SOURCE:
            into.source = _text(element, "string", "langstring")


def _classify(element: Element, into: Sketch) -> None:
    purpose = _text(element, "value").lower()
    said = _text(element, "string", "langstring")
    if purpose == POINT:
        into.point = said
    elif purpose == LEVEL:
        into.level = words.level(said) or into.level


def _text(element: Element, *names: str) -> str:
    found = [one for one in element.iter() if local(one.tag) in names]
    return "".join(found[0].itertext()).strip() if found else ""
