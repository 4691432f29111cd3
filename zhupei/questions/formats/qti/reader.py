"""Reading QTI: one item, or a package with its manifest, pictures and stimuli."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final
from xml.etree.ElementTree import Element

from zhupei.questions.formats import safe_xml
from zhupei.questions.formats.draft import Reading
from zhupei.questions.formats.judge import Collector, Sketch, whole
from zhupei.questions.formats.packages import Package, Unsafe, resolve
from zhupei.questions.formats.pictures import LARGEST
from zhupei.questions.formats.qti import metadata, tree
from zhupei.questions.formats.qti.item import Around, Fetch, sketch
from zhupei.questions.formats.safe_xml import Bad

NAME: Final = "qti"
_ITEM_LIMIT: Final = 2 * 1024 * 1024
_MOST_ITEMS: Final = 20_001  # one more than may come in


def read(content: bytes) -> Reading:
    """The items of a file: a package, or one item on its own."""
    if content.startswith(b"PK\x03\x04"):
        return _read_package(content)
    try:
        root = safe_xml.parse(content)
    except Bad as bad:
        return whole(NAME, bad.code, line=bad.line, most=20)
    return _read_single(root)


def _read_single(root: Element) -> Reading:
    if tree.name(root) == "questestinterop":
        return whole(NAME, "qti_old")
    items = tree.find(root, "assessmentItem")
    collector = Collector(NAME)
    for number, item in enumerate(items, 1):
        identifier = tree.attribute(item, "identifier") or str(number)
        around = Around(identifier, lambda _source: None, lambda _href: None)
        collector.add(sketch(item, around))
    return collector.reading()


def _read_package(content: bytes) -> Reading:
    collector = Collector(NAME)
    try:
        package = Package(content)
        listed = _listed(package)
    except Unsafe as unsafe:
        return whole(NAME, unsafe.code, name=unsafe.name, most=20)
    except Bad as bad:
        return whole(NAME, bad.code, line=bad.line, most=20)
    for name, about in listed:
        found = _read_entry(package, name)
        if found is None:
            continue
        metadata.read(about, found)
        collector.add(found)
        if collector.count >= _MOST_ITEMS:
            break
    return collector.reading()


def _listed(package: Package) -> Iterator[tuple[str, Element | None]]:
    """The files that may be items, with what the manifest says of each; without one, all XML."""
    every: dict[str, Element | None] = {
        name: None
        for name in package.names
        if name.lower().endswith(".xml") and not name.lower().endswith("imsmanifest.xml")
    }
    manifests = [name for name in package.names if name.lower().endswith("imsmanifest.xml")]
    if not manifests:
        return iter(every.items())
    manifest = min(manifests, key=len)
    root = safe_xml.parse(package.read(manifest, safe_xml.LARGEST + 1))
    return iter((_resources(root, manifest) or every).items())


def _resources(root: Element, manifest: str) -> dict[str, Element | None]:
    found: dict[str, Element | None] = {}
    for resource in tree.find(root, "resource"):
        kind, path = resource.get("type", ""), resolve(manifest, resource.get("href", ""))
        if "item" in kind or kind.startswith("imsqti_xmlv1"):
            found[path or resource.get("href") or "?"] = resource
    return found


def _read_entry(package: Package, name: str) -> Sketch | None:
    """One file as a sketch; None for one that is no item (a test, a stimulus)."""
    if not package.has(name):
        return _broken(name, "清单里有，包里没有")
    try:
        root = safe_xml.parse(package.read(name, _ITEM_LIMIT + 1))
    except (Bad, Unsafe) as bad:
        return _broken(name, "XML 读不下去", bad.code)
    kind = tree.name(root)
    if kind == "questestinterop":
        return _broken(name, "QTI 1.2", "qti_old")
    if kind != "assessmentItem":
        return None

    files = _Files(package, name)
    position = f"{name} · {tree.attribute(root, 'identifier')}"
    return sketch(root, Around(position, files.fetch, files.follow))


@dataclass(frozen=True, slots=True)
class _Files:
    """What an item may refer to: files of its own package."""

    package: Package
    item: str

    def fetch(self, source: str) -> bytes | None:
        path = resolve(self.item, source)
        if path is None or not self.package.has(path):
            return None
        try:
            return self.package.read(path, LARGEST + 1)
        except Unsafe:
            return None

    def follow(self, href: str) -> tuple[Element, Fetch] | None:
        path = resolve(self.item, href)
        if path is None or not self.package.has(path):
            return None
        try:
            root = safe_xml.parse(self.package.read(path, _ITEM_LIMIT + 1))
        except (Bad, Unsafe):
            return None
        return root, _Files(self.package, path).fetch


def _broken(name: str, what: str, code: str = "") -> Sketch:
    found = Sketch(name)
    if code in {"xml_entities", "xml_deep", "qti_old", "encoding"}:
        found.say.refuse("", code)
    else:
        found.say.refuse("", "item_broken", what=what)
    return found
