"""Writing a package of QTI 3.0: a manifest, an item each, stimuli for cases, pictures.

What QTI has no word for stands in classes that begin with ``zp-``; others pass over them, our
reader does not, so that everything comes back as it was.
"""

from collections.abc import Iterator, Mapping, Sequence
from io import BytesIO
from typing import Any, Final
from urllib.parse import quote
from xml.etree.ElementTree import Element, SubElement, tostring
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from zhupei.questions.formats import answers, words
from zhupei.questions.formats.draft import Case, Draft, Picture
from zhupei.questions.formats.qti import metadata
from zhupei.questions.formats.qti.item import ANALYSIS, ANY_ORDER, APART, OURS
from zhupei.questions.rules import CHOICES, LETTERS, Kind

_QTI: Final = "http://www.imsglobal.org/xsd/imsqtiasi_v3p0"
_CP: Final = "http://www.imsglobal.org/xsd/qti/qtiv3p0/imscp_v1p1"
_LOM: Final = "http://ltsc.ieee.org/xsd/LOM"
_RP: Final = "https://purl.imsglobal.org/spec/qti/v3p0/rptemplates/"
_EPOCH: Final = (2026, 1, 1, 0, 0, 0)  # the same questions make the same bytes
_TITLE: Final = 40


def write(drafts: Sequence[Draft], *, title: str, about: Sequence[tuple[str, str]] = ()) -> bytes:
    """The package. ``about`` says what it is and where it comes from, in its manifest."""
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as package:
        _Writer(package, title, about).write(drafts)
    return out.getvalue()


class _Writer:
    def __init__(self, package: ZipFile, title: str, about: Sequence[tuple[str, str]]) -> None:
        self._package = package
        self._stimuli: dict[str, str] = {}
        self._manifest = Element("manifest", {"xmlns": _CP, "identifier": "zhupei-export"})
        head = SubElement(self._manifest, "metadata")
        SubElement(head, "schema").text = "QTI Package"
        SubElement(head, "schemaversion").text = "3.0.0"
        _lom_general(head, title, "\n".join(f"{label}：{value}" for label, value in about))
        SubElement(self._manifest, "organizations")
        self._resources = SubElement(self._manifest, "resources")

    def write(self, drafts: Sequence[Draft]) -> None:
        for number, draft in enumerate(drafts, 1):
            self._item(f"q{number:05}", draft)
        self._put("imsmanifest.xml", self._manifest)

    def _put(self, name: str, root: Element) -> None:
        content = b'<?xml version="1.0" encoding="UTF-8"?>\n' + tostring(root, encoding="utf-8")
        self._put_bytes(name, content)

    def _put_bytes(self, name: str, content: bytes) -> None:
        info = ZipInfo(name, _EPOCH)
        info.compress_type = ZIP_DEFLATED
        self._package.writestr(info, content)

    def _resource(self, name: str, path: str, kind: str) -> Element:
        about = {"identifier": name, "type": kind, "href": quote(path)}
        resource = SubElement(self._resources, "resource", about)
        SubElement(resource, "file", {"href": quote(path)})
        return resource

    def _item(self, name: str, draft: Draft) -> None:
        stimulus = self._stimulus(draft.case) if draft.case else ""
        root = Element(
            "qti-assessment-item",
            {
                "xmlns": _QTI,
                "identifier": name,
                "title": words.one_line(draft.stem)[:_TITLE],
                "adaptive": "false",
                "time-dependent": "false",
                "xml:lang": "zh-CN",
            },
        )
        _declare(root, draft)
        if stimulus:
            reference = {"identifier": stimulus, "href": f"../stimuli/{stimulus}.xml", "title": ""}
            SubElement(root, "qti-assessment-stimulus-ref", reference)
        body = SubElement(root, "qti-item-body", {"class": _classes(draft)})
        shown = self._pictures(name, draft.pictures)
        _BODIES[draft.kind](body, draft)
        _show(body, draft.pictures, shown)
        if draft.kind != Kind.ESSAY:
            template = "match_correct" if draft.kind in CHOICES else "map_response"
            SubElement(root, "qti-response-processing", {"template": f"{_RP}{template}.xml"})
        if draft.analysis:
            about = {
                "outcome-identifier": "FEEDBACK",
                "identifier": ANALYSIS,
                "show-hide": "show",
            }
            content = SubElement(SubElement(root, "qti-modal-feedback", about), "qti-content-body")
            _paragraph(content, draft.analysis)
        path = f"items/{name}.xml"
        self._put(path, root)
        resource = self._resource(name, path, "imsqti_item_xmlv3p0")
        _lom(resource, draft)
        for one in ([stimulus] if stimulus else []) + [f"p-{path}" for path in shown]:
            SubElement(resource, "dependency", {"identifierref": _identifier(one)})

    def _stimulus(self, case: Case) -> str:
        if case.text in self._stimuli:
            return self._stimuli[case.text]
        name = f"c{len(self._stimuli) + 1:04}"
        self._stimuli[case.text] = name
        root = Element(
            "qti-assessment-stimulus",
            {"xmlns": _QTI, "identifier": name, "title": words.one_line(case.text)[:_TITLE]},
        )
        body = SubElement(root, "qti-stimulus-body")
        _paragraph(body, case.text)
        _show(body, case.pictures, self._pictures(name, case.pictures))
        path = f"stimuli/{name}.xml"
        self._put(path, root)
        self._resource(name, path, "imsqti_stimulus_xmlv3p0")
        return name

    def _pictures(self, of: str, pictures: Sequence[Picture]) -> list[str]:
        paths = [f"pictures/{of}/{picture.name}" for picture in pictures]
        for path, picture in zip(paths, pictures, strict=True):
            self._put_bytes(path, picture.content)
            self._resource(_identifier(f"p-{path}"), path, "webcontent")
        return paths


def _identifier(text: str) -> str:
    """A name XML allows for an identifier."""
    return "".join(
        c if c.isascii() and (c.isalnum() or c in "-_.") else f"_{ord(c):x}" for c in text
    )


def _classes(draft: Draft) -> str:
    found = [f"{OURS}{draft.kind}"]
    if draft.kind == Kind.BLANK and isinstance(draft.key, Mapping) and not draft.key["ordered"]:
        found.append(ANY_ORDER)
    return " ".join(found)


# --- what is right ------------------------------------------------------------------------------


def _declare(root: Element, draft: Draft) -> None:
    for name, kind, right, mapped in _responses(draft):
        cardinality = "multiple" if draft.kind == Kind.MULTIPLE else "single"
        about = {"identifier": name, "cardinality": cardinality, "base-type": kind}
        declared = SubElement(root, "qti-response-declaration", about)
        if right:
            correct = SubElement(declared, "qti-correct-response")
            for value in right:
                SubElement(correct, "qti-value").text = value
        if mapped:
            mapping = SubElement(declared, "qti-mapping", {"default-value": "0"})
            for way in mapped:
                entry = {"map-key": way, "mapped-value": "1", "case-sensitive": "false"}
                SubElement(mapping, "qti-map-entry", entry)
    score = {"cardinality": "single", "base-type": "float"}
    SubElement(root, "qti-outcome-declaration", {"identifier": "SCORE", **score})
    most = SubElement(root, "qti-outcome-declaration", {"identifier": "MAXSCORE", **score})
    default = SubElement(most, "qti-default-value")
    SubElement(default, "qti-value").text = words.decimal(draft.points)


def _responses(draft: Draft) -> Iterator[tuple[str, str, list[str], list[str]]]:
    if isinstance(draft.key, str):
        yield "RESPONSE", "identifier", list(draft.key), []
    elif draft.kind == Kind.BLANK:
        for number, ways in enumerate(draft.key["blanks"], 1):
            yield f"RESPONSE{number}", "string", [ways[0]], list(ways)
    else:
        sample = draft.key["sample"]
        yield "RESPONSE", "string", [sample] if sample else [], []


# --- what is asked ------------------------------------------------------------------------------


def _paragraph(parent: Element, text: str) -> Element:
    paragraph = SubElement(parent, "p")
    _lines(paragraph, text)
    return paragraph


def _lines(parent: Element, text: str) -> None:
    """Text whose lines are set apart by br."""
    first, *rest = text.split("\n")
    last = list(parent)[-1] if len(parent) else None
    if last is None:
        parent.text = first
    else:
        last.tail = first
    for line in rest:
        SubElement(parent, "br").tail = line


def _choice(body: Element, draft: Draft) -> None:
    several = "0" if draft.kind == Kind.MULTIPLE else "1"
    asked = SubElement(
        body,
        "qti-choice-interaction",
        {"response-identifier": "RESPONSE", "max-choices": several, "shuffle": "false"},
    )
    _lines(SubElement(asked, "qti-prompt"), draft.stem)
    for letter, text in zip(LETTERS, draft.options, strict=False):
        SubElement(asked, "qti-simple-choice", {"identifier": letter}).text = text


def _blank(body: Element, draft: Draft) -> None:
    paragraph = SubElement(body, "p")
    first, *rest = draft.stem.split(answers.BLANK)
    _lines(paragraph, first)
    for number, text in enumerate(rest, 1):
        about = {"response-identifier": f"RESPONSE{number}", "expected-length": "20"}
        SubElement(paragraph, "qti-text-entry-interaction", about)
        _lines(paragraph, text)
    if not rest:
        about = {"response-identifier": "RESPONSE1", "class": APART}
        SubElement(SubElement(body, "p"), "qti-text-entry-interaction", about)


def _essay(body: Element, draft: Draft) -> None:
    key: Mapping[str, Any] = draft.key if isinstance(draft.key, Mapping) else {}
    _paragraph(body, draft.stem)
    SubElement(body, "qti-extended-text-interaction", {"response-identifier": "RESPONSE"})
    if key["rubric"]:
        block = SubElement(body, "qti-rubric-block", {"view": "scorer", "use": "scoring"})
        content = SubElement(block, "qti-content-body")
        for line in answers.write_rubric(key["rubric"]).split("\n"):
            SubElement(content, "p").text = line


_BODIES: Final = {
    Kind.SINGLE: _choice,
    Kind.MULTIPLE: _choice,
    Kind.JUDGE: _choice,
    Kind.BLANK: _blank,
    Kind.ESSAY: _essay,
}


def _show(body: Element, pictures: Sequence[Picture], paths: Sequence[str]) -> None:
    for picture, path in zip(pictures, paths, strict=True):
        about = {"src": f"../{quote(path)}", "alt": picture.alt}
        SubElement(SubElement(body, "p"), "img", about)


# --- what it is about ---------------------------------------------------------------------------


def _lom_general(parent: Element, title: str, description: str) -> None:
    lom = SubElement(parent, "lom", {"xmlns": _LOM})
    general = SubElement(lom, "general")
    SubElement(SubElement(general, "title"), "string", {"language": "zh"}).text = title
    if description:
        said = SubElement(general, "description")
        SubElement(said, "string", {"language": "zh"}).text = description


def _lom(resource: Element, draft: Draft) -> None:
    about = Element("metadata")
    resource.insert(0, about)
    lom = SubElement(about, "lom", {"xmlns": _LOM})
    educational = SubElement(SubElement(lom, "educational"), "difficulty")
    _coded(educational, "LOMv1.0", metadata.DIFFICULTIES[draft.difficulty])
    if draft.source:
        relation = SubElement(lom, "relation")
        _coded(SubElement(relation, "kind"), "LOMv1.0", metadata.SOURCE)
        described = SubElement(SubElement(relation, "resource"), "description")
        SubElement(described, "string", {"language": "zh"}).text = draft.source
    for purpose, said in ((metadata.POINT, draft.point), (metadata.LEVEL, draft.level)):
        if said:
            classification = SubElement(lom, "classification")
            _coded(SubElement(classification, "purpose"), "LOMv1.0", purpose)
            described = SubElement(classification, "description")
            SubElement(described, "string", {"language": "zh"}).text = said


def _coded(parent: Element, source: str, value: str) -> None:
    SubElement(parent, "source").text = source
    SubElement(parent, "value").text = value
