"""QTI: what is read of 2.1 and 3.0, what is refused, packages."""

import pytest

from tests.questions.formats.files import (
    CHOICES,
    codes,
    manifest,
    notes,
    only,
    package,
    png,
    qti_item,
    resource,
)
from zhupei.questions.formats import recognise
from zhupei.questions.rules import Kind

CHOICE = '<simpleChoice identifier="{0}">{1}</simpleChoice>'
STIMULUS = (
    '<qti-assessment-stimulus xmlns="http://www.imsglobal.org/xsd/imsqtiasi_v3p0" identifier="s">'
    '<qti-stimulus-body><p>材料。</p><p><img src="../p/site.png" alt="现场"/></p>'
    "</qti-stimulus-body></qti-assessment-stimulus>"
)


def item(body: str, correct: str = "A", **more):
    return recognise.read(qti_item(body, correct, **more).encode())


def asked(*texts: str, prompt: str = "哪个？") -> str:
    inside = "".join(CHOICE.format(*one) for one in zip("ABCDEFGHI", texts, strict=False))
    inside = f"<prompt>{prompt}</prompt>{inside}"
    return f'<choiceInteraction responseIdentifier="RESPONSE">{inside}</choiceInteraction>'


def test_true_and_false_are_a_judgement():
    draft = only(item(asked("True", "False"), "B"))

    assert (draft.kind, draft.options, draft.key) == (Kind.JUDGE, ("正确", "错误"), "B")


def test_several_right_ones_of_which_there_is_one_are_a_single_choice():
    reading = item(asked("甲", "乙"), "A", cardinality="multiple")

    assert only(reading).kind == Kind.SINGLE
    assert "one_right" in notes(reading)


def test_an_essay_has_its_rubric_for_the_scorer():
    body = (
        '<extendedTextInteraction responseIdentifier="RESPONSE"><prompt>怎么做？</prompt>'
        "</extendedTextInteraction>"
        '<rubricBlock view="scorer"><p>放线（3分）</p><p>砌筑（2分）</p></rubricBlock>'
    )
    draft = only(item(body, ""))

    assert (draft.kind, draft.stem) == (Kind.ESSAY, "怎么做？")
    assert [one["points"] for one in draft.key["rubric"]] == ["3", "2"]


def test_paragraphs_lists_and_raised_figures_are_text():
    body = f"<p>每 m<sup>2</sup>：</p><ul><li>甲</li><li>乙</li></ul><p>a<br/>b</p>{CHOICES}"

    assert only(item(body)).stem == "每 m²：\n甲\n乙\na\nb\n哪个？"


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ("<p>没有作答</p>", "no_interaction"),
        (CHOICES + CHOICES, "several_interactions"),
        ('<matchInteraction responseIdentifier="R"/>', "not_supported"),
        ('<p><inlineChoiceInteraction responseIdentifier="R"/></p>', "not_supported"),
        ('<orderInteraction responseIdentifier="R"/>', "not_supported"),
        ('<hotspotInteraction responseIdentifier="R"/>', "not_supported"),
        ('<customInteraction responseIdentifier="R"/>', "not_supported"),
        (f'<p><math xmlns="http://www.w3.org/1998/Math/MathML"/></p>{CHOICES}', "formula"),
        (f'<p><video src="a.mp4"/></p>{CHOICES}', "media"),
        (f'<p><object data="a.swf" type="application/x"/></p>{CHOICES}', "media"),
        (f'<p><img src="http://example.org/a.png"/></p>{CHOICES}', "picture_elsewhere"),
        (f'<p><img src="gone.png"/></p>{CHOICES}', "picture_missing"),
        (asked('<img src="a.png"/>', "乙"), "option_picture"),
        (asked("甲"), "options_too_few"),
        (asked("甲", "甲"), "option_twice"),
        (asked(*"一二三四五六七八九"), "options_too_many"),
        (asked("甲", "乙", prompt=""), "stem_missing"),
    ],
)
def test_what_cannot_be_kept_is_refused_with_its_reason(body, code):
    reading = item(body)

    assert code in codes(reading)
    assert reading.faults[0].position == "q"
    assert not reading.drafts


def test_an_answer_that_is_no_choice_is_refused():
    assert "answer_not_an_option" in codes(item(CHOICES, "Z"))
    assert codes(item(CHOICES, "")) == ["answer_missing"]


def test_an_item_made_from_a_template_is_refused():
    more = '<templateDeclaration identifier="x" cardinality="single" baseType="integer"/>'

    assert codes(item(CHOICES, more=more)) == ["not_supported"]


def test_feedback_on_options_is_left_out_and_said():
    body = asked("甲<feedbackInline identifier='A'>对</feedbackInline>", "乙")

    assert "feedback_dropped" in notes(item(body))


def test_a_package_gives_its_items_in_the_order_of_its_manifest_with_what_it_says_of_them():
    lom = (
        '<metadata><lom xmlns="http://ltsc.ieee.org/xsd/LOM"><educational><difficulty>'
        "<source>LOMv1.0</source><value>very difficult</value></difficulty></educational></lom>"
        "</metadata>"
    )
    listed = (
        resource("b.xml") + resource("a.xml", more=lom) + resource("t.xml", "imsqti_test_xmlv2p1")
    )
    reading = recognise.read(
        package(
            {
                "imsmanifest.xml": manifest(listed),
                "a.xml": qti_item(asked("甲", "乙", prompt="一？")),
                "b.xml": qti_item(asked("甲", "乙", prompt="二？")),
                "t.xml": "<assessmentTest/>",
            }
        )
    )

    assert [(draft.stem, draft.difficulty) for draft in reading.drafts] == [
        ("二？", 3),
        ("一？", 5),
    ]
    assert reading.drafts[0].position == "b.xml · q"


@pytest.mark.parametrize("resources", [None, resource("t.xml", "webcontent")])
def test_a_package_without_items_in_its_manifest_is_searched(resources):
    files = {"deep/er/q.xml": qti_item(CHOICES)}
    if resources:
        files["imsmanifest.xml"] = manifest(resources)

    assert only(recognise.read(package(files))).key == "A"


def test_pictures_and_stimuli_are_found_from_where_they_are_named():
    body = f'<p><img src="../p/w%20all.png" alt="墙"/></p>{CHOICES}'
    more = '<assessmentStimulusRef identifier="s" href="../s/s.xml"/>'
    reading = recognise.read(
        package(
            {
                "imsmanifest.xml": manifest(resource("i/q.xml")),
                "i/q.xml": qti_item(body, more=more),
                "p/w all.png": png(),
                "s/s.xml": STIMULUS,
                "p/site.png": png(3),
            }
        )
    )

    draft = only(reading)
    assert [(one.name, one.alt) for one in draft.pictures] == [("w_all.png", "墙")]
    assert draft.case.text == "材料。"
    assert [(one.name, one.alt) for one in draft.case.pictures] == [("site.png", "现场")]


@pytest.mark.parametrize(
    ("files", "code"),
    [
        ({}, "item_broken"),
        ({"q.xml": "<assessmentItem"}, "item_broken"),
        ({"q.xml": "<questestinterop/>"}, "qti_old"),
        ({"q.xml": qti_item(CHOICES, more='<assessmentStimulusRef href="no.xml"/>')}, "outside"),
    ],
)
def test_a_broken_item_is_refused_and_the_others_come_in(files, code):
    listed = manifest(resource("q.xml") + resource("good.xml"))
    good = qti_item(asked("丙", "丁", prompt="好题？"))

    reading = recognise.read(package({"imsmanifest.xml": listed, "good.xml": good, **files}))

    assert codes(reading) == [code]
    assert reading.faults[0].position.startswith("q.xml")
    assert [draft.stem for draft in reading.drafts] == ["好题？"]


def test_a_manifest_that_is_broken_is_refused_as_a_whole():
    assert codes(recognise.read(package({"imsmanifest.xml": "<manifest"}))) == ["xml_broken"]
