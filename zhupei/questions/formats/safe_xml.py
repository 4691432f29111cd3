"""XML of strangers: no entities, no document type, not deeper or larger than questions need."""

from typing import Final
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from zhupei.questions.formats.decode import decode, without_declaration

LARGEST: Final = 30 * 1024 * 1024
_MOST_TAGS: Final = 1_500_000
_DEEPEST: Final = 120


class Bad(Exception):
    """The XML cannot be read; ``code`` is a code of ``faults.WHOLE``."""

    def __init__(self, code: str, *, line: int = 0) -> None:
        self.code = code
        self.line = line
        super().__init__(code)


def parse(content: bytes | str) -> Element:
    """The root of a document. Raises Bad."""
    if len(content) > LARGEST:
        raise Bad("too_large")
    text = decode(content)
    if text is None:
        raise Bad("encoding")
    if text.count("<") > _MOST_TAGS:
        raise Bad("xml_deep")
    try:
        root: Element = fromstring(without_declaration(text), forbid_dtd=True)
    except DefusedXmlException as error:
        raise Bad("xml_entities") from error
    except ParseError as error:
        raise Bad("xml_broken", line=error.position[0]) from error
    except (ValueError, LookupError) as error:
        raise Bad("xml_broken") from error
    _check_depth(root)
    return root


def _check_depth(root: Element) -> None:
    """Nothing is nested so deep that whoever walks it runs out of stack."""
    level, depth = [root], 0
    while level:
        depth += 1
        if depth > _DEEPEST:
            raise Bad("xml_deep")
        level = [inner for one in level for inner in one]


def local(tag: object) -> str:
    """The name of a tag without its namespace; empty for a comment."""
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def child(element: Element, *names: str) -> Element | None:
    """The first child of one of these names."""
    return next((one for one in element if local(one.tag) in names), None)


def children(element: Element, *names: str) -> list[Element]:
    """The children of these names."""
    return [one for one in element if local(one.tag) in names]


def text_of(element: Element | None) -> str:
    """All text inside."""
    return "".join(element.itertext()) if element is not None else ""
