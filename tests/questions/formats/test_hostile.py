"""Files made to deceive, broken ones, and nonsense: no reader ever raises."""

import random
import time
import zipfile
from io import BytesIO

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.questions.formats.files import (
    CHOICES,
    SAMPLES,
    codes,
    docx,
    manifest,
    notes,
    package,
    png,
    qti_item,
    resource,
    sample,
)
from zhupei.questions.formats import recognise
from zhupei.questions.formats.draft import Reading
from zhupei.questions.formats.recognise import READERS

FUZZ = settings(max_examples=80, deadline=None, suppress_health_check=list(HealthCheck))
GOOD = qti_item(CHOICES)
BOMB = (
    '<!DOCTYPE lolz [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">'
    '<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]>'
)
OUTSIDE = '<!DOCTYPE x [<!ENTITY secret SYSTEM "file:///etc/passwd">]>'


def check(reading: Reading) -> None:
    """A reading anybody can show: everything said, every draft whole."""
    assert isinstance(reading, Reading)
    assert reading.drafts or reading.faults or reading.notes
    for said in [*reading.faults, *reading.notes]:
        assert said.code
        assert said.sentence
    for draft in reading.drafts:
        assert draft.stem
        assert draft.key


@pytest.mark.parametrize("reader", READERS)
@given(content=st.binary(max_size=300))
@FUZZ
def test_bytes_without_sense_raise_nothing(reader, content):
    check(READERS[reader](content))


@pytest.mark.parametrize("reader", READERS)
@given(content=st.text(max_size=300))
@FUZZ
def test_text_without_sense_raises_nothing(reader, content):
    check(READERS[reader](content.encode("utf-8", "replace")))


PIECES = st.sampled_from(
    [
        "1. ",
        "2、",
        "A. ",
        "B、",
        "(C)",
        "答案：",
        "【解析】",
        "（ ）",
        "（AB）",
        "____",
        "\n",
        "\n\n",
        "1-5 ",
        "参考答案",
        "一、单选题",
        "案例：",
        "题号\t1\t2",
        "ANSWER: A",
        "{",
        "}",
        "=",
        "~",
        "#",
        "::",
        "\\",
        "$CATEGORY: a/b",
        "//",
        "%50%",
        "->",
        "<b>",
        "</p>",
        "&lt;",
        "\ue001",
        "\ue0101\ue001",
        "\x00",
        "\u3000",
    ]
)


@pytest.mark.parametrize("reader", ["text", "gift", "aiken"])
@given(pieces=st.lists(PIECES | st.text(max_size=5), max_size=40))
@FUZZ
def test_pieces_of_the_format_in_any_order_raise_nothing(reader, pieces):
    check(READERS[reader]("".join(pieces).encode("utf-8", "replace")))


@pytest.mark.parametrize("name", sorted(path.name for path in SAMPLES.iterdir()))
@given(data=st.data())
@FUZZ
def test_a_sample_with_a_hole_or_a_splinter_raises_nothing(name, data):
    content = sample(name)
    start = data.draw(st.integers(0, len(content)))
    end = data.draw(st.integers(start, min(len(content), start + 60)))
    splinter = data.draw(st.binary(max_size=8) | st.sampled_from([b"<", b"{", b"\n\n", b"\xff"]))
    changed = content[:start] + splinter + content[end:]

    check(READERS[recognise.recognise(content)](changed))
    check(recognise.read(changed))


@given(data=st.data())
@FUZZ
def test_a_broken_package_raises_nothing(data):
    content = package({"imsmanifest.xml": manifest(resource("q.xml")), "q.xml": GOOD})
    place = data.draw(st.integers(0, len(content) - 1))
    byte = data.draw(st.integers(0, 255))

    check(recognise.read(content[:place] + bytes([byte]) + content[place + 1 :]))
    check(recognise.read(content[:place]))


# --- the file as a whole ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"),
        (b" \n ", "empty"),
        (b"%PDF-1.7", "format_unknown"),
        (b"\x89PNG\r\n\x1a\n", "format_unknown"),
        (b"<html><body>x</body></html>", "format_unknown"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"W\0o\0r\0d\0", "old_word"),
        (b"x" * (recognise.MAX_BYTES + 1), "too_large"),
        (b"\xff\xff\xff\xff\x80\x80", "encoding"),
        (b"PK\x03\x04 not an archive", "damaged"),
        (b"<quiz><question", "xml_broken"),
        (b"<quiz></quiz>", "no_items"),
        ("没有题".encode(), "no_items"),
        (b"<questestinterop/>", "qti_old"),
        (f"{BOMB}<quiz>&c;</quiz>".encode(), "xml_entities"),
        (f"{OUTSIDE}<quiz>&secret;</quiz>".encode(), "xml_entities"),
        (f"{BOMB}{GOOD}".encode(), "xml_entities"),
        (f"{OUTSIDE}<assessmentItem>&secret;</assessmentItem>".encode(), "xml_entities"),
        (b'<!DOCTYPE quiz SYSTEM "http://127.0.0.1:1/x.dtd"><quiz/>', "xml_entities"),
        (b"<quiz>" + b"<a>" * 5000 + b"</a>" * 5000 + b"</quiz>", "xml_deep"),
        (b"<quiz>" + b"<a/>" * 1_600_000 + b"</quiz>", "xml_deep"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_file_is_refused_as_a_whole(content, code):
    reading = recognise.read(content)

    assert codes(reading) == [code]
    assert not reading.drafts
    assert reading.faults[0].fix


def zipped(name: str, content: bytes, **entry) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        info = zipfile.ZipInfo(name)
        info.compress_type = zipfile.ZIP_DEFLATED
        made.writestr(info, content)
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (zipped("../../etc/cron.d/x.xml", b"x"), "path"),
        (zipped("a/../../x.xml", b"x"), "path"),
        (zipped("/etc/passwd", b"x"), "path"),
        (zipped("C:\\x.xml", b"x"), "path"),
        (zipped("q.xml", b"\0" * 50_000_000), "bomb"),
        (package({f"{n}.xml": "" for n in range(30_001)}), "bomb"),
    ],
    ids=["up", "inside up", "root", "drive", "ratio", "entries"],
)
def test_a_package_that_is_a_trap_is_not_opened(content, code):
    assert codes(recognise.read(content)) == [code]


def test_a_package_with_a_password_is_said_to_have_one():
    content = bytearray(package({"q.xml": GOOD}))
    content[6] |= 1
    content[content.index(b"PK\x01\x02") + 8] |= 1

    assert codes(recognise.read(bytes(content))) == ["password"]


def test_a_package_that_lies_about_its_sizes_is_damaged():
    content = bytearray(package({"q.xml": GOOD}))
    place = content.index(b"PK\x01\x02") + 24
    content[place : place + 4] = (10).to_bytes(4, "little")

    assert codes(recognise.read(bytes(content))) == ["damaged"]


def test_an_item_that_reaches_for_a_file_outside_gets_none():
    body = '<p><img src="../../../etc/passwd"/><img src="file:///etc/passwd"/></p>' + CHOICES
    reading = recognise.read(
        package({"imsmanifest.xml": manifest(resource("i/q.xml")), "i/q.xml": qti_item(body)})
    )

    assert codes(reading) == ["picture_missing"]


def test_an_item_with_entities_is_refused_and_the_others_come_in():
    reading = recognise.read(
        package(
            {
                "imsmanifest.xml": manifest(resource("a.xml") + resource("b.xml")),
                "a.xml": OUTSIDE + GOOD.replace("甲", "&secret;"),
                "b.xml": GOOD,
            }
        )
    )

    assert codes(reading) == ["xml_entities"]
    assert reading.faults[0].position == "a.xml"
    assert len(reading.drafts) == 1


def test_a_bomb_of_entities_in_a_word_file_is_refused():
    content = package({"word/document.xml": f"{BOMB}<w>&c;</w>"})

    assert codes(recognise.read(content)) == ["xml_entities"]


def test_a_named_format_that_is_another_one_is_refused():
    assert codes(recognise.read(sample("moodle.xml"), "gift")) == ["format_other"]
    assert recognise.read(sample("aiken.txt"), "text").format == "text"


# --- what strangers put into items --------------------------------------------------------------


def test_tags_and_scripts_in_items_are_text_without_them_and_that_is_said():
    text = (
        "1. 甲<script>alert(1)</script><b>乙</b> a<b？\n"
        "A. <img src=x onerror=alert(1)>是\nB. 否\n答案：A"
    )
    reading = recognise.read(text)

    assert reading.drafts[0].stem == "甲乙 a<b？"
    assert "script_dropped" in notes(reading)
    assert "<img" not in str(reading.drafts)


def test_tags_hidden_inside_tags_do_not_come_through():
    text = "1. <scr<script>ipt>alert(1)</scr</script>ipt> 甲\nA. 丙\nB. 丁\n答案：A"

    assert "<script" not in recognise.read(text).drafts[0].stem


def test_a_picture_that_is_a_program_is_refused():
    item = qti_item('<p><img src="x.png"/></p>' + CHOICES)
    svg = qti_item('<p><img src="x.svg"/></p>' + CHOICES)

    one = recognise.read(package({"q.xml": item, "x.png": b"MZ\x90"}))
    two = recognise.read(package({"q.xml": svg, "x.svg": "<svg onload='alert(1)'/>"}))

    assert codes(one) == codes(two) == ["picture_kind"]


def test_a_picture_may_not_be_larger_than_a_screen_needs():
    item = qti_item('<p><img src="x.png"/></p>' + CHOICES)
    content = png() + random.Random(7).randbytes(3_200_000)

    reading = recognise.read(package({"q.xml": item, "x.png": content}))

    assert codes(reading) == ["picture_size"]


# --- much of it ---------------------------------------------------------------------------------

MANY = 5_000


def word(count: int) -> str:
    return "\n".join(
        f"{n}. 第 {n} 题问什么？\nA. 甲{n}  B. 乙{n}  C. 丙{n}  D. 丁{n}\n答案：B\n解析：因为。"
        for n in range(1, count + 1)
    )


def gift(count: int) -> str:
    return "\n\n".join(f"::t{n}:: 第 {n} 题？ {{=甲{n} ~乙{n}}}" for n in range(count))


def moodle(count: int) -> str:
    one = (
        '<question type="truefalse"><questiontext><text>第 {n} 题</text></questiontext>'
        '<answer fraction="100"><text>true</text></answer></question>'
    )
    return f"<quiz>{''.join(one.replace('{n}', str(n)) for n in range(count))}</quiz>"


@pytest.mark.slow
@pytest.mark.parametrize("write", [word, gift, moodle])
def test_five_thousand_items_are_read(write):
    reading = recognise.read(write(MANY))

    assert len(reading.drafts) == MANY


@pytest.mark.slow
@pytest.mark.parametrize(
    "text",
    [
        "1. " * 200000,
        "A. " * 200000,
        "（" * 300000,
        "<" * 300000,
        "答案：" * 100000,
        "1.\n" * 100000,
        "\\{" * 100000,
        "::" * 200000,
        "<b " * 100000,
        "____" * 100000,
        "<!--" * 100000,
        "<script>" * 20000,
        "1-2 " * 100000,
        " " * 500000 + "x",
    ],
)
@pytest.mark.parametrize("reader", ["text", "gift", "aiken"])
def test_no_text_makes_a_reader_hang(reader, text):
    before = time.thread_time()  # what others do on the machine is not counted

    check(READERS[reader](f"1. 题\nA. 甲\nB. 乙\n{text}".encode()))

    assert time.thread_time() - before < 20


def test_a_word_file_may_be_anything_inside():
    check(recognise.read(docx("", "1. 题", "A. 甲")))
    check(recognise.read(package({"word/document.xml": "<a/>"})))
    check(recognise.read(package({"word/document.xml": "no xml"})))
