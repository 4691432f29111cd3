"""Lists as spreadsheets: texts stay texts, figures stay figures."""

import io

import python_calamine as calamine

from zhupei.core import tables
from zhupei.core.tables import Sheet

LONG = "650000199005201234"


def test_texts_are_kept_as_they_are_and_figures_can_be_added_up():
    rows = [["=1+1", LONG, 3, 92.5, None], ["http://example.com", "007", 4, 0.0, "x"]]
    content = tables.workbook(
        Sheet("一", ["甲", "乙", "丙", "丁", "戊"], rows), Sheet("二", ["甲"], [])
    )

    book = calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
    assert book.sheet_names == ["一", "二"]
    first, *found = book.get_sheet_by_name("一").to_python()
    assert first == ["甲", "乙", "丙", "丁", "戊"]
    assert found == [["=1+1", LONG, 3.0, 92.5, ""], ["http://example.com", "007", 4.0, 0.0, "x"]]


def test_the_answer_is_a_file_nobody_caches():
    answer = tables.answer(tables.workbook(Sheet("一", ["甲"], [["乙"]])), "名单.xlsx")

    assert answer["Content-Type"] == tables.CONTENT_TYPE
    assert answer["Content-Disposition"].startswith("attachment")
    assert "no-store" in answer["Cache-Control"]
