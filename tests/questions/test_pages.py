"""The pages of items: the editor, one item, the queue, the sheet, the lists, the matrix."""

import pytest
from django.core.files.base import ContentFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests import make_questions
from tests.make_questions import awaited, blank, content, essay, fresh, judge, multiple, wearing
from zhupei.core import audit
from zhupei.core.models import StoredFile
from zhupei.questions import contents
from zhupei.questions.actions import cases, flags, items, reviews
from zhupei.questions.models import Item, Opinion

SORTED = {"difficulty": "3", "cognition": "recall", "point": "识图与构造", "source": "自编"}
SINGLE = {
    "kind": "single",
    "stem": "砖砌体的水平灰缝厚度宜为多少？",
    "rows": "4",
    "option_A": "5 mm",
    "option_B": "10 mm",
    "right": "B",
    **SORTED,
}


@pytest.fixture
def bank(world):
    return make_questions.experts(world)


@pytest.fixture
def new(bank) -> str:
    return reverse("questions:new", args=[bank.questions.pk])


def page_of(item, name: str = "item", *rest) -> str:
    return reverse(f"questions:{name}", args=[item.pk, *rest])


def served(browser, address: str):
    answer = browser.get(address)
    list(answer)  # a file is closed when it has been read
    return answer


WRITTEN = [
    (SINGLE, "B", ["5 mm", "10 mm"]),
    (SINGLE | {"kind": "multiple", "right": ["B", "A"]}, "AB", ["5 mm", "10 mm"]),
    ({"kind": "judge", "stem": "竖缝可以不填。", "right": "B", **SORTED}, "B", ["正确", "错误"]),
    (
        {"kind": "blank", "stem": "长 ____，宽 ____。", "rows": "2", "blank_1": "240 mm | 24cm",
         "blank_2": "115 mm", "ordered": "on", **SORTED},
        {"blanks": [["240 mm", "24cm"], ["115 mm"]], "ordered": True},
        [],
    ),
    (
        {"kind": "essay", "stem": "简述留槎。", "rows": "2", "rubric_what_1": "斜槎",
         "rubric_points_1": "3", "sample": "同时砌筑。", **SORTED},
        {"rubric": [{"what": "斜槎", "points": "3"}], "sample": "同时砌筑。"},
        [],
    ),
]  # fmt: skip


@pytest.mark.parametrize(("said", "key", "options"), WRITTEN, ids=lambda one: str(one)[:20])
def test_every_kind_is_written_without_a_script(bank, as_user, new, said, key, options):
    page = as_user(bank.ren).post(new, said, follow=True)

    version = Item.objects.latest("pk").latest
    assert (version.key, version.options, version.kind) == (key, options, said["kind"])
    assert (version.author, version.point, version.state) == (bank.ren, "识图与构造", "draft")
    assert "草稿已保存" in page.text
    edit = as_user(bank.ren).get(page_of(version.item, "edit"))
    assert edit.context["form"].said == contents.of(version)


@pytest.mark.parametrize(
    ("changed", "field", "words"),
    [
        ({"stem": ""}, "stem", "没有题干"),
        ({"stem": "砖\0缝"}, "stem", None),
        ({"option_B": "5 MM"}, "option_A", "相同的选项"),
        ({"right": ""}, "right", "没有答案"),
        ({"right": "D"}, "right", "没有对应的选项"),
        ({"point": "没有的知识点"}, "point", None),
        ({"difficulty": "9"}, "difficulty", None),
        ({"kind": "blank"}, "blank_1", "没有填空的答案"),
        ({"kind": "essay"}, "rubric_what_1", "没有评分要点"),
        ({"kind": "judge", "right": ""}, "right", "没有答案"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field_and_nothing_typed_is_lost(
    bank, as_user, new, changed, field, words
):
    page = as_user(bank.ren).post(new, SINGLE | {"analysis": "见第五章"} | changed)

    assert page.status_code == 422
    errors = page.context["form"].errors[field]
    assert words is None or words in errors[0]
    assert "见第五章" in page.text
    assert not bank.questions.items.filter(latest__author=bank.ren).exists()


def test_changing_the_kind_or_asking_for_rows_keeps_what_was_typed(bank, as_user, new):
    browser = as_user(bank.ren)

    page = browser.post(new, SINGLE | {"kind": "essay", "switch": "1"})
    assert page.status_code == 200
    assert "rubric_what_1" in page.text
    assert SINGLE["stem"] in page.text
    assert "没有评分要点" not in page.text
    page = browser.post(new, SINGLE | {"more": "1"})
    assert "option_F" in page.text
    assert "10 mm" in page.text
    part = browser.post(new, SINGLE | {"more": "1"}, headers={"HX-Request": "true"})
    assert part.text.lstrip().startswith('<form class="editor"')
    assert browser.get(f"{new}?kind=riddle").status_code == 404


def test_html_in_an_item_is_text(bank, as_user, new):
    evil = '<script>alert(1)</script><img src=x onerror="alert(1)">'
    as_user(bank.ren).post(new, SINGLE | {"stem": evil, "option_A": evil, "analysis": evil})
    item = Item.objects.latest("pk")

    for address in (page_of(item), page_of(item, "edit")):
        page = as_user(bank.ren).get(address).text
        assert "<script>alert" not in page
        assert "<img src=x" not in page
        assert "&lt;script&gt;alert(1)" in page


def test_a_picture_is_sent_with_words_and_not_twice(bank, as_user, new):
    browser = as_user(bank.ren)
    page = browser.post(new, SINGLE | {"upload_0": make_questions.png(), "alt_0": ""})
    assert page.context["form"].errors["alt_0"] == [
        "每张图片都要有文字说明，看不见图的考生靠它答题。"
    ]
    row = page.context["form"].picture_rows()[0]
    assert served(browser, row["shown"]["url"])["Content-Type"] == "image/png"

    browser.post(new, SINGLE | {"picture_0": row["token"], "alt_0": "一面墙"})

    picture = Item.objects.latest("pk").latest.pictures.get()
    assert (picture.alt, StoredFile.objects.count()) == ("一面墙", 1)
    address = reverse("questions:picture", args=[picture.pk])
    assert served(browser, address)["X-Content-Type-Options"] == "nosniff"
    assert as_user(bank.ye).get(address).status_code == 404
    assert as_user(bank.chen).get(row["shown"]["url"]).status_code == 404


@pytest.mark.parametrize(
    ("name", "bytes_"), [("图.svg", b"<svg/>"), ("图.png", b"<script>"), ("图.pdf", b"%PDF-1.7")]
)
def test_only_pictures_are_pictures(bank, as_user, new, name, bytes_):
    upload = ContentFile(bytes_, name)

    page = as_user(bank.ren).post(new, SINGLE | {"upload_0": upload, "alt_0": "图"})

    assert page.status_code == 422
    assert page.context["form"].errors["alt_0"]
    assert not StoredFile.objects.exists()


def test_a_token_somebody_made_up_names_nothing(bank, as_user, new):
    page = as_user(bank.ren).post(new, SINGLE | {"picture_0": "1:abc", "alt_0": "图"}, follow=True)

    assert not Item.objects.latest("pk").latest.pictures.exists()
    address = reverse("questions:unsaved-picture", args=["1:abc"])
    assert as_user(bank.ren).get(address).status_code == 404
    assert page.status_code == 200


def test_a_picture_can_be_taken_away_again(bank, as_user):
    item = make_questions.draft(bank, pictures=[make_questions.picture(bank)])
    browser = as_user(bank.ren)
    row = browser.get(page_of(item, "edit")).context["form"].picture_rows()[0]

    said = SINGLE | {"picture_0": row["token"], "alt_0": "墙", "remove_0": "on"}
    browser.post(page_of(item, "edit"), said)

    assert not fresh(item).latest.pictures.exists()


def test_the_preview_shows_it_as_the_candidate_will_see_it(bank, as_user):
    preview = reverse("questions:preview", args=[bank.questions.pk])

    page = as_user(bank.ren).post(preview, SINGLE | {"stem": "", "option_A": "<b>粗</b>"})
    assert "（还没有题干）" in page.text
    assert "&lt;b&gt;粗&lt;/b&gt;" in page.text
    assert page.text.lstrip().startswith('<div class="stack editor-beside" id="beside">')
    assert as_user(bank.chen).post(preview, SINGLE).status_code == 403


def test_saving_and_handing_in_is_one_step(bank, as_user, new):
    page = as_user(bank.ren).post(new, SINGLE | {"submit": "1"}, follow=True)

    assert "系统已请两位专家审题" in page.text
    assert Opinion.objects.awaited().count() == 2


@pytest.mark.parametrize("person", ["li", "aygul", "adil", "song"])
def test_for_everybody_else_there_is_no_bank(bank, as_user, new, person):
    item = make_questions.in_review(bank)
    opinion = page_of(awaited(item)[0], "opinion")
    browser = as_user(getattr(bank, person))

    for address in (new, page_of(item), page_of(item, "edit"), opinion):
        assert browser.get(address).status_code == 404
    for name in ("queue", "sheet"):
        assert browser.get(reverse(f"questions:{name}")).status_code == 404


def test_an_expert_writes_in_a_set_but_sees_of_it_only_their_own(bank, as_user):
    mine = make_questions.draft(bank)
    strange = make_questions.draft(bank, judge(), by=bank.gu)
    browser = as_user(bank.ren)

    page = browser.get(reverse("questions:items", args=[bank.questions.pk]))
    assert set(page.context["page"]) == {mine}
    assert browser.get(page_of(strange)).status_code == 404
    assert browser.get(reverse("questions:pairs", args=[bank.questions.pk])).status_code == 403
    assert set(browser.get(reverse("questions:mine")).context["page"]) == {mine}
    assert (
        as_user(bank.chen).get(reverse("questions:items", args=[bank.questions.pk])).status_code
        == 403
    )


def test_an_item_shows_its_versions_what_changed_and_the_reasons(bank, as_user):
    item = make_questions.returned(bank)
    items.revise(item, by=bank.ren, content=content("水平灰缝的厚度宜为多少毫米？", key="C"))

    page = as_user(bank.ren).get(page_of(item))
    assert "说法不清。" in page.text
    assert "第 1 版的审题意见" in page.text
    page = as_user(bank.ren).get(page_of(item, "difference", 1, 2))
    assert [change["field"] for change in page.context["changes"]] == ["题干", "答案"]
    assert "水平灰缝的厚度宜为多少毫米？" in page.text
    assert as_user(bank.ren).get(page_of(item, "difference", 1, 9)).status_code == 404
    assert "第 1 版作者" in as_user(bank.ren).get(f"{page_of(item)}?version=1").text


def test_opening_an_item_is_on_record(bank, as_user):
    item = make_questions.published(bank)
    as_user(bank.gu).get(page_of(item))

    event = audit.own_history(item).last()
    assert (event.verb, event.actor_name) == ("questions.item_viewed", "顾海")
    assert event.within == audit.subject_key(bank.questions)


def test_the_buttons_of_an_item_do_what_they_say(bank, as_user):
    item = make_questions.draft(bank)
    browser = as_user(bank.ren)

    assert "提交审题" in browser.get(page_of(item)).text
    assert "已请两位专家" in browser.post(page_of(item, "item-move", "submit"), follow=True).text
    assert "可以接着改" in browser.post(page_of(item, "item-move", "withdraw"), follow=True).text
    browser.post(page_of(item, "item-move", "submit"))
    make_questions.agree(item)
    page = browser.post(page_of(item, "item-move", "revise"), follow=True)
    assert page.context["form"].said == contents.of(item.versions.get(number=2))
    browser.post(page_of(item, "item-move", "drop"), {"note": "不改了"})
    regulator = as_user(bank.gu)
    assert regulator.post(page_of(item, "item-move", "flag")).status_code == 409
    regulator.post(page_of(item, "item-move", "flag"), {"note": "答案可疑"})
    assert len(awaited(item)) == 2
    regulator.post(page_of(item, "item-move", "retire"), {"note": "停用"})
    assert fresh(item).state == "retired"
    assert regulator.post(page_of(item, "item-move", "burn")).status_code == 404


def test_a_list_is_narrowed_by_what_stands_in_its_address(bank, as_user):
    wall = make_questions.published(bank, content(point="识图与构造", difficulty=5))
    make_questions.in_review(bank, multiple(point="施工工艺与管理"))
    address = reverse("questions:items", args=[bank.questions.pk])
    browser = as_user(bank.gu)

    def found(**asked) -> set:
        return set(browser.get(address, asked).context["page"].object_list)

    assert found(q="水平灰缝") == {wall}
    assert found(q=str(wall.pk)) == {wall}
    assert found(difficulty="5") == {wall}
    assert found(point="识图与构造") == {wall}
    assert len(found(standing="in_review")) == 1
    assert len(found(author="任红梅")) == 2
    assert len(found(kind="multiple", author="任红梅")) == 1
    assert found(standing="faulty") == set()
    flags.flag(wall.current, reason="可疑")
    for opinion in awaited(wall):
        reviews.decide(opinion, by=wearing(opinion.expert), decision="object", reasons={"": "错"})
    assert found(standing="faulty") == {wall}


def test_the_matrix_counts_points_kinds_and_difficulties_and_shows_holes(bank, as_user):
    make_questions.published(bank, content(point="识图与构造", difficulty=5))
    make_questions.draft(bank, blank(point="识图与构造"))
    address = reverse("questions:coverage", args=[bank.questions.pk])

    page = as_user(bank.gu).get(address)
    rows = {row["label"]: row for row in page.context["rows"]}
    cell = next(one for one in rows["识图与构造"]["cells"] if one["kind"] == "single")
    assert [one["n"] for one in cell["counts"]] == [0, 0, 0, 0, 1]
    assert rows["没有写知识点"]["total"] == 30
    assert page.context["holes"] == ["职业道德与法规", "施工工艺与管理"]
    everything = as_user(bank.gu).get(address, {"of": "all"})
    rows = {row["label"]: row for row in everything.context["rows"]}
    assert rows["识图与构造"]["total"] == 2
    assert as_user(bank.chen).get(address).status_code == 200


def test_every_draft_of_a_set_is_handed_in_with_one_button(bank, as_user):
    for one in (content(), judge(), blank()):
        make_questions.draft(bank, one)
    address = reverse("questions:detail", args=[bank.questions.pk])

    assert "提交我的 3 份草稿审题" in as_user(bank.ren).get(address).text
    page = as_user(bank.ren).post(
        reverse("questions:submit-all", args=[bank.questions.pk]), follow=True
    )
    assert "已提交 3 题审题" in page.text
    assert Opinion.objects.awaited().count() == 6


def test_signed_out_nothing_is_shown(bank):
    item = make_questions.published(bank)

    assert Client().get(page_of(item)).status_code == 302


PAGES = ["detail", "items", "coverage", "pairs"]


@pytest.mark.parametrize("name", PAGES)
def test_a_page_of_a_set_asks_few_questions(bank, as_user, django_assert_max_num_queries, name):
    for number in range(4):
        make_questions.published(bank, stem=f"第 {number} 面墙的水平灰缝厚度宜为多少？")
    browser = as_user(bank.gu)
    browser.get(reverse(f"questions:{name}", args=[bank.questions.pk]))

    with django_assert_max_num_queries(16):
        browser.get(reverse(f"questions:{name}", args=[bank.questions.pk]))


@pytest.mark.parametrize("said", [content(), essay()], ids=["single", "essay"])
def test_a_page_of_an_item_asks_few_questions(bank, as_user, django_assert_max_num_queries, said):
    item = make_questions.in_review(bank, said)
    browser = as_user(bank.ye)
    browser.get(page_of(item))

    with django_assert_max_num_queries(24):
        browser.get(page_of(item))
    opinion = Opinion.objects.awaited().get(expert=bank.ye)
    with django_assert_max_num_queries(24):
        browser.get(page_of(opinion, "opinion"))


# ── What the pages cost ──────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("person", ["gu", "ren", "ye"])
def test_the_pages_of_an_item_keep_their_budget(bank, as_user, person):
    """Twelve questions, also for the second version of a piece of a case with pictures."""
    shown = make_questions.picture(bank)
    case = cases.write(bank.questions, "某工程砌筑一砖墙。", by=bank.ren, pictures=[shown])
    said = make_questions.content("灰缝合格吗？", case=case, position=1, pictures=[shown])
    item = make_questions.published(bank, said)
    reviews.submit(items.revise(item, by=bank.ren), by=bank.ren)
    make_questions.draft(bank, make_questions.content("灰缝合格吗？"))
    draft = make_questions.draft(bank, make_questions.content("草稿"))
    browser = as_user(getattr(bank, person))
    pages = [("item", item.pk), ("items", bank.questions.pk)]
    if person == "ren":
        pages += [("edit", draft.pk), ("item", draft.pk)]
    own = [one.pk for one in make_questions.awaited(item) if one.expert == getattr(bank, person)]
    pages += [("opinion", key) for key in own]

    for name, key in pages:
        address = reverse(f"questions:{name}", args=[key])
        browser.get(address)
        with CaptureQueriesContext(connection) as asked:
            assert browser.get(address).status_code == 200
        assert len(asked) <= 12, (name, [query["sql"][:90] for query in asked])
    assert person != "ye" or own
