"""The exam as a plain form: what it asks for, and how what was sent is read."""

import pytest
from django.http import QueryDict

from zhupei.exams.views import plain


@pytest.mark.parametrize(
    ("stem", "blanks", "count"),
    [
        ("混凝土强度等级为____，坍落度为______。", None, 2),
        ("依次是（ ）、（　）和( )。", None, 3),
        ("规范（见附录）要求____。", None, 1),
        ("图中（）处应填____。", None, 1),  # a drawn gap is the gap, brackets are text
        ("写出三项措施。", 3, 3),
        ("写出几项措施。", None, plain.UNKNOWN),
    ],
)
def test_a_fill_in_asks_for_as_many_texts_as_it_has_gaps(stem, blanks, count):
    assert plain.gaps({"stem": stem, "blanks": blanks}) == count


def test_a_form_is_drawn_with_what_is_stored():
    items = [
        {"place": 4, "kind": "blank", "stem": "____和____"},
        {"place": 2, "kind": "essay", "stem": "写"},
        {"place": 0, "kind": "blank", "stem": "____"},
    ]

    first, second, third = plain.drawn(items, {4: '["10"]', 2: "第一行\n第二行", 0: "no JSON"})

    assert first["texts"] == ["10", ""]
    assert second["chosen"] == "第一行\n第二行"
    assert third["texts"] == [""]


def test_what_was_sent_is_written_as_answers_are():
    items = [
        {"place": place, "kind": kind}
        for place, kind in enumerate(["single", "multiple", "blank", "essay", "blank", "judge"])
    ]
    sent = QueryDict(mutable=True)
    sent.setlist("item-0", ["B"])
    sent.setlist("item-1", ["D", "A", "D"])
    sent.setlist("item-2", [" 10 ", "厘米" * 100])
    sent.setlist("item-3", ["第一行\r\n第\0二行  "])
    sent.setlist("item-4", ["", ""])

    read = plain.read(items, sent)

    assert read[0] == "B"
    assert read[1] == "AD"
    assert read[2] == '["10","' + "厘米" * 50 + '"]'
    assert read[3] == "第一行\n第二行"
    assert (read[4], read[5]) == ("", "")
