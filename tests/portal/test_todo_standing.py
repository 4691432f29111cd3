"""What waits because of institutions, of the pool, of the region's own lists."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests import make, make_oversight, make_syllabus, make_teachers
from tests.portal.test_todo import lines
from zhupei.core.models import Letter, TextMessage
from zhupei.institutions.models import Admission, Licence
from zhupei.organizations.models import Kind, Role
from zhupei.portal import todo


def line(user, kind: str) -> todo.Todo:
    [found] = [one for one in todo.todos(user) if str(one.kind) == kind]
    return found


def new_school(state: str):
    school = make.organization(Kind.INSTITUTION, f"新校{state}", "652301")
    Admission.objects.filter(organization=school).update(
        state=state, admitted_on=None, applied_at=timezone.now()
    )
    return school


def test_who_asks_to_be_admitted_waits_for_the_region_only(world):
    school = new_school("applied")

    assert ("机构准入", str(school)) in lines(world.gu)
    assert line(world.gu, "机构准入").url == f"/institutions/{school.pk}/admission/"
    assert lines(world.li) == []


@pytest.mark.parametrize(
    ("state", "kind"),
    [("filing", "机构准入"), ("returned", "准入退回"), ("suspended", "暂停业务")],
)
def test_a_school_that_may_not_train_is_told_what_to_do(world, state, kind):
    school = new_school(state)
    keeper = make.member("赛力克", Role.REGISTRAR, school)
    keeper.acting = keeper.memberships.select_related("organization").get()

    assert line(keeper, kind).url == f"/institutions/{school.pk}/admission/"


def test_the_missing_pieces_of_a_file_are_one_line_with_the_share(world):
    missing = line(world.aygul, "机构档案")

    assert "%" in missing.title
    assert "等" in missing.note
    assert missing.url == f"/institutions/{world.school.pk}/"
    assert "机构档案" not in [kind for kind, _title in lines(world.ma)]


@pytest.mark.parametrize(("days", "said"), [(60, False), (30, True), (0, True), (-5, True)])
def test_a_licence_comes_onto_the_list_a_month_before_its_end(world, days, said):
    last = timezone.localdate() + timedelta(days=days)
    Licence.objects.filter(organization=world.school).update(valid_until=last)

    found = [one for one in todo.todos(world.aygul) if str(one.kind) == "办学许可证"]

    assert bool(found) == said
    if said:
        assert timezone.localdate(found[0].due) == last


def test_a_suspension_waits_for_the_bureau_until_it_is_lifted(world):
    suspension = make_oversight.suspension(world)

    waiting = line(world.li, "暂停业务")
    assert waiting.url == f"/oversight/suspensions/{suspension.pk}/"
    assert waiting.note == suspension.reason
    assert "暂停业务" in [kind for kind, _title in lines(world.aygul)]
    assert lines(world.far_reviewer) == []


def test_a_suspension_that_is_over_waits_for_nobody(world):
    make_oversight.lifted(world)

    assert "暂停业务" not in [kind for kind, _title in lines(world.li) + lines(world.aygul)]


def test_teachers_and_studies_wait_for_the_association_alone(world):
    teacher = make_teachers.applied(world, "赵国庆")
    make_teachers.study(world.teacher, by=world.ma)

    assert ("师资入库", "赵国庆") in lines(world.song)
    assert line(world.song, "师资入库").due == teacher.due_at
    assert line(world.song, "师资研修").title == "1 条研修记录待确认"
    assert lines(world.li) == []
    assert lines(world.gu) == []


def test_a_textbook_proposed_waits_for_the_region(world):
    book = make_syllabus.textbook(world.aygul)

    assert lines(world.gu) == [("教材", str(book))]
    assert line(world.gu, "教材").url == f"/syllabus/textbooks/{book.pk}/"


def test_what_was_not_delivered_is_one_line_a_channel(world):
    TextMessage.objects.bulk_create(
        TextMessage(phone="1", text="x", delivery="failed") for _ in range(3)
    )
    Letter.objects.create(address="a@example.org", subject="x", text="x", delivery="failed")
    TextMessage.objects.create(phone="1", text="x")

    found = {str(one.kind): (one.title, one.url) for one in todo.todos(world.gu)}
    assert found["短信"] == ("3 条短信没有发出去", "/org/deliveries/phone/")
    assert found["邮件"] == ("1 封邮件没有发出去", "/org/deliveries/mail/")
    assert lines(world.li) == []
