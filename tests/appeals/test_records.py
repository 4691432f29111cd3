"""Records that stand against a person are seen where officers decide."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from tests import make, make_exams, make_marking, make_practical
from zhupei.appeals.actions import cases
from zhupei.appeals.models import Misconduct
from zhupei.organizations.models import Role


@pytest.fixture
def record(world):
    judge = make.member("第二考务员", Role.EXAMINER, world.body)
    sitting = make_marking.marked(world, points=("0", "0"))
    case = cases.notify(make_marking.case(world, sitting), by=world.chen)
    cases.state(case, by=world.adil, statement="没有", waive=True)
    return cases.decide(case, by=judge, note="属实")


def test_a_record_lasts_to_its_day_and_without_one_for_ever(record):
    rows, today = Misconduct.objects.all(), timezone.localdate()
    assert rows.on_record(record.kept_until).get() == record
    assert not rows.on_record(record.kept_until + timedelta(days=1)).exists()
    assert rows.of_people([record.person]).get() == record

    rows.update(kept_until=None)
    assert rows.on_record(today + timedelta(days=9999)).exists()

    rows.update(kept=False)
    assert not rows.on_record(today).exists()


def test_the_seating_page_says_whose_record_stands(world, record, as_user):
    later = make_exams.notified_sitting(world, starts_at=timezone.now() + timedelta(days=40))
    page = as_user(world.chen).get(reverse("exams:seating", args=[later.pk]))

    assert "名单里有 1 人有未到期的违纪记录" in page.text
    assert reverse("appeals:case", args=[record.pk]) in page.text
    Misconduct.objects.update(kept_until=timezone.localdate() - timedelta(days=1))
    page = as_user(world.chen).get(reverse("exams:seating", args=[later.pk]))
    assert "违纪记录" not in page.text


def test_so_does_the_page_where_turns_are_given(world, record, as_user):
    make_practical.trained(world, world.adil)
    session = make_practical.notified_session(world)

    page = as_user(world.chen).get(reverse("practical:people", args=[session.pk]))

    assert "未到期的违纪记录" in page.text


def test_the_list_of_cases_is_narrowed_to_records(world, record, as_user):
    office = as_user(world.chen)
    address = reverse("appeals:cases")

    assert list(office.get(address, {"state": "on_record"}).context["page"]) == [record]
    assert list(office.get(address, {"state": "opened"}).context["page"]) == []
    Misconduct.objects.update(kept_until=timezone.localdate() - timedelta(days=1))
    assert list(office.get(address, {"state": "on_record"}).context["page"]) == []
    assert "没有符合条件的案件" in office.get(address, {"state": "on_record"}).text
