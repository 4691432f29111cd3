"""Making packages: what is inside, what is refused, and that strangers' tools agree."""

import csv
import json
import subprocess
import sys
from datetime import timedelta

import bagit
import pytest
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from tests import make_certificates, make_exams
from tests.archives.conftest import stored
from zhupei.archives import actions, jobs
from zhupei.archives.models import Package
from zhupei.core import audit, bag, files
from zhupei.core.errors import Refused
from zhupei.core.models import LongJob


def refused(verb, *args, **kwargs) -> str:
    with pytest.raises(Refused) as refusal:
        verb(*args, **kwargs)
    assert str(refusal.value)
    return refusal.value.code


def table(folder, name) -> list[dict[str, str]]:
    with (folder / "data" / name).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def everything_in(folder) -> bytes:
    return b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())


def test_the_package_of_a_class_holds_plan_people_hours_and_events(class_package, unpacked, world):
    folder = unpacked(class_package)

    data = folder / "data"
    plan = json.loads((data / "开班计划.json").read_text())
    assert plan["培训机构"] == world.school.name
    assert "结课日期" in (data / "开班计划.txt").read_text()
    assert len(json.loads((data / "培训大纲.json").read_text())["units"]) == 3
    assert len(table(folder, "课程表.csv")) == 3
    assert [row["答复"] for row in table(folder, "名册.csv")] == ["待本人确认"]
    assert {row["姓名"] for row in table(folder, "报名.csv")} == {
        world.adil.person.name,
        world.mayra.person.name,
    }
    assert sum(int(row["记秒"]) for row in table(folder, "学时.csv")) == 2 * 24 * 45 * 60
    assert sum(int(row["记秒"]) for row in table(folder, "考勤.csv")) == 2 * 24 * 45 * 60
    [lesson_plan] = (data / "附件").iterdir()
    assert lesson_plan.read_bytes() == b"%PDF-1.7 lesson"


def test_the_package_of_a_sitting_holds_paper_answers_marks_and_certificates(
    sitting_package, unpacked, sitting, world
):
    folder = unpacked(sitting_package)

    data = folder / "data"
    forms = json.loads((data / "试卷.json").read_text())
    assert [(len(form["items"]), form["seed"]) for form in forms] == [
        (20, paper.seed) for paper in sitting.papers.all()
    ]
    sealed = json.loads((data / "标准答案.json").read_text())["papers"]
    for paper in sitting.papers.all():
        assert {int(n): key for n, key in sealed[paper.label]["keys"].items()} == paper.keys
    attempts = [json.loads(line) for line in (data / "作答.jsonl").read_text().splitlines()]
    assert sorted(len(attempt["answers"]) for attempt in attempts) == [3, 15]
    assert {"item", "choice", "turn", "saved_at"} == set(attempts[0]["answers"][0])
    orders = [json.loads(line) for line in (data / "题序.jsonl").read_text().splitlines()]
    assert [len(order["order"]) for order in orders] == [20, 20]
    assert {row["结论"] for row in table(folder, "成绩.csv")} == {"合格", "不合格"}
    seats = [str(one.seat) for one in sitting.candidates.order_by("seat")]
    assert [row["座位"] for row in table(folder, "座位表.csv")] == seats
    [certificate] = table(folder, "证书签发清单.csv")
    assert (data / "证书" / f"{certificate['证书编号']}.pdf").read_bytes()[:5] == b"%PDF-"
    [first, _second] = json.loads((data / "资格.json").read_text())
    assert first["counted_seconds"] == 24 * 45 * 60
    assert first["consents"]
    events = (data / "events.jsonl").read_text()
    assert "sitting.sealed" in events
    assert "attempt.handed_in" in events
    assert "certificate.issued" in events


def test_no_number_and_no_phone_leaves_the_house(
    class_package, sitting_package, unpacked, tmp_path, world
):
    contents = everything_in(unpacked(class_package))
    for package in [sitting_package]:
        contents += files.read(package.file)  # stored, not compressed: readable as it is

    for user in [world.adil, world.mayra]:
        assert user.person.name.encode() in contents
        assert user.person.masked_id_number.encode() in contents
        assert user.person.id_index.encode() in contents
        assert user.person.id_number.encode() not in contents
        assert user.person.phone.encode() not in contents
    assert b"650000199005200013" not in contents
    assert b"13900000000" not in contents


def test_a_cell_that_looks_like_a_formula_is_disarmed(class_package, unpacked):
    [row] = table(unpacked(class_package), "名册.csv")

    assert row["姓名"] == "'=热孜万古丽"


def test_the_register_counts_every_file_and_byte(sitting_package, unpacked):
    folder = unpacked(sitting_package)

    *rows, total = table(folder, "归档登记表.csv")
    named = {row["文件"]: int(row["字节数"]) for row in rows}
    there = {
        path.relative_to(folder / "data").as_posix(): path.stat().st_size
        for path in (folder / "data").rglob("*")
        if path.is_file() and path.name not in {"归档登记表.csv", "四性检测报告.csv"}
    }
    assert named == there
    assert total["文件"] == f"{len(there)} 个文件"
    assert int(total["字节数"]) == sum(there.values())


def test_the_public_tools_verify_a_package_offline(sitting_package, unpacked):
    folder = unpacked(sitting_package)

    assert bagit.Bag(str(folder)).validate()
    for words in [
        [sys.executable, "-m", "bagit", "--validate", "."],
        [sys.executable, "verify_events.py"],
        [sys.executable, "data/recompute_marks.py"],
    ]:
        ran = subprocess.run(words, cwd=folder, capture_output=True, text=True, check=False)
        assert ran.returncode == 0, ran.stdout + ran.stderr


def test_every_file_of_a_class_package_is_verified_too(class_package, unpacked):
    assert bag.verify(unpacked(class_package)) == []


def test_making_one_is_recorded_with_its_digest_on_the_timeline_of_the_thing(
    class_package, held_class
):
    event = audit.own_history(class_package).get()

    assert event.verb == "archive.made"
    assert event.facts["sha256"] == class_package.file.sha256
    assert event.facts["bytes"] == class_package.file.size
    assert audit.history(held_class).last() == event


def test_a_later_package_does_not_replace_an_earlier_one(world, held_class, class_package):
    later = actions.make(held_class, by=world.li)

    assert Package.objects.count() == 2
    assert later.organization == world.school
    assert later.made_by_name == "李文涛"


def test_a_class_that_is_not_over_is_not_archived(world):
    running = make_exams.taught_class(world, ends_on=timezone.localdate() + timedelta(days=1))
    assert refused(actions.make, running, by=world.aygul) == "class_not_over"
    running.ends_on = timezone.localdate()
    running.save()
    assert refused(actions.make, running, by=world.aygul) == "class_not_over"


def test_a_sitting_that_is_not_over_is_not_archived(world):
    sealed = make_exams.sealed_sitting(world)

    assert refused(actions.make, sealed, by=world.chen) == "sitting_not_over"


def test_a_sitting_whose_marks_are_not_released_can_be_archived(world):
    assert actions.make(make_certificates.marked_sitting(world), by=world.li)


@pytest.mark.parametrize("person", ["ma", "wang", "chen", "far_reviewer", "gu", "adil"])
def test_who_may_not_archive_a_class(world, held_class, person):
    user = getattr(world, person)

    assert refused(actions.make, held_class, by=user) == "not_allowed"


@pytest.mark.parametrize("person", ["aygul", "wang", "far_reviewer", "gu", "adil"])
def test_who_may_not_archive_a_sitting(world, sitting, person):
    user = getattr(world, person)

    assert refused(actions.make, sitting, by=user) == "not_allowed"


def test_checking_and_fetching_are_recorded(world, sitting_package):
    assert actions.check(sitting_package, by=world.li) == []
    actions.fetch(sitting_package, by=world.chen)

    verbs = audit.own_history(sitting_package).values_list("verb", flat=True)
    assert list(verbs) == ["archive.made", "archive.checked", "archive.downloaded"]


def test_a_byte_flipped_in_the_storage_is_found_and_named(world, sitting_package):
    place = stored(sitting_package).path
    content = place.read_bytes()
    at = content.index("合格".encode())
    place.write_bytes(content[:at] + bytes([content[at] ^ 1]) + content[at + 1 :])

    faults = actions.check(sitting_package, by=world.li)

    assert "指纹" in faults[0]
    assert any("data/" in fault for fault in faults[1:])
    event = audit.own_history(sitting_package).last()
    assert (event.verb, event.facts["count"]) == ("archive.faults_found", len(faults))


def test_a_whole_new_package_in_its_place_is_found(world, sitting, sitting_package):
    other = actions.make(sitting, by=world.li)
    stored(sitting_package).path.write_bytes(stored(other).path.read_bytes())

    [fault] = actions.check(sitting_package, by=world.li)

    assert "指纹" in fault


@pytest.mark.parametrize("person", ["ma"])
def test_a_teacher_opens_no_package(world, class_package, person):
    user = getattr(world, person)

    assert refused(actions.fetch, class_package, by=user) == "not_allowed"
    assert refused(actions.check, class_package, by=user) == "not_allowed"


def test_a_large_class_is_archived_by_a_job(world, held_class, monkeypatch):
    monkeypatch.setattr("zhupei.archives.subjects.MANY_PEOPLE", 1)

    job = actions.ask(held_class, by=world.aygul)

    assert not Package.objects.exists()
    [waiting] = ProcrastinateJob.objects.filter(task_name=actions.MAKE)
    jobs.make_package(**waiting.args)
    jobs.make_package(**waiting.args)
    job.refresh_from_db()
    package = Package.objects.get()
    assert (job.outcome, job.url) == ("done", f"/archives/{package.pk}/")
    assert world.aygul.inbox.filter(title__startswith="归档").count() == 1


def test_a_job_whose_thing_is_not_over_any_more_says_why(world, held_class, monkeypatch):
    monkeypatch.setattr("zhupei.archives.subjects.MANY_PEOPLE", 1)
    job = actions.ask(held_class, by=world.aygul)
    type(held_class).objects.filter(pk=held_class.pk).update(
        ends_on=timezone.localdate() + timedelta(days=9)
    )

    jobs.make_package(**ProcrastinateJob.objects.get(task_name=actions.MAKE).args)

    job = LongJob.objects.get(pk=job.pk)
    assert job.outcome == "failed"
    assert "才能归档" in job.result
