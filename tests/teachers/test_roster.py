"""Rosters of teachers: rehearsed, imported, given out again."""

from io import BytesIO

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tests import make, make_teachers
from tests.refusals import refused
from zhupei.core import audit, sheets
from zhupei.core.models import WaitingFile
from zhupei.teachers import roster as kinds
from zhupei.teachers.actions import roster
from zhupei.teachers.events import TeacherEvent
from zhupei.teachers.models import Qualification, State, Teacher

HEAD = "姓名,身份证号,手机号,任教工种,职称,职称级别,学历,证书名称,证书编号,发证日期,民族"
GOOD = (
    f"热依汗·买买提,{make.id_number(801)},13900008801,土建施工员,工程师,中级,本科,"
    "工程师证,ZC1,2020-06-01,维吾尔族"
)


def line(number=802, **changes):
    cells = {
        "姓名": "买合木提", "身份证号": make.id_number(number), "手机号": f"13900008{number}",
        "任教工种": "SGY-TJ", "职称": "", "职称级别": "", "学历": "", "证书名称": "",
        "证书编号": "", "发证日期": "", "民族": "",
    } | changes  # fmt: skip
    return ",".join(cells.values())


def book(*lines) -> ContentFile[bytes]:
    return ContentFile("\n".join([HEAD, *lines]).encode(), "教师花名册.csv")


def read(world, *lines):
    waiting = roster.receive(world.school, by=world.aygul, upload=book(*lines))
    return roster.rehearse(waiting)


def test_a_roster_becomes_applications_with_their_papers(world):
    waiting = roster.receive(world.school, by=world.aygul, upload=book(GOOD, line()))

    made = roster.confirm_import(waiting, world.school, by=world.aygul)

    assert [one.person.name for one in made] == ["热依汗·买买提", "买合木提"]
    assert {one.state for one in made} == {State.DRAFT}
    assert (made[0].rank, made[0].proposed_by) == ("intermediate", world.school)
    paper = Qualification.objects.get()
    assert (paper.name, paper.number, paper.file) == ("工程师证", "ZC1", None)
    assert [str(trade) for trade in paper.trades.all()] == ["土建施工员"]
    assert WaitingFile.objects.get().sealed == ""
    with refused("already_imported"):
        roster.confirm_import(waiting, world.school, by=world.aygul)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"姓名": "A"}, "name_shape"),
        ({"身份证号": "65000019900520001X"}, "check_digit"),
        ({"身份证号": make.id_number(1, make.date(2019, 1, 1))}, "too_young"),
        ({"手机号": "12345"}, "phone"),
        ({"任教工种": "魔术师"}, "trade_unknown"),
        ({"任教工种": ""}, "trades_missing"),
        ({"职称级别": "特级"}, "rank_unknown"),
        ({"证书名称": "工程师证"}, "issue_missing"),
        ({"证书名称": "工程师证", "发证日期": "前年"}, "date_shape"),
        ({"证书名称": "工程师证", "发证日期": "2020-13-40"}, "date_shape"),
        ({"证书名称": "工程师证", "发证日期": "2199-01-01"}, "issued_in_future"),
    ],
)
def test_a_bad_row_says_what_is_wrong_and_the_good_one_stays_good(world, changes, code):
    reading = read(world, GOOD, line(**changes))

    assert [row.value.name for row in reading.good] == ["热依汗·买买提"]
    assert [fault.code for fault in reading.bad[0].faults] == [code]
    assert reading.bad[0].faults[0].rule
    assert reading.bad[0].faults[0].fix


def test_a_row_is_held_beside_what_the_register_knows(world):
    adil, ma = world.adil.person, world.teacher.person
    drafted = make_teachers.drafted(world, "填报中的").person
    reading = read(
        world,
        line(姓名="别人", 身份证号=adil.id_number, 手机号=adil.phone),
        line(803, 手机号=ma.phone),
        line(804, 手机号="13900008899"),
        line(805, 手机号="13900008899"),
        line(姓名=ma.name, 身份证号=ma.id_number, 手机号=ma.phone),
        line(姓名=drafted.name, 身份证号=drafted.id_number, 手机号=drafted.phone),
        line(姓名=world.sun.name, 身份证号=world.sun.person.id_number, 手机号="13900008898"),
    )

    codes = [[fault.code for fault in row.faults] for row in reading.rows]
    assert codes == [
        ["name_and_number_differ"], ["phone_taken"], [], ["phone_taken"], ["in_pool"],
        ["in_hand"], [],
    ]  # fmt: skip


def test_what_nobody_needs_is_not_read_and_that_is_said(world):
    reading = read(world, GOOD)

    assert reading.columns_not_collected == ["民族"]
    assert "维吾尔族" not in str(reading.rows)


def test_somebody_without_a_paper_comes_in_with_a_warning(world):
    assert [warning.code for warning in read(world, line()).warnings] == ["no_paper"]


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("花名册.xlsx", b"%PDF-1.7 nothing", "not_a_spreadsheet"),
        ("花名册.csv", "姓名,手机号\n张三,139".encode(), "column_missing"),
        ("花名册.csv", HEAD.encode(), "no_rows"),
    ],
)
def test_a_file_that_is_no_roster_is_refused_and_not_kept(world, name, content, code):
    with refused(code):
        roster.receive(world.school, by=world.aygul, upload=ContentFile(content, name))
    assert not WaitingFile.objects.exists()


def test_a_file_of_too_many_rows_is_refused(world):
    with refused("too_large"):
        read(world, *[line(name) for name in range(kinds.MOST + 1)])


@pytest.mark.parametrize("person", ["wang", "ma", "song", "li", "adil"])
def test_only_the_registrar_imports_for_her_school(world, person):
    with refused("not_allowed"):
        roster.receive(world.school, by=getattr(world, person), upload=book(GOOD))
    waiting = roster.receive(world.school, by=world.aygul, upload=book(GOOD))
    with refused("not_allowed"):
        roster.confirm_import(waiting, world.school, by=getattr(world, person))


def test_a_roster_is_rehearsed_on_a_page_then_imported(world, as_user):
    browser = as_user(world.aygul)
    upload = SimpleUploadedFile("花名册.csv", book(GOOD, line(手机号="1")).read())

    page = browser.post(reverse("teachers:send_roster"), {"file": upload}, follow=True)
    report = page.context["report"]
    corrected = browser.get(report["corrected_url"])
    done = browser.post(report["confirm_url"], follow=True)

    assert (report["good"], report["refused"]) == (1, 1)
    assert make.id_number(801) not in page.content.decode()
    assert sheets.read(BytesIO(corrected.content))
    assert "热依汗·买买提" in done.content.decode()
    assert Teacher.objects.filter(proposed_by=world.school).count() == 1
    again = browser.get(page.redirect_chain[0][0])
    assert again.status_code == 302


def test_a_hostile_file_stays_on_the_page_with_its_reason(world, as_user):
    upload = SimpleUploadedFile("花名册.xlsx", b"MZ\x90")

    page = as_user(world.aygul).post(reverse("teachers:send_roster"), {"file": upload})

    assert page.status_code == 422
    assert page.context["form"].errors["file"]


def test_the_template_can_be_read_again(world, as_user):
    paper = as_user(world.aygul).get(reverse("teachers:template"))

    with refused("no_rows"):
        kinds.read(BytesIO(paper.content), roster.kind())


def test_the_roster_goes_out_without_numbers_and_that_is_recorded(world, as_user):
    answer = as_user(world.aygul).get(reverse("teachers:export"))

    (sheet,) = sheets.read(BytesIO(answer.content)).sheets
    rows = [row.cells for row in sheet.rows()]
    assert rows[0][0] == "姓名"
    assert {row[0] for row in rows[1:]} == {"马建国", "古丽娜尔·吐尔逊"}
    assert "没有合同或聘书" in rows[1][-1]
    assert world.teacher.person.id_number not in str(rows)
    event = audit.own_history(world.school).last()
    assert (event.verb, event.facts["count"]) == (TeacherEvent.EXPORTED, 2)


def test_nobody_else_takes_a_roster_out(world):
    with refused("not_allowed"):
        roster.export(world.school, by=world.wang, count=1)
