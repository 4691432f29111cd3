"""What a certificate looks like: facts in, one PDF/A-3b page out.

The page is typeset by typst from ``template/certificate.typ``; why typst is docs/adr/0008. This
module knows no row, no request and no key: signing is ``signing``, deciding is ``actions``.

A ``Typesetter`` reads the fonts once and is kept for the life of the process.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Final

import typst
from django.utils.translation import gettext_lazy as _

from zhupei.core.errors import Refused
from zhupei.core.typeset import Press, qr_svg
from zhupei.people.rules import mask_id_number

TEMPLATE: Final = Path(__file__).with_name("template") / "certificate.typ"

STATEMENT: Final = "本证明表示持证人完成培训并考核合格，不是行政许可，不代替特种作业操作资格证。"
"""What a certificate says about itself. The Measures make it a proof of training passed.

Source: Measures, art. 15 (electronic certificates) and 18 (certificate after the assessment).
"""

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


class Typesetter:
    """Prints certificates; its fonts are those of ``core.typeset.Press``."""

    def __init__(self, fonts: Path, *, extra: Sequence[Path] = ()) -> None:
        self._press = Press(fonts, extra=extra)
        self._template = TEMPLATE.read_bytes()

    def missing_glyphs(self, facts: CertificateFacts) -> str:
        """The characters of these facts that no font here can draw, each once, in reading order.

        A rare surname must be found before the page is made, not noticed by its owner.
        """
        return self._press.missing(_all_text(facts))

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
        # The compiler takes files in memory only as UTF-8, so the photo travels as numbers.
        values = _words(facts) | {"photo": list(_photo(facts))}
        code = {"code.svg": qr_svg(facts.verify_url)}
        try:
            return self._press.compile(self._template, values, code, facts.issued_on)
        except typst.TypstError as fault:
            if "decode image" in fault.message:
                raise Refused("photo_not_a_picture", NOT_A_PICTURE) from fault
            raise


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
