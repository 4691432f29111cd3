"""Taking files in and handing items out: the verbs."""

from datetime import date
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.core.files.base import ContentFile

from tests import make, make_questions
from tests.questions.formats.files import png, sample
from tests.questions.test_actions import started
from tests.refusals import refused
from zhupei.core import audit
from zhupei.core.models import JobState, LongJob, WaitingFile
from zhupei.questions import actions
from zhupei.questions.actions import exchange, handing_out, likely
from zhupei.questions.formats import recognise
from zhupei.questions.formats.draft import Case, Draft, Picture
from zhupei.questions.formats.qti import writer
from zhupei.questions.models import Item, ItemVersion
from zhupei.questions.rules import Kind

ONE = "1. 第一问？\nA. 甲\nB. 乙\n答案：A"


def upload(name: str) -> ContentFile:
    return ContentFile(sample(name), name)


def bring(world, content, *, into=None, by=None, name="试题.zip"):
    """Take a file in at once."""
    into = into or started(world)
    by = by or world.gu
    file = actions.receive(into, by=by, upload=ContentFile(content, name))
    actions.take_in(into, file, by=by)
    return into


@pytest.mark.parametrize(
    "name", ["word-inline.txt", "gift-all-kinds.gift", "moodle.xml", "aiken.txt", "sheet.csv"]
)
def test_every_format_comes_in_as_drafts_of_whoever_brings_it(world, name):
    question_set = started(world)
    file = actions.receive(question_set, by=world.gu, upload=upload(name))
    reading = actions.rehearse(file)

    count = actions.take_in(question_set, file, by=world.gu)

    versions = ItemVersion.objects.filter(item__question_set=question_set).order_by("pk")
    assert count == len(reading.drafts) == versions.count()
    assert {version.state for version in versions} == {"draft"}
    assert {version.author for version in versions} == {world.gu}
    assert [version.stem for version in versions] == [draft.stem for draft in reading.drafts]
    event = audit.own_history(question_set).last()
    assert event.facts["refused"] == len(reading.unread)
    assert event.facts["format"] == reading.format


def test_a_case_comes_in_once_and_its_items_have_their_places(world):
    question_set = bring(world, sample("word-inline.txt"), name="试题.txt")
    more = f"案例：某工地砌筑围墙时突遇大风，\n墙体倒塌，砸伤两名工人。\n{ONE}"

    bring(world, more.encode(), into=question_set, name="更多.txt")

    (case,) = question_set.cases.all()
    places = case.versions.order_by("position").values_list("position", flat=True)
    assert list(places) == [1, 2, 3]
    assert case.author == world.gu


def test_pictures_of_items_and_of_cases_are_stored(world):
    case = Case("看图回答。", (Picture("现场.png", png(7), "工地现场"),))
    drafts = [
        Draft(
            Kind.SINGLE,
            "图上是什么？",
            "A",
            ("墙", "柱"),
            pictures=(Picture("a.png", png()),),
            case=case,
        )
    ]

    question_set = bring(world, writer.write(drafts, title="x"))

    version = question_set.items.get().latest
    assert [picture.alt for picture in version.pictures.all()] == ["a.png"]
    (drawn,) = version.case.pictures.all()
    assert (drawn.alt, drawn.file.media_type) == ("工地现场", "image/png")


def test_experts_bring_their_own_items(world):
    make_questions.experts(world)

    question_set = bring(world, ONE.encode(), by=world.ren, name="试题.txt")

    assert question_set.items.get().latest.author == world.ren


@pytest.mark.parametrize("person", ["li", "aygul", "chen", "adil"])
def test_nobody_else_brings_items_or_takes_them_out(world, person):
    somebody = getattr(world, person)

    with refused("not_allowed"):
        actions.receive_text(world.questions, by=somebody, text=ONE)
    with refused("not_allowed"):
        actions.export(world.questions, by=somebody, form="qti", scope="all")
    with refused("not_allowed"):
        actions.say_origin(world.questions, by=somebody, origin="regional")


def test_experts_do_not_take_items_out(world):
    make_questions.experts(world)

    with refused("not_allowed"):
        actions.export(world.questions, by=world.ren, form="sheet", scope="all")


@pytest.mark.parametrize(
    ("text", "code"),
    [("", "empty"), ("只是一句话", "no_items"), ("<quiz><question", "xml_broken")],
)
def test_what_holds_no_item_is_refused_and_not_kept(world, text, code):
    with refused(code) as refusal:
        actions.receive_text(started(world), by=world.gu, text=text)
    assert refusal.value.field == "file"
    assert not WaitingFile.objects.exists()


def test_a_file_is_read_in_the_format_somebody_names(world):
    with refused("format_other"):
        actions.receive_text(started(world), by=world.gu, text="<quiz></quiz>", form="gift")


def test_a_file_without_a_good_item_takes_nothing_in(world):
    question_set = started(world)
    file = actions.receive_text(question_set, by=world.gu, text="1. 问？\nA. 甲\nB. 乙")

    with refused("nothing_good"):
        actions.take_in(question_set, file, by=world.gu)


def test_what_the_set_has_word_for_word_is_passed_over(world):
    question_set = bring(world, ONE.encode(), name="试题.txt")
    two = f"{ONE}\n2. 第二问？\nA. 甲\nB. 乙\n答案：B"

    bring(world, two.encode(), into=question_set, name="试题.txt")

    assert question_set.items.count() == 2
    assert audit.own_history(question_set).last().facts["passed_over"] == 1


def test_likely_duplicates_are_named_before_anything_is_stored(world):
    question_set = bring(
        world, "1. 砖砌体的水平灰缝厚度宜为多少毫米？\nA. 10\nB. 20\n答案：A".encode()
    )
    text = (
        "1. 砖砌体水平灰缝的厚度宜为多少毫米？\nA. 10\nB. 20\n答案：A\n"
        "2. 塔式起重机的安装由谁负责？\nA. 甲方\nB. 有资质的单位\n答案：B\n"
        "3. 塔式起重机的安装应由谁负责？\nA. 甲方\nB. 有资质的单位\n答案：B"
    )
    drafts = recognise.read(text).drafts

    found = likely.like(question_set, drafts, shown=range(3), by=world.gu)

    assert [(one.where, one.item) for one in found[0]] == [
        (question_set.title, question_set.items.get().pk)
    ]
    assert found[1][0].where == "第 9 行（第 3 题）"
    assert found[2][0].where == "第 5 行（第 2 题）"
    assert likely.like(question_set, drafts, shown=range(1, 2), by=world.gu) == {1: found[1]}


def test_an_expert_hears_that_there_is_one_and_not_what_it_asks(world):
    make_questions.experts(world)
    text = "1. 砖砌体的水平灰缝厚度宜为多少毫米？\nA. 10\nB. 20\n答案：A"
    question_set = bring(world, text.encode(), name="试题.txt")
    drafts = recognise.read(text.replace("宜为", "应为")).drafts

    (like,) = likely.like(question_set, drafts, shown=range(1), by=world.ren)[0]

    assert (like.where, like.stem, like.item) == (question_set.title, "", None)
    assert like.percent > 60


# --- long files ---------------------------------------------------------------------------------


def many(count: int) -> str:
    return "\n".join(
        f"{n}. 第 {n} 道长题问什么？\nA. 甲\nB. 乙\n答案：A" for n in range(1, count + 1)
    )


def worked(file: WaitingFile, question_set, world, job: LongJob) -> LongJob:
    exchange.run(file, question_set, form="auto", membership=world.gu.acting, progress=job)
    job.refresh_from_db()
    return job


@pytest.fixture
def long_file(world, monkeypatch):
    """A set, a file of seven items where five are a long file, done two at a time."""
    monkeypatch.setattr(exchange, "AT_ONCE", 5)
    monkeypatch.setattr(exchange, "PART", 2)
    question_set = started(world)
    return question_set, actions.receive_text(question_set, by=world.gu, text=many(7))


def test_a_long_file_is_a_job_that_goes_on_where_it_stopped(world, long_file, monkeypatch):
    question_set, file = long_file
    job = actions.take_in(question_set, file, by=world.gu)
    assert isinstance(job, LongJob)
    assert job.total == 7
    with refused("import_under_way"):
        actions.take_in(question_set, file, by=world.gu)

    real, calls = exchange._part, []

    def part(*args):
        calls.append(1)
        if len(calls) == 3:
            raise ConnectionError
        return real(*args)

    monkeypatch.setattr(exchange, "_part", part)
    with pytest.raises(ConnectionError):
        worked(file, question_set, world, job)
    assert question_set.items.count() == 4
    job = worked(file, question_set, world, job)

    assert question_set.items.count() == 7
    assert (job.outcome, job.done) == (JobState.DONE, 7)
    assert "已导入 7 题为草稿" in job.result
    assert audit.own_history(question_set).last().facts["count"] == 7
    with refused("already_imported"):
        actions.rehearse(WaitingFile.objects.get(pk=file.pk))


def test_a_long_file_for_a_set_that_was_retired_meanwhile_fails_with_a_reason(world, long_file):
    question_set, file = long_file
    job = actions.take_in(question_set, file, by=world.gu)
    type(question_set).objects.filter(pk=question_set.pk).update(state="retired")

    job = worked(file, question_set, world, job)

    assert job.outcome == JobState.FAILED
    assert "已停用" in job.result
    assert not Item.objects.filter(question_set=question_set).exists()


# --- out ----------------------------------------------------------------------------------------


@pytest.fixture
def mixed(world):
    """A set with every kind, a case and pictures, some in force and some drafts."""
    question_set = bring(world, sample("word-inline.txt"), name="试题.txt")
    case = Case("看图回答。", (Picture("现场.png", png(7), "工地现场"),))
    picture = Picture("墙.png", png(), "一堵墙")
    bring(
        world,
        writer.write(
            [Draft(Kind.SINGLE, "图上是什么？", "A", ("墙", "柱"), pictures=(picture,), case=case)],
            title="x",
        ),
        into=question_set,
    )
    return question_set


@pytest.mark.parametrize("form", list(handing_out.Form))
def test_what_is_handed_out_comes_back_in_the_same(world, mixed, form):
    paper = actions.export(mixed, by=world.gu, form=form, scope="all")
    other = bring(world, paper.content, into=actions.start(make.job(), by=world.gu, title="另一个"))

    before = [handing_out.draft_of(one) for one in handing_out.versions(mixed, "all")]
    after = [handing_out.draft_of(one) for one in handing_out.versions(other, "all")]
    assert after == before
    assert len(after) == 15


def test_an_export_is_an_event_with_the_fingerprint_of_the_file(world, mixed):
    actions.export(mixed, by=world.gu, form="qti", scope="all")

    event = audit.own_history(mixed).last()
    assert (event.verb, event.facts["count"]) == ("questions.items_exported", 15)
    assert len(event.facts["sha256"]) == 64
    assert audit.sentence(event) == "顾海 导出了 15 题（QTI 3.0（.zip），全部，连同草稿和审题中的）"


def test_only_what_is_in_force_may_be_asked_for(world, mixed):
    with refused("nothing_to_export") as refusal:
        actions.export(mixed, by=world.gu, form="qti", scope="in_force")
    assert refusal.value.field == "scope"

    published = actions.export(world.questions, by=world.gu, form="qti", scope="in_force")
    assert recognise.read(published.content).drafts


def test_a_sealed_set_is_handed_out_to_those_named_on_it_only(world, mixed):
    type(mixed).objects.filter(pk=mixed.pk).update(
        sealed_at="2026-01-01T00:00:00Z", sealed_by=world.gu
    )
    mixed.refresh_from_db()

    with refused("not_allowed"):
        actions.export(mixed, by=world.gu, form="qti", scope="all")
    mixed.keyholders.create(
        user=world.gu,
        reason="组卷",
        named_by=world.gu,
        confirmed_by=make.member("厅里的另一位", "regulator", world.region),
        confirmed_at="2026-01-01T00:00:00Z",
    )
    assert actions.export(mixed, by=world.gu, form="qti", scope="all").content


def test_say_origin_keeps_the_ministrys_bank_apart_with_source_and_day(world):
    question_set = started(world)

    with refused("source_missing") as refusal:
        actions.say_origin(question_set, by=world.gu, origin="national", on=date(2026, 1, 1))
    assert refusal.value.field == "origin_source"
    with refused("day_missing"):
        actions.say_origin(question_set, by=world.gu, origin="national", source="部题库 2026")
    row = actions.say_origin(
        question_set, by=world.gu, origin="national", source="部题库 2026", on=date(2026, 1, 1)
    )

    assert str(row.get_origin_display()) == "部题库"
    assert audit.sentence(audit.own_history(row).last()) == "顾海 写明题库来自部题库"
    paper = actions.export(
        bring(world, ONE.encode(), into=row, name="试题.txt"), by=world.gu, form="qti", scope="all"
    )
    assert "部题库 2026" in _manifest(paper.content)


def _manifest(content: bytes) -> str:
    with ZipFile(BytesIO(content)) as package:
        return package.read("imsmanifest.xml").decode()
