"""The list of jobs and the codes others know them by."""

from datetime import date, timedelta
from importlib import import_module

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.db.migrations.loader import MigrationLoader
from django.urls import reverse

from tests import make, make_syllabus
from tests.refusals import refused
from zhupei.core import audit
from zhupei.syllabus.actions import jobs
from zhupei.syllabus.models import CodeSystem, Job, JobCode
from zhupei.syllabus.reference import load_jobs

DAY = date(2027, 1, 1)
SAID = {"source": "建办人〔2017〕76号", "confidence": "official", "valid_from": DAY}


@pytest.fixture
def system(world) -> CodeSystem:
    return jobs.enter_system(
        by=world.gu,
        key="ministry",
        name="部编工种代码",
        issuer="住建部",
        source="文",
        confidence="official",
    )


def test_the_jobs_and_their_codes_are_loaded_once(db):
    count = load_jobs()

    assert load_jobs() == count == Job.objects.count() == 13 + 39
    assert Job.objects.get(code="SGY-TJ").name == "土建施工员"
    code = JobCode.objects.get(job__code="T180")
    assert (code.code, code.system.key, code.confidence) == (
        "180",
        "workers-platform",
        "second_hand",
    )
    assert set(Job.objects.filter(offered=False).values_list("name", flat=True)) == {
        "管理人员",
        "其它",
    }


def test_the_region_enters_and_changes_a_job(world):
    job = jobs.enter("GAS-1", "燃气输配场站工", by=world.gu, category="municipal")

    jobs.change(job, by=world.gu, name="燃气场站工", offered=False)

    job.refresh_from_db()
    assert (job.name, job.offered) == ("燃气场站工", False)
    assert job not in Job.objects.offered()
    event = audit.own_history(job).last()
    assert event.facts["changed"]["名称"] == ["燃气输配场站工", "燃气场站工"]
    with refused("job_code_taken") as refusal:
        jobs.enter("GAS-1", "别的", by=world.gu, category="trade")
    assert refusal.value.field == "code"


def test_a_job_may_have_codes_of_several_systems_and_several_of_one(world, system):
    job = make.job()
    first = jobs.add_code(job, system, "6-29-01", by=world.gu, **SAID)
    jobs.add_code(job, system, "6-29-02", by=world.gu, **SAID)

    with refused("job_coded_already"):
        later = SAID | {"valid_from": DAY + timedelta(days=40)}
        jobs.add_code(job, system, "6-29-01", by=world.gu, **later)
    ended = jobs.end_code(first, by=world.gu, on=DAY + timedelta(days=30))
    jobs.add_code(job, system, "6-29-01", by=world.gu, **later)

    assert ended.valid_until == DAY + timedelta(days=30)
    assert set(job.codes.on(DAY).values_list("code", flat=True)) == {"6-29-01", "6-29-02"}
    assert job.codes.on(DAY + timedelta(days=35)).get().code == "6-29-02"
    with refused("code_ends_before_it_begins"):
        jobs.end_code(first, by=world.gu, on=DAY - timedelta(days=1))


def test_a_system_is_entered_once(world, system):
    with pytest.raises(ValidationError), transaction.atomic():
        jobs.enter_system(
            by=world.gu, key="ministry", name="另一个", issuer="部", source="文", confidence="own"
        )
    with pytest.raises(IntegrityError), transaction.atomic():
        CodeSystem.objects.filter(pk=system.pk).update(confidence="sure")


@pytest.mark.parametrize("person", ["li", "aygul", "song", "adil"])
def test_nobody_but_the_region_keeps_the_list(world, system, person):
    somebody = getattr(world, person)
    code = jobs.add_code(make.job(), system, "1", by=world.gu, **SAID)
    for verb in (
        lambda: jobs.enter("X", "x", by=somebody, category="trade"),
        lambda: jobs.change(make.job(), by=somebody, name="x"),
        lambda: jobs.enter_system(by=somebody, key="x"),
        lambda: jobs.add_code(make.job(), system, "2", by=somebody, **SAID),
        lambda: jobs.end_code(code, by=somebody, on=DAY),
    ):
        with refused("not_allowed"):
            verb()


def test_codes_of_the_ministry_move_to_where_codes_stand_and_back(world):
    """Migration 0003, run on the tables of today with the column it took them from."""
    migration = import_module("zhupei.syllabus.migrations.0003_ministry_codes")
    then = MigrationLoader(connection).project_state(("syllabus", "0003_ministry_codes")).apps
    job = make.job()
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE syllabus_job ADD COLUMN ministry_code text DEFAULT ''")
        cursor.execute("UPDATE syllabus_job SET ministry_code = '01' WHERE id = %s", [job.pk])

    migration.move(then, None)

    code = JobCode.objects.get(job=job)
    assert (code.code, code.system.key, code.valid_until) == ("01", "mohurd-posts", None)
    then.get_model("syllabus", "Job").objects.update(ministry_code="")
    migration.take_back(then, None)
    assert then.get_model("syllabus", "Job").objects.get(pk=job.pk).ministry_code == "01"
    assert not JobCode.objects.exists()


# The pages


def test_everybody_reads_the_list_with_the_codes(world, as_user):
    load_jobs()

    for person in (world.aygul, world.adil):
        page = as_user(person).get(reverse("syllabus:jobs"), {"q": "180"})
        assert "建筑起重机械安装拆卸工" in page.text
        assert "全国建筑工人平台工种代码" in page.text
        assert "登记岗位工种" not in page.text
    page = as_user(world.adil).get(reverse("syllabus:jobs"), {"category": "site_post"})
    assert page.context["page"].paginator.count == 13


def test_the_region_keeps_the_list_from_its_pages(world, as_user, system):
    browser = as_user(world.gu)
    new = {"code": "GAS-1", "name": "燃气场站工", "category": "municipal", "offered": "on"}
    browser.post(reverse("syllabus:enter_job"), new)
    job = Job.objects.get(code="GAS-1")
    taken = browser.post(reverse("syllabus:enter_job"), new)
    assert taken.status_code == 422
    assert "已是“燃气场站工”的" in taken.text

    browser.post(
        reverse("syllabus:job", args=[job.pk]), {"name": "燃气工", "category": "municipal"}
    )
    code = {"system": system.pk, "code": "R-01", "source": "文", "confidence": "official"}
    add = reverse("syllabus:add_code", args=[job.pk])
    page = browser.post(add, code | {"valid_from": "2027-01-01"}, follow=True)
    assert "R-01" in page.text
    again = browser.post(add, code | {"valid_from": "2027-01-01"})
    assert again.status_code == 422
    assert "这段时间已有" in again.text

    end = reverse("syllabus:end_code", args=[JobCode.objects.get(code="R-01").pk])
    assert browser.get(end).status_code == 200
    assert "不能早于它" in browser.post(end, {"valid_until": "2026-12-31"}).text
    browser.post(end, {"valid_until": "2027-06-30"})
    assert JobCode.objects.get(code="R-01").valid_until == date(2027, 6, 30)
    job.refresh_from_db()
    assert (job.name, job.offered) == ("燃气工", False)


def test_others_read_a_job_and_change_nothing(world, as_user, system):
    browser = as_user(world.aygul)
    job = reverse("syllabus:job", args=[make.job().pk])

    assert browser.get(job).status_code == 200
    assert browser.post(job, {"name": "x", "category": "trade"}).status_code == 403
    assert browser.get(reverse("syllabus:enter_job")).status_code == 404


@pytest.mark.parametrize("rows", [3, 20])
def test_the_list_costs_the_same_however_many_there_are(
    world, as_user, system, rows, django_assert_num_queries
):
    for n in range(rows):
        jobs.add_code(make_syllabus.trade(f"X{n}", f"工种{n}"), system, str(n), by=world.gu, **SAID)
    browser = as_user(world.gu)

    with django_assert_num_queries(6):
        browser.get(reverse("syllabus:jobs"))
