"""One view on both versions: qti-choice-interaction is choiceInteraction, shuffle-x is shuffleX."""

import re
from functools import lru_cache
from xml.etree.ElementTree import Element

from zhupei.questions.formats.safe_xml import local


def name(element: Element) -> str:
    """The name of an element as QTI 2 writes it; names of HTML stay."""
    tag: object = element.tag  # of a comment it is a function
    return _name(tag) if isinstance(tag, str) else ""


@lru_cache(maxsize=2_000)
def _name(full: str) -> str:
    tag = local(full)
    return camel(tag[4:]) if tag.startswith("qti-") else tag


@lru_cache(maxsize=2_000)
def camel(text: str) -> str:
    """``max-choices`` as ``maxChoices``."""
    return re.sub(r"-([a-z])", lambda match: match[1].upper(), text)


def attribute(element: Element, key: str) -> str:
    """An attribute by its name in QTI 2, in either version."""
    for found, value in element.attrib.items():
        if camel(local(found)) == key:
            return value
    return ""


def find(element: Element, *names: str) -> list[Element]:
    """All inside, at any depth, of these names."""
    return [one for one in element.iter() if name(one) in names]


def children(element: Element, *names: str) -> list[Element]:
    """The children of these names."""
    return [one for one in element if name(one) in names]
