"""The page: what it says, what it hides, and what it refuses to print."""

import struct
import zlib
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from django.conf import settings
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen

from tests.certificates.reading import metadata, page_text
from zhupei.certificates.pdf import STATEMENT, Typesetter
from zhupei.core.errors import Refused
from zhupei.core.typeset import qr_svg


def png(width: int = 5, height: int = 7) -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        body = kind + data
        return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    rows = (b"\0" + b"\x80\x90\xa0" * width) * height
    parts = chunk(b"IHDR", head), chunk(b"IDAT", zlib.compress(rows)), chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


def test_the_page_says_every_fact_as_text_a_search_can_find(typesetter, facts):
    text = page_text(typesetter.render(facts))

    for words in (
        "培训合格证明",
        "ZP-2026-523-000418",
        "阿依古丽·买买提",
        "施工员（土建）",
        "2025年10月13日至11月7日",
        "80.5 学时（每学时 45 分钟）",
        "天山建设职业技能培训学校",
        "昌吉州建设技能考核中心",
        "2026年1月9日",
        "https://zhupei.example/v/7KQ2-M9XD-4TFA",
        "扫码查验",
        "照片",
    ):
        assert words in text
    assert STATEMENT in text.replace("\n", "")


def test_the_file_shows_only_both_ends_of_the_id_number(typesetter, facts):
    page = typesetter.render(facts)

    assert "6500**********2046" in page_text(page)
    assert "19900101" not in page_text(page)
    assert b"19900101" not in page


def test_an_id_number_masked_already_stays_as_it_is(typesetter, facts):
    hidden = replace(facts, id_number="6500**********2046")

    assert typesetter.render(hidden) == typesetter.render(facts)


def test_the_file_declares_pdf_a_3b_and_its_title(typesetter, facts):
    packet = metadata(typesetter.render(facts))

    assert "<pdfaid:part>3</pdfaid:part>" in packet
    assert "<pdfaid:conformance>B</pdfaid:conformance>" in packet
    assert "培训合格证明 ZP-2026-523-000418" in packet
    assert "昌吉州建设技能考核中心" in packet


def test_the_same_facts_give_the_same_bytes(typesetter, facts):
    assert typesetter.render(facts) == typesetter.render(facts)


@pytest.mark.parametrize(
    ("starts_on", "ends_on", "words"),
    [
        (date(2025, 12, 13), date(2026, 1, 7), "2025年12月13日至2026年1月7日"),
        (date(2026, 3, 2), date(2026, 3, 2), "2026年3月2日"),
    ],
)
def test_a_period_names_the_year_once_unless_it_changes(
    typesetter, facts, starts_on, ends_on, words
):
    text = page_text(typesetter.render(replace(facts, starts_on=starts_on, ends_on=ends_on)))

    assert words in text.splitlines()


@pytest.mark.parametrize("hours", ["80", "80.00", "8E+1"])
def test_whole_hours_have_no_decimals(typesetter, facts, hours):
    text = page_text(typesetter.render(replace(facts, hours=Decimal(hours))))

    assert "80 学时" in text


def test_national_number_and_note_appear_only_when_there_are_any(typesetter, facts):
    page = page_text(typesetter.render(facts))
    fuller = replace(facts, national_number="652026010000123456", note="演示数据，不作为证明使用。")
    fuller_page = page_text(typesetter.render(fuller))

    assert "国家编号" not in page
    assert "652026010000123456" in fuller_page
    assert "演示数据，不作为证明使用。" in fuller_page


def test_facts_are_never_read_as_commands_of_the_typesetter(typesetter, facts):
    name = '#panic("x") $x$ *b* ] \\'

    assert name in page_text(typesetter.render(replace(facts, name=name)))


def test_a_photo_takes_the_place_of_the_empty_frame(typesetter, facts):
    page = typesetter.render(replace(facts, photo=png()))

    assert "照片" not in page_text(page).splitlines()
    assert b"/Subtype /Image" in page or b"/Subtype/Image" in page


@pytest.mark.parametrize(
    "photo", [b"MZ\x90\x00 a program", b"\xff\xd8\xff\xe0 cut", png()[:40], b"<svg/>"]
)
def test_a_photo_that_is_no_whole_picture_is_refused(typesetter, facts, photo):
    with pytest.raises(Refused) as refusal:
        typesetter.render(replace(facts, photo=photo))

    assert refusal.value.code == "photo_not_a_picture"


def test_rare_surnames_of_the_extensions_are_printed(typesetter, facts):
    rare = replace(facts, name="䶮㛃𬭚")

    assert typesetter.missing_glyphs(rare) == ""
    assert "䶮㛃𬭚" in page_text(typesetter.render(rare))


def test_a_character_no_font_has_is_reported_and_never_left_out(typesetter, facts):
    rare = replace(facts, name="𨰻明𨰻", institution="𤧟城学校")

    with pytest.raises(Refused) as refusal:
        typesetter.render(rare)

    assert typesetter.missing_glyphs(rare) == "𨰻𤧟"
    assert refusal.value.code == "missing_glyphs"
    assert refusal.value.facts == {"characters": "𨰻𤧟"}
    assert "𨰻𤧟" in str(refusal.value)


def tiny_font(folder: Path, character: str) -> None:
    pen = TTGlyphPen(None)
    pen.moveTo((0, 0))
    for corner in ((900, 0), (900, 900), (0, 900)):
        pen.lineTo(corner)
    pen.closePath()
    font = FontBuilder(1000, isTTF=True)
    font.setupGlyphOrder([".notdef", "rare"])
    font.setupCharacterMap({ord(character): "rare"})
    font.setupGlyf({".notdef": TTGlyphPen(None).glyph(), "rare": pen.glyph()})
    font.setupHorizontalMetrics({".notdef": (1000, 0), "rare": (1000, 0)})
    font.setupHorizontalHeader(ascent=880, descent=-120)
    names = {"familyName": "Rare Surnames", "styleName": "Regular", "psName": "RareSurnames"}
    font.setupNameTable(names | {"fullName": "Rare Surnames Regular"})
    font.setupOS2(sTypoAscender=880, usWinAscent=880, usWinDescent=120)
    font.setupPost()
    font.save(folder / "rare.ttf")


def test_a_further_font_supplies_the_character_that_was_missing(tmp_path, facts):
    tiny_font(tmp_path, "𨰻")
    fuller = Typesetter(settings.FONTS_DIR, extra=[tmp_path])
    rare = replace(facts, name="𨰻明")

    assert fuller.missing_glyphs(rare) == ""
    assert "𨰻" in page_text(fuller.render(rare))


def test_missing_fonts_say_where_they_were_looked_for(tmp_path):
    with pytest.raises(FileNotFoundError, match=r"400Regular.*npm ci"):
        Typesetter(tmp_path)


def test_threads_may_share_one_typesetter(typesetter, facts):
    many = [replace(facts, number=f"ZP-2026-523-{serial:06}") for serial in range(8)]

    with ThreadPoolExecutor(4) as pool:
        pages = list(pool.map(typesetter.render, many))

    for one, page in zip(many, pages, strict=True):
        assert one.number in page_text(page)


def test_the_qr_code_is_one_path_without_script():
    svg = qr_svg("https://zhupei.example/v/7KQ2-M9XD-4TFA")

    assert svg.startswith("<svg")
    assert svg.count("<path") == 1
    assert "<script" not in svg
