"""Packages (.zip) of strangers: nothing outside, nothing that unpacks beyond reason."""

import posixpath
import re
from io import BytesIO
from typing import Final
from urllib.parse import unquote
from zipfile import BadZipFile, ZipFile

from zhupei.core.workbooks import Archive, Damaged, TooLarge

MOST_ENTRIES: Final = 30_000
_RATIO: Final = 200  # unpacked to packed; questions in XML reach about 30
_SMALL: Final = 1024 * 1024  # below this a ratio says nothing
_ENCRYPTED: Final = 0x1


class Unsafe(Exception):
    """The package is not opened; ``code`` is a code of ``faults.WHOLE``."""

    def __init__(self, code: str, *, name: str = "") -> None:
        self.code = code
        self.name = name
        super().__init__(code)


class Package:
    """The files of a package, by the names they have in it."""

    def __init__(self, content: bytes) -> None:
        """Raises Unsafe for a package that is damaged, locked, a trap or reaches outside."""
        self._names = _checked(content)
        try:
            self._archive = Archive(content)
        except Damaged as error:
            raise Unsafe("damaged") from error
        except TooLarge as error:
            raise Unsafe("bomb") from error
        self._known = self._archive.names

    @property
    def names(self) -> list[str]:
        """All files, in their order."""
        return self._names

    def has(self, name: str) -> bool:
        """Whether there is such a file; capitals do not count."""
        return name.casefold() in self._known

    def read(self, name: str, limit: int) -> bytes:
        """The first ``limit`` bytes of a file. Raises Unsafe when it is damaged."""
        try:
            return self._archive.read(name, limit)
        except Damaged as error:
            raise Unsafe("damaged", name=name) from error


def _checked(content: bytes) -> list[str]:
    try:
        with ZipFile(BytesIO(content)) as listed:
            entries = listed.infolist()
    except (BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise Unsafe("damaged") from error
    if len(entries) > MOST_ENTRIES:
        raise Unsafe("bomb")
    for entry in entries:
        name = entry.filename
        if not name:
            raise Unsafe("damaged")
        if entry.flag_bits & _ENCRYPTED:
            raise Unsafe("password")
        if re.match(r"[A-Za-z]:|[/\\]", name) or ".." in re.split(r"[/\\]", name):
            raise Unsafe("path", name=name[:80])
        if entry.file_size > max(_SMALL, entry.compress_size * _RATIO):
            raise Unsafe("bomb")
    return [entry.filename for entry in entries if not entry.is_dir()]


def resolve(base: str, reference: str) -> str | None:
    """The file a reference in ``base`` means; None for one that leads outside."""
    bare = unquote(reference.split("#", maxsplit=1)[0].split("?", maxsplit=1)[0]).replace("\\", "/")
    if re.match(r"[A-Za-z][A-Za-z0-9+.-]*:|/", bare) or not bare:
        return None
    path = posixpath.normpath(posixpath.join(posixpath.dirname(base), bare))
    return None if path.startswith("..") else path
