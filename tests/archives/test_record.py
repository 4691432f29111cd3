"""What a package of a class holds beside plan, people and hours: its record, reviews, opinions."""

import csv
import hashlib
import json
from datetime import timedelta

import pytest
import time_machine

from tests import make, make_attendance, make_classes, make_feedback, make_filings, make_teaching
from zhupei.archives import actions, parameters
from zhupei.archives.contents import evidence as packing
from zhupei.archives.contents import oversight, record, training
from zhupei.classes.actions import second
from zhupei.core import bag, files
from zhupei.core.models import LongJob
from zhupei.feedback import actions as feedback
from zhupei.feedback.models import Remark
from zhupei.teaching.actions import checks, evidence, logs
from zhupei.teaching.models import Verdict


@pytest.fixture
def taught(world):
    """A class of four days ago with a learner in it, Adil."""
    found = make_feedback.ended_class(world, days_ago=1)
    make_feedback.enrolment(found, world.adil)
    return found


def table(contents, name) -> list[dict[str, str]]:
    text = contents[name].decode("utf-8-sig")
    return list(csv.DictReader(text.splitlines()))


def test_logs_are_in_it_with_how_practice_went(world, taught):
    theory = taught.lessons.filter(kind="theory").first()
    practice = taught.lessons.filter(kind="practice").first()
    logs.write(theory, by=world.aygul, held="changed", note="停电，改讲案例", content="案例")
    logs.write(practice, by=world.aygul, batches=2, stations_used=10, briefed=True)

    rows = table(record.gather(taught), "教学日志.csv")

    assert [row["上课情况"] for row in rows] == ["有变动", "按课表上课"]
    assert rows[0]["变动或没有上的原因"] == "停电，改讲案例"
    assert (rows[1]["分几批"], rows[1]["操作前讲过安全"]) == ("2", "是")


def test_pictures_lie_inside_and_what_was_taken_back_is_only_named(world, taught):
    kept = make_teaching.piece(world, taught, caption="砌墙")
    gone = make_teaching.piece(world, taught)
    evidence.withdraw(gone, by=world.aygul, note="拍到了别的班")

    contents = training.gather(taught)

    first, second_row = table(contents, "过程资料.csv")
    assert contents[first["存放"]] == make_teaching.KEPT
    assert (first["说明"], first["SHA-256"]) == ("砌墙", kept.file.sha256)
    assert (second_row["存放"], second_row["撤回原因"]) == ("已撤回，不归入", "拍到了别的班")
    assert len([name for name in contents if name.startswith("过程资料/")]) == 1
    assert packing.OUTSIDE not in contents


def test_what_is_too_large_is_registered_outside_with_size_digest_and_address(
    world, taught, monkeypatch
):
    small, large = make_teaching.piece(world, taught), make_teaching.piece(world, taught)
    monkeypatch.setattr(packing, "limits", lambda: (10_000, small.file.size))

    contents = training.gather(taught)

    [outside] = table(contents, packing.OUTSIDE)
    assert outside["字节数"] == str(large.file.size)
    assert outside["SHA-256"] == hashlib.sha256(make_teaching.KEPT).hexdigest()
    assert outside["系统内文件标识"] == str(large.file.pk)
    assert outside["取用地址"] == f"/teaching/evidence/{large.pk}/"
    assert [row["存放"] for row in table(contents, "过程资料.csv")][1] == packing.OUTSIDE


def test_the_limits_are_figures_of_the_region(db):
    make.parameter_value(parameters.FILE_LIMIT, 5, make.LONG_AGO)

    assert packing.limits() == (5 * packing.MEGABYTE, 200 * packing.MEGABYTE)


def test_checks_and_how_complete_the_record_was_are_in_it(world, taught):
    bad = {"verdict": Verdict.BAD, "found": "工位不够", "checked_on": taught.ends_on}
    checks.correct(checks.check(taught, by=world.aygul, **bad), by=world.aygul, corrected="加两个")

    contents = training.gather(taught)

    [row] = table(contents, "教学检查.csv")
    assert (row["结论"], row["看到了什么"], row["怎样改的"]) == ("有问题", "工位不够", "加两个")
    complete = json.loads(contents["记录完整度.json"])
    assert complete["percent"] < 100
    assert "没有教学日志" in complete["missing"][0]["missing"]


def test_books_are_counted_and_confirmed_without_names(world, taught):
    mine = taught.enrolments.get(person=world.adil.person)
    other = make_feedback.enrolment(taught, world.mayra)
    given = make_teaching.hand_out(world, taught, mine)
    make_teaching.hand_out(world, taught, other)
    from zhupei.teaching.actions import books  # noqa: PLC0415 - its name is short

    books.confirm(given, by=world.adil)

    contents = training.gather(taught)

    [row] = table(contents, "教材.csv")
    assert (row["发放人数"], row["本人登录确认"], row["尚未确认"]) == ("2", "1", "1")
    confirmed = table(contents, "教材确认.csv")
    assert [bool(line["本人确认时间"]) for line in confirmed] == [True, False]
    assert confirmed[0]["标识"] == world.adil.person.id_index
    assert world.adil.person.name.encode() not in contents["教材确认.csv"]


def test_corrections_name_both_people_and_a_sheet_lies_in_as_a_picture(world):
    held = make_attendance.class_with_learners(world, world.adil, world.mayra)
    lesson = make_attendance.first_lesson(held)
    make_attendance.sheet(world, lesson, world.adil)
    with time_machine.travel(lesson.ends_at + timedelta(hours=1), tick=False):
        make_attendance.corrected(lesson, world.mayra, by=world.ma, second=world.aygul)

    contents = training.gather(held)

    by_paper, by_two = table(contents, "考勤更正.csv")
    assert by_paper["纸质签到表"].startswith("Q")
    assert (by_two["提出人"], by_two["第二人"], by_two["结果"]) == (
        world.ma.name,
        world.aygul.name,
        "已确认",
    )
    [sheet] = table(contents, "纸质签到表.csv")
    assert contents[sheet["照片"]].endswith(b"a signed sheet")


def test_what_reviewers_opened_and_found_and_the_second_reading_are_in_it(world):
    approved = make_classes.approved_class(world)
    second.object_to(make_classes.second_reading(world), by=world.gu, note="消防检查已过期。")

    contents = oversight.gather(approved)

    read = table(contents, "审核阅卷.csv")
    assert {row["审核人"] for row in read} == {world.li.name}
    assert "timetable" in {row["材料"] for row in read}
    assert {row["结论"] for row in table(contents, "审核清单.csv")} == {"符合"}
    [again] = table(contents, "复读.csv")
    assert (again["结果"], again["复读人"]) == ("复读有异议", world.gu.name)
    assert approved.number in again["当日通过的计划"]
    assert len(again["种子"]) == 64


def test_a_class_away_from_home_names_its_filing(world):
    filing = make_filings.filed(world)
    away = make_classes.draft_class(world)
    away.prefecture_id, away.division_id = "653100", "653101"
    away.starts_on, away.ends_on = filing.valid_from, filing.valid_until

    assert oversight.filing_number(away) == filing.number
    assert json.loads(training.gather(away)["开班计划.json"])["异地备案编号"] == filing.number


def test_opinions_are_counted_and_shown_when_enough_have_spoken(world, taught):
    speakers = [make.learner() for _ in range(4)]
    for user in speakers:
        mine = make_feedback.enrolment(taught, user)
        feedback.speak(mine, by=user, scores=make_feedback.scores(4), remark="老师讲得好")

    few = training.gather(taught)
    last = taught.enrolments.get(person=world.adil.person)
    feedback.speak(last, by=world.adil, scores=make_feedback.scores(5))
    enough = training.gather(taught)

    assert Remark.objects.count() == 4
    assert "老师讲得好".encode() not in few["学员意见.txt"] + few["学员评价.csv"]
    assert "不足 5 份" in few["学员意见.txt"].decode()
    assert "老师讲得好" in enough["学员意见.txt"].decode()
    assert (table(enough, "学员评价.csv")[0]["平均分"]) == "4.2"


def test_the_self_evaluation_is_in_it_once_handed_in_and_calls_are_counted(world, taught):
    parts = dict.fromkeys(("plan", "teaching", "means", "effect"), "落实")
    row = feedback.write_self_evaluation(taught, by=world.aygul, **parts)
    assert json.loads(training.gather(taught)["质量自评.json"]) == {"state": "尚未提交"}

    feedback.hand_in(row, by=world.aygul)
    make_feedback.due_call(taught.enrolments.get())
    contents = training.gather(taught)

    said = json.loads(contents["质量自评.json"])
    assert said["培训质量效果"] == "落实"
    assert said["facts"]
    assert table(contents, "回访统计.csv")[:2] == [
        {"事项": "应回访", "人数": "1"},
        {"事项": "待回访", "人数": "1"},
    ]


def test_a_package_with_all_of_it_passes_offline(world, taught, tmp_path):
    make_teaching.piece(world, taught)
    logs.write(taught.lessons.first(), by=world.aygul)

    package = actions.make(taught, by=world.aygul)

    copy = tmp_path / package.file.name
    copy.write_bytes(files.read(package.file))
    assert bag.verify(copy) == []
    assert package.file.sha256 == bag.fingerprint(copy)


def test_what_costs_much_time_is_left_to_a_job(world, taught, monkeypatch):
    make_teaching.piece(world, taught)
    monkeypatch.setattr("zhupei.archives.subjects.MANY_BYTES", 100)
    world.aygul.acting = world.aygul.memberships.get()

    assert training.size_of_files(taught) > 100
    assert isinstance(actions.ask(taught, by=world.aygul), LongJob)
