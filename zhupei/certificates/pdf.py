"""What a certificate looks like: facts in, one PDF/A-3b page out.

The page is typeset by typst from ``template/certificate.typ``; why typst is docs/adr/0008. This
module knows no row, no request and no key: signing is ``signing``, deciding is ``actions``.

A ``Typesetter`` reads the fonts once and is kept for the life of the process.
"""

import io
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone
from decimal import Decimal
from pathlib import Path
from threading import Lock
from typing import Final

import segno
import typst
from django.utils.translation import gettext_lazy as _
from fontTools.ttLib import TTCollection, TTFont

from zhupei.core.errors import Refused
from zhupei.people.rules import mask_id_number

TEMPLATE: Final = Path(__file__).with_name("template") / "certificate.typ"

STATEMENT: Final = "本证明表示持证人完成培训并考核合格，不是行政许可，不代替特种作业操作资格证。"
"""What a certificate says about itself. The Measures make it a proof of training passed.

Source: Measures, art. 15 (electronic certificates) and 18 (certificate after the assessment).
"""

FACES: Final = ("400Regular", "500Medium", "700Bold")
"""The weights the template uses: folders of npm's ``@expo-google-fonts/noto-sans-sc``."""

BEIJING: Final = timezone(timedelta(hours=8), "Asia/Shanghai")
NOT_A_PICTURE: Final = _("照片不是完好的 JPEG 或 PNG 图片，请重新上传证件照。")
PHOTO_STARTS: Final = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")  # JPEG, PNG


@dataclass(frozen=True, slots=True, kw_only=True)
class CertificateFacts:
    """Everything the page says. ``id_number`` may be whole: only its two ends are printed.

    ``hours`` are 学时 of 45 minutes. ``photo`` is a JPEG or PNG file, ``None`` an empty frame.
    ``note`` is one more line at the foot ("演示数据"), ``national_number`` one more field.
    """

    number: str
    name: str
    id_number: str
    job: str
    starts_on: date
    ends_on: date
    hours: Decimal
    institution: str
    issuer: str
    issued_on: date
    verify_url: str
    photo: bytes | None = None
    national_number: str = ""
    note: str = ""


def qr_svg(text: str) -> str:
    """A QR code of ``text`` as one SVG path: level M, quiet zone of two modules."""
    out = io.BytesIO()
    segno.make(text, error="m", micro=False).save(
        out, kind="svg", border=2, xmldecl=False, svgns=True, omitsize=True, dark="#1b2a3a"
    )
    return out.getvalue().decode()


class Typesetter:
    """The fonts and the compiler. Safe to share between threads: one page at a time.

    ``fonts`` is the folder of npm's ``@expo-google-fonts/noto-sans-sc``.
    ``extra`` are folders with further fonts for characters it lacks, the most alike tried first.
    """

    def __init__(self, fonts: Path, *, extra: Sequence[Path] = ()) -> None:
        folders = [fonts / face for face in FACES]
        if absent := [str(folder) for folder in folders if not folder.is_dir()]:
            raise FileNotFoundError(f"no font folder {', '.join(absent)}; run npm ci")
        loaded = typst.Fonts(
            include_system_fonts=False,
            include_embedded_fonts=False,
            font_paths=[str(folder) for folder in (*folders, *extra)],
        )
        self._families = sorted({font.family for font in loaded.fonts()}, key=_nearness)
        self._reach = [_characters([folder]) for folder in folders]
        self._reserve = _characters(extra)
        self._compiler = typst.Compiler(font_paths=loaded)
        self._template = TEMPLATE.read_bytes()
        self._turn = Lock()

    def missing_glyphs(self, facts: CertificateFacts) -> str:
        """The characters of these facts that no font here can draw, each once, in reading order.

        A rare surname must be found before the page is made, not noticed by its owner.
        """
        known = frozenset.intersection(*self._reach) | self._reserve
        return "".join(dict.fromkeys(c for c in _all_text(facts) if ord(c) not in known))

    def render(self, facts: CertificateFacts) -> bytes:
        """One page of PDF/A-3b; the same facts give the same bytes.

        Raises Refused: ``missing_glyphs`` (facts: ``characters``), ``photo_not_a_picture``.
        """
        if missing := self.missing_glyphs(facts):
            raise Refused(
                "missing_glyphs",
                _(
                    "字体中没有“%(characters)s”，证书上无法印出。请在系统设置中补充含有该字的字体后重新签发。"
                ),
                characters=missing,
            )
        return self._compile(self._sources(facts), facts.issued_on)

    def _compile(self, sources: dict[str, bytes], day: date) -> bytes:
        moment = datetime.combine(day, time(), BEIJING)
        try:
            with self._turn:
                page = self._compiler.compile(  # type: ignore[type-var]  # files in memory: documented, not in the stub
                    sources, format="pdf", pdf_standards=["a-3b"], timestamp=moment
                )
        except typst.TypstError as fault:
            if "decode image" in fault.message:
                raise Refused("photo_not_a_picture", NOT_A_PICTURE) from fault
            raise
        assert isinstance(page, bytes)
        return page

    def _sources(self, facts: CertificateFacts) -> dict[str, bytes]:
        # The compiler takes files in memory only as UTF-8, so the photo travels as numbers.
        values = _words(facts) | {"photo": list(_photo(facts)), "families": self._families}
        return {
            "main.typ": self._template,
            "facts.json": json.dumps(values, ensure_ascii=False).encode(),
            "code.svg": qr_svg(facts.verify_url).encode(),
        }


def _words(facts: CertificateFacts) -> dict[str, object]:
    """The facts as the page words them."""
    return {
        "number": facts.number,
        "name": facts.name,
        "id_number": mask_id_number(facts.id_number),
        "job": facts.job,
        "period": _period(facts.starts_on, facts.ends_on),
        "hours": f"{facts.hours.normalize():f} 学时（每学时 45 分钟）",
        "institution": facts.institution,
        "issuer": facts.issuer,
        "issued": [facts.issued_on.year, facts.issued_on.month, facts.issued_on.day],
        "issued_on": _day(facts.issued_on),
        "verify_url": facts.verify_url,
        "national_number": facts.national_number,
        "statement": STATEMENT,
        "note": facts.note,
    }


def _all_text(facts: CertificateFacts) -> Iterator[str]:
    for value in _words(facts).values():
        if isinstance(value, str):
            yield from value


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def _period(starts_on: date, ends_on: date) -> str:
    if starts_on == ends_on:
        return _day(starts_on)
    year = f"{ends_on.year}年" if ends_on.year != starts_on.year else ""
    return f"{_day(starts_on)}至{year}{ends_on.month}月{ends_on.day}日"


def _photo(facts: CertificateFacts) -> bytes:
    photo = facts.photo or b""
    if photo and not photo.startswith(PHOTO_STARTS):
        raise Refused("photo_not_a_picture", NOT_A_PICTURE)
    return photo


def _nearness(family: str) -> tuple[bool, bool, str]:
    """Sorts families by likeness to the page's own: without serifs first, simplified first."""
    return "Sans" not in family, "SC" not in family, family


def _characters(folders: Iterable[Path]) -> frozenset[int]:
    """Code points drawn by any font in these folders."""
    files = (
        file
        for folder in folders
        for file in sorted(folder.rglob("*"))
        if file.suffix.lower() in {".ttf", ".otf", ".ttc", ".otc"}
    )
    return frozenset().union(*(_drawn_by(file) for file in files))


def _drawn_by(file: Path) -> set[int]:
    if file.suffix.lower() in {".ttc", ".otc"}:
        with TTCollection(file, lazy=True) as faces:
            return {point for face in faces for point in face.getBestCmap()}
    with TTFont(file, lazy=True) as face:
        return set(face.getBestCmap())
