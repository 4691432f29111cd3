"""Archive packages: BagIt folders (RFC 8493) and their ZIP, written once, checked anywhere.

A package proves itself with public tools and no network: every file is in two manifests, the
event record is a hash chain, and README.txt says how to check both. What a package cannot prove
alone is that nobody made a whole new one; for that, ``fingerprint`` goes into the event record.

The manifests are written here because the ``bagit`` library changes the working directory of the
process while it writes, which threads share. Reading is the library's business.

Source: Archives Law, art. 39 (authentic, complete, usable, safe); Measures, art. 20 (一场一档).
"""

import hashlib
import logging
import re
import shutil
import stat
import tempfile
import unicodedata
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO, Any, Final

import bagit
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from zhupei.core import verify_events
from zhupei.core.bag_readme import README

EVENTS: Final = "events.jsonl"
ALGORITHMS: Final = ("sha256", "sha512")
BLOCK: Final = 1024 * 1024
EPOCH: Final = (1980, 1, 1, 0, 0, 0)  # the ZIP's first day: equal contents make equal archives
LARGEST_RATIO: Final = 50  # our ZIP is stored; one that grows fiftyfold on the disk is a bomb
LEAST_LIMIT: Final = 16 * 1024 * 1024
FORBIDDEN: Final = re.compile(r'[\x00-\x1f\x7f<>:"\\|?*%]')

# A damaged package is a verdict, not a fault of ours: the list says it, the log need not.
logging.getLogger("bagit").setLevel(logging.CRITICAL)

SENTENCES: Final[dict[str, Promise]] = {
    "not_readable": _("无法读取档案包：%(where)s。"),
    "not_a_bag": _("这不是 BagIt 档案包：%(where)s。"),
    "unsafe_name": _("包内文件名不安全，已停止检查：%(where)s。"),
    "too_large": _("压缩包展开后过大，已停止检查：%(where)s。"),
    "altered_file": _("文件内容与清单不符：%(where)s。"),
    "missing_file": _("清单中有而包内没有：%(where)s。"),
    "unexpected_file": _("包内有而清单中没有：%(where)s。"),
    "not_valid": _("档案包不合 BagIt 规范：%(where)s。"),
    "event_unreadable": _("事件记录无法读取：%(where)s。"),
    "event_altered": _("事件内容被改动：%(where)s。"),
    "event_unlinked": _("事件链断开，之前的事件缺失或被替换：%(where)s。"),
    "event_mislabelled": _("事件的归属或序号与原文不符：%(where)s。"),
}


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong with a package: a code that never changes, and the file or line."""

    code: str
    where: str

    def __str__(self) -> str:
        return str(SENTENCES[self.code]) % {"where": self.where}


class _Unsafe(Exception):
    """The package must not be unpacked."""

    def __init__(self, code: str, where: str) -> None:
        self.fault = Fault(code, where)
        super().__init__(code, where)


# Writing


def safe_name(text: str) -> str:
    """``text`` as one file name that every system can store: forbidden characters become "_"."""
    name = FORBIDDEN.sub("_", unicodedata.normalize("NFC", text).replace("/", "_")).strip(" .")
    return name or "_"


def write(target: Path, files: Mapping[str, bytes | Path], info: Mapping[str, str]) -> Path:
    """Make the package ``target`` (a folder) and ``target``.zip beside it; return the ZIP.

    ``files`` maps a path below ``data/`` to its content or to a file to copy. ``info`` becomes
    bag-info.txt. The same input gives the same bytes. Raises ValueError for no files or a name
    that some system cannot store (see ``safe_name``) and FileExistsError rather than overwrite.
    """
    archive = target.with_name(f"{target.name}.zip")
    for place in (target, archive):
        if place.exists():
            raise FileExistsError(f"{place} exists; a package is never overwritten")
    _refuse_names(files)
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".bag-", dir=target.parent) as scratch:
        draft, packed = Path(scratch, target.name), Path(scratch, archive.name)
        _write_folder(draft, files, info)
        _pack(draft, packed)
        draft.rename(target)
        packed.rename(archive)
    return archive


def fingerprint(archive: Path) -> str:
    """SHA-256 of the ZIP in hexadecimal: noted in the event record, it makes the package unique."""
    with archive.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _refuse_names(names: Mapping[str, object]) -> None:
    if not names:
        raise ValueError("a package without files has nothing to keep")
    seen: dict[str, str] = {}
    for name in names:
        if any(part != safe_name(part) for part in name.split("/")):
            raise ValueError(f"{name!r} is not a name every system can store; use safe_name()")
        if (other := seen.setdefault(name.casefold(), name)) != name:
            raise ValueError(f"{name!r} and {other!r} are one file on some systems")


def _write_folder(bag: Path, files: Mapping[str, bytes | Path], info: Mapping[str, str]) -> None:
    digests, size = {}, 0
    for name in sorted(files):
        path = bag / "data" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        digests[f"data/{name}"] = _store(files[name], path)
        size += path.stat().st_size
    tags = {
        "README.txt": README,
        "bag-info.txt": _info({**info, "Payload-Oxum": f"{size}.{len(files)}"}),
        "bagit.txt": "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n",
        "verify_events.py": Path(verify_events.__file__).read_text(encoding="utf-8"),
    } | _manifests("manifest", digests)
    digests = {name: _store(text.encode(), bag / name) for name, text in tags.items()}
    for name, text in _manifests("tagmanifest", digests).items():
        _store(text.encode(), bag / name)


def _store(content: bytes | Path, path: Path) -> list[str]:
    """Write the file and return its digests, in the order of ``ALGORITHMS``."""
    hashers = [hashlib.new(algorithm) for algorithm in ALGORITHMS]
    with path.open("xb") as out:
        for block in _blocks(content):
            out.write(block)
            for hasher in hashers:
                hasher.update(block)
    return [hasher.hexdigest() for hasher in hashers]


def _blocks(content: bytes | Path) -> Iterator[bytes]:
    if isinstance(content, bytes):
        yield content
        return
    with content.open("rb") as file:
        while block := file.read(BLOCK):
            yield block


def _manifests(kind: str, digests: Mapping[str, list[str]]) -> dict[str, str]:
    return {
        f"{kind}-{algorithm}.txt": "".join(
            f"{digests[name][place]}  {name}\n" for name in sorted(digests)
        )
        for place, algorithm in enumerate(ALGORITHMS)
    }


def _info(info: Mapping[str, str]) -> str:
    return "".join(f"{label}: {' '.join(value.split())}\n" for label, value in sorted(info.items()))


def _pack(bag: Path, archive: Path) -> None:
    """A ZIP of the folder: stored, sorted, without dates or owners."""
    with zipfile.ZipFile(archive, "x", zipfile.ZIP_STORED) as packed:
        for path in sorted(path for path in bag.rglob("*") if path.is_file()):
            entry = zipfile.ZipInfo(f"{bag.name}/{path.relative_to(bag).as_posix()}", EPOCH)
            entry.create_system, entry.external_attr = 3, (stat.S_IFREG | 0o644) << 16
            entry.file_size = path.stat().st_size
            with path.open("rb") as source, packed.open(entry, "w") as out:
                shutil.copyfileobj(source, out, BLOCK)


# Checking


def verify(path: Path) -> list[Fault]:
    """Everything wrong with the package at ``path``, a folder or a ZIP; empty when it is whole.

    Works offline and writes only to a temporary folder, whatever names the ZIP contains.
    """
    if path.is_dir():
        return _verify_folder(path)
    try:
        with tempfile.TemporaryDirectory(prefix="bag-") as scratch, zipfile.ZipFile(path) as packed:
            return _unpack(packed, Path(scratch)) or _verify_folder(_only_folder(Path(scratch)))
    except _Unsafe as unsafe:
        return [unsafe.fault]
    except (OSError, zipfile.BadZipFile, NotImplementedError, RuntimeError) as fault:
        return [Fault("not_readable", f"{path.name}（{fault}）")]


def _verify_folder(bag: Path) -> list[Fault]:
    if links := [p for p in bag.rglob("*") if p.is_symlink()]:
        return [Fault("unsafe_name", link.relative_to(bag).as_posix()) for link in links]
    if not (bag / "bagit.txt").is_file():
        return [Fault("not_a_bag", bag.name)]
    return [*_bag_faults(bag), *_event_faults(bag / "data" / EVENTS)]


def _bag_faults(folder: Path) -> list[Fault]:
    try:
        bag = bagit.Bag(str(folder))
    except (bagit.BagError, OSError, ValueError) as refusal:
        return [Fault("not_valid", str(refusal))]
    # The library looks at the sum of sizes first and then no longer says which file it was.
    promised = bag.info.pop("Payload-Oxum", None)
    try:
        bag.validate()
        bag.info |= {"Payload-Oxum": promised} if promised else {}
        bag.validate(fast=promised is not None, completeness_only=True)
    except bagit.BagValidationError as refusal:
        faults = [_file_fault(detail) for detail in refusal.details]
        return sorted({*faults, *_altered(bag)}, key=repr) or [Fault("not_valid", refusal.message)]
    except (bagit.BagError, OSError, ValueError) as refusal:
        return [Fault("not_valid", str(refusal))]
    return []


def _altered(bag: Any) -> Iterator[Fault]:
    """Files that are there but differ; the library stops before them when another is missing."""
    for name, promised in bag.entries.items():
        path = Path(bag.path, name)
        if path.is_file() and not _matches(path, promised):
            yield Fault("altered_file", name)


def _matches(path: Path, promised: Mapping[str, str]) -> bool:
    with path.open("rb") as file:
        return all(
            hashlib.file_digest(file, algorithm).hexdigest() == digest
            for algorithm, digest in promised.items()
            if file.seek(0) == 0
        )


def _file_fault(detail: Exception) -> Fault:
    kinds = {
        bagit.ChecksumMismatch: "altered_file",
        bagit.FileMissing: "missing_file",
        bagit.UnexpectedFile: "unexpected_file",
    }
    code = kinds.get(type(detail), "not_valid")
    return Fault(code, str(getattr(detail, "path", detail)))


def _event_faults(events: Path) -> list[Fault]:
    if not events.is_file():
        return []
    with events.open(encoding="utf-8", errors="replace", newline="\n") as lines:
        return [
            Fault(f"event_{broken.fault}", f"{EVENTS}:{broken.line} {broken.subject}#{broken.seq}")
            for broken in verify_events.broken_events(lines)
        ]


def _unpack(packed: zipfile.ZipFile, folder: Path) -> list[Fault]:
    """Unpack every file below ``folder``; faults are files the ZIP itself knows to be damaged."""
    entries = [entry for entry in packed.infolist() if not entry.filename.endswith("/")]
    _refuse_entries(entries)
    faults = []
    for entry in entries:
        path = folder.joinpath(*PurePosixPath(entry.filename).parts)
        path.parent.mkdir(parents=True, exist_ok=True)
        with packed.open(entry) as source, path.open("xb") as out:
            if not _copied(source, out):
                faults.append(Fault("altered_file", entry.filename.partition("/")[2]))
    return faults


def _copied(source: IO[bytes], out: IO[bytes]) -> bool:
    try:
        shutil.copyfileobj(source, out, BLOCK)
    except zipfile.BadZipFile:
        return False
    return True


def _refuse_entries(entries: list[zipfile.ZipInfo]) -> None:
    for entry in entries:
        if not _is_safe(entry):
            raise _Unsafe("unsafe_name", entry.filename)
    if len({entry.filename for entry in entries}) < len(entries):
        raise _Unsafe("unsafe_name", "同名文件")
    size = sum(entry.file_size for entry in entries)
    if size > max(LEAST_LIMIT, LARGEST_RATIO * sum(entry.compress_size for entry in entries)):
        raise _Unsafe("too_large", f"{size} bytes")


def _is_safe(entry: zipfile.ZipInfo) -> bool:
    """A plain file, two or more levels down, that stays below the folder it is unpacked into."""
    parts = entry.filename.split("/")
    kind = stat.S_IFMT(entry.external_attr >> 16)
    return (
        len(parts) > 1
        and kind in {0, stat.S_IFREG}
        and all(part not in {"", ".", ".."} for part in parts)
        and not FORBIDDEN.search(entry.filename)
    )


def _only_folder(scratch: Path) -> Path:
    folders = list(scratch.iterdir())
    if len(folders) != 1:
        raise _Unsafe("not_a_bag", f"{len(folders)} 个文件夹")
    return folders[0]
