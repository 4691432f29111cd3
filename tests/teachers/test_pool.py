"""Into the regional teacher pool, and out of it."""

from datetime import timedelta

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.utils import timezone

from tests import make, make_teachers
from tests.refusals import refused
from zhupei.core import audit, workdays
from zhupei.core.models import Message
from zhupei.people.models import Person
from zhupei.teachers import actions
from zhupei.teachers.events import TeacherEvent
from zhupei.teachers.models import Engagement, State, Teacher
from zhupei.teachers.workflow import POOL


def newest(thing) -> str:
    return audit.sentence(audit.own_history(thing).last())


def test_a_school_proposes_a_person_who_was_never_here(world):
    number = make.id_number(881)
    data = {"name": "热依汗 · 买买提", "id_number": number, "phone": "139 0000 8881"}

    teacher = actions.propose(
        data, by=world.aygul, organization=world.school, title="工程师", trades=[make.job()]
    )

    assert (teacher.person.name, teacher.state) == ("热依汗·买买提", State.DRAFT)
    assert (teacher.person.id_number, teacher.proposed_by) == (number, world.school)
    assert [job.name for job in teacher.trades.all()] == ["土建施工员"]
    assert newest(teacher) == "阿依古丽·买买提 填报 热依汗·买买提 的入库资料"
    assert audit.own_history(teacher).get().within == audit.subject_key(world.school)


def test_a_learner_we_know_becomes_a_teacher_and_stays_one_person(world):
    adil = world.adil.person
    data = {"name": adil.name, "id_number": adil.id_number, "phone": adil.phone}
    persons = Person.objects.count()

    teacher = actions.propose(data, by=world.aygul, organization=world.school)

    assert teacher.person == adil
    assert Person.objects.count() == persons


@pytest.mark.parametrize("person", ["li", "gu", "song", "ma", "adil", "chen", "wang"])
def test_only_a_registrar_proposes_and_only_for_her_own_school(world, person):
    with refused("not_allowed"):
        actions.propose(make.person(), by=getattr(world, person), organization=world.school)


def test_a_person_applies_for_themself(world):
    teacher = actions.apply(by=world.adil, title="技师", trades=[make.job()])

    assert (teacher.person, teacher.proposed_by) == (world.adil.person, None)
    assert newest(teacher) == f"{world.adil} 填报 {world.adil} 的入库资料"


def test_an_account_without_a_person_cannot_apply(world):
    with refused("not_allowed"):
        actions.apply(by=world.aygul)


def test_one_person_is_one_teacher(world):
    with pytest.raises(IntegrityError), transaction.atomic():
        Teacher.objects.create(person=world.teacher.person)


def test_somebody_in_the_pool_is_not_proposed_again(world):
    with refused("teacher_known") as refusal:
        actions.propose(world.teacher.person, by=world.wang, organization=world.other_school)
    assert refusal.value.field == "id_number"


def test_somebody_whose_file_is_being_filled_in_is_not_proposed_again(world):
    drafted = make_teachers.drafted(world)

    with refused("teacher_in_hand"):
        actions.propose(drafted.person, by=world.wang, organization=world.other_school)


def test_what_changed_is_recorded_and_nothing_else(world):
    teacher = make_teachers.drafted(world)

    changed = actions.change(
        teacher, by=world.aygul, title="高级工程师", rank="senior", education="本科", trades=[]
    )

    event = audit.own_history(teacher).last()
    assert (changed.title, changed.rank) == ("高级工程师", "senior")
    assert event.facts["before"] == {
        "title": "工程师", "rank": "intermediate", "trades": "土建施工员",
    }  # fmt: skip
    assert newest(teacher) == "阿依古丽·买买提 修改资料：职称、职称级别、任教专业工种"


def test_saying_the_same_again_records_nothing(world):
    teacher = make_teachers.drafted(world)

    actions.change(teacher, by=world.aygul, title="工程师", trades=[make.job()])

    assert audit.own_history(teacher).count() == 1


def test_nobody_changes_what_is_being_read(world):
    applied = make_teachers.applied(world)

    with refused("not_allowed"):
        actions.change(applied, by=world.aygul, title="教授")
    with refused("not_allowed"):
        actions.change(applied, by=world.song, title="教授")


def test_submitting_starts_the_clock_of_the_association_and_tells_it(world):
    teacher = make_teachers.applied(world)

    assert teacher.state == State.APPLIED
    assert teacher.due_at == workdays.deadline(teacher.applied_at, 10)
    assert newest(teacher) == "阿依古丽·买买提 第 1 次提交 热依汗·买买提 的入库审核"
    assert Message.objects.get(recipient=world.song).title == "待审核的入库教师：热依汗·买买提"
    used = audit.own_history(teacher).last().facts["parameters"]["teachers.review_workdays"]
    assert used["value"] == "10"


def test_a_trade_without_evidence_is_refused_and_named(world):
    mason = make.job("T010", "砌筑工")
    teacher = make_teachers.drafted(world, trades=[make.job(), mason])
    make_teachers.qualification(teacher, by=world.aygul, trades=[make.job()])

    with refused("evidence_missing") as refusal:
        actions.submit(teacher, by=world.aygul)

    assert "“砌筑工”" in str(refusal.value)
    assert Teacher.objects.get(pk=teacher.pk).state == State.DRAFT


def test_evidence_without_its_scan_proves_nothing(world):
    teacher = make_teachers.drafted(world)
    make_teachers.qualification(teacher, by=world.aygul, file=None)

    with refused("evidence_missing"):
        actions.submit(teacher, by=world.aygul)


def test_a_teacher_of_nothing_is_refused(world):
    teacher = make_teachers.drafted(world, trades=[])

    with refused("trades_missing"):
        actions.submit(teacher, by=world.aygul)


def test_the_association_admits_and_tells_those_who_asked(world):
    teacher = make_teachers.applied(world)

    admitted = actions.admit(teacher, by=world.song, note="符合")

    assert (admitted.state, admitted.in_pool_since) == (State.ADMITTED, timezone.localdate())
    assert admitted.due_at is None
    assert newest(teacher) == "宋岚 把 热依汗·买买提 收入师资库"
    assert Message.objects.filter(recipient=world.aygul, title="热依汗·买买提 已入师资库").exists()


def test_the_region_may_admit_too(world):
    assert actions.admit(make_teachers.applied(world), by=world.gu).state == State.ADMITTED


def test_an_officer_does_not_admit_themself(world):
    world.song.person = make.person("宋岚")
    world.song.save()
    teacher = actions.apply(by=world.song, trades=[make.job()])
    make_teachers.qualification(teacher, by=world.song)
    actions.submit(teacher, by=world.song)

    with refused("not_allowed"):
        actions.admit(teacher, by=world.song)


def test_an_officer_who_also_works_for_the_school_does_not_admit_its_teachers(world):
    world.song.memberships.create(organization=world.school, role="registrar", since=make.LONG_AGO)

    with refused("not_allowed"):
        actions.admit(make_teachers.applied(world), by=world.song)


def test_a_paper_that_lapsed_meanwhile_stops_the_admission(world):
    teacher = make_teachers.drafted(world)
    tomorrow = timezone.localdate() + timedelta(days=1)
    make_teachers.qualification(teacher, by=world.aygul, valid_until=tomorrow)
    actions.submit(teacher, by=world.aygul)

    with (
        time_machine.travel(timezone.now() + timedelta(days=3)),
        refused("evidence_missing"),
    ):
        actions.admit(teacher, by=world.song)


def test_sending_back_says_why_beside_the_fields(world):
    teacher = make_teachers.applied(world)

    returned = actions.send_back(
        teacher,
        by=world.song,
        reasons=[
            {"field": "qualifications", "text": "证书照片看不清"},
            {"field": "rank", "text": ""},
        ],
    )

    assert (returned.state, returned.due_at) == (State.RETURNED, None)
    event = audit.own_history(teacher).last()
    assert event.facts["reasons"] == [{"field": "qualifications", "text": "证书照片看不清"}]
    assert newest(teacher) == "宋岚 退回 热依汗·买买提 的入库资料：证书照片看不清"
    told = Message.objects.get(recipient=world.aygul)
    assert (told.title, told.body) == ("入库资料退回补正：热依汗·买买提", "证书照片看不清")


def test_sending_back_without_a_word_is_refused(world):
    teacher = make_teachers.applied(world)

    with refused("note_required"):
        actions.send_back(teacher, by=world.song)
    with refused("reason_field_unknown"):
        actions.send_back(teacher, by=world.song, reasons=[{"field": "shoe", "text": "大"}])


def test_what_was_sent_back_is_corrected_and_submitted_again(world):
    teacher = make_teachers.applied(world)
    actions.send_back(teacher, by=world.song, note="职称填错")
    actions.change(teacher, by=world.aygul, title="助理工程师", rank="junior")

    again = actions.submit(teacher, by=world.aygul)

    assert again.state == State.APPLIED
    assert newest(teacher) == "阿依古丽·买买提 第 2 次提交 热依汗·买买提 的入库审核"


def test_an_application_can_be_taken_back_before_it_is_decided_on(world):
    teacher = actions.withdraw(make_teachers.applied(world), by=world.aygul)

    assert (teacher.state, teacher.due_at) == (State.DRAFT, None)


def test_removing_ends_every_engagement_and_tells_the_schools(world):
    teacher = make_teachers.admitted(world)
    make_teachers.engaged(world, teacher, world.school, world.aygul)
    make_teachers.engaged(world, teacher, world.other_school, world.wang)

    removed = actions.remove(teacher, by=world.song, note="证书系伪造")

    assert removed.state == State.REMOVED
    assert not Engagement.objects.current().filter(teacher=teacher).exists()
    assert Message.objects.filter(recipient=world.wang, body="证书系伪造").exists()
    assert audit.history(world.other_school).filter(verb=TeacherEvent.LEFT).exists()


def test_removing_needs_a_reason(world):
    with refused("note_required"):
        actions.remove(world.teacher, by=world.song, note=" ")


def test_another_school_may_propose_somebody_who_was_removed(world):
    teacher = make_teachers.admitted(world)
    actions.remove(teacher, by=world.song, note="本人申请")

    again = actions.propose(
        teacher.person, by=world.wang, organization=world.other_school, title="高级工程师"
    )

    assert (again.pk, again.state, again.title) == (teacher.pk, State.DRAFT, "高级工程师")
    assert again.proposed_by == world.other_school


def test_whoever_was_removed_may_begin_anew(world):
    teacher = make_teachers.admitted(world)
    actions.remove(teacher, by=world.song, note="本人申请")

    assert actions.reopen(teacher, by=world.aygul).state == State.DRAFT


def test_the_association_adds_a_trade_only_when_it_is_proven(world):
    teacher = make_teachers.admitted(world)
    both = [make.job(), make.job("T010", "砌筑工")]

    with refused("evidence_missing"):
        actions.change(teacher, by=world.song, trades=both)
    make_teachers.qualification(teacher, by=world.aygul, trades=both[1:], name="砌筑工技师证")
    actions.change(teacher, by=world.song, trades=both)

    assert teacher.trades.count() == 2
    assert Message.objects.filter(recipient=world.song, body="砌筑工技师证").exists()


@pytest.mark.parametrize(
    ("person", "state", "moves"),
    [
        ("aygul", "draft", ["submit"]),
        ("aygul", "applied", ["withdraw"]),
        ("song", "applied", ["admit", "return"]),
        ("gu", "applied", ["admit", "return"]),
        ("li", "applied", []),
        ("wang", "applied", []),
        ("tian", "applied", []),
        ("song", "admitted", ["remove"]),
        ("aygul", "admitted", []),
        ("wang", "admitted", []),
    ],
)
def test_who_sees_which_buttons(world, person, state, moves):
    teacher = getattr(make_teachers, {"draft": "drafted"}.get(state, state))(world)

    found = POOL.available(Teacher.objects.get(pk=teacher.pk), getattr(world, person))

    assert [move.name for move in found] == moves


@pytest.mark.parametrize(
    ("person", "names"),
    [
        ("aygul", {"马建国", "古丽娜尔·吐尔逊", "填报中的", "待审核的"}),
        ("song", {"马建国", "古丽娜尔·吐尔逊", "待审核的"}),
        ("gu", {"马建国", "古丽娜尔·吐尔逊", "待审核的"}),
        ("li", {"马建国", "古丽娜尔·吐尔逊", "待审核的"}),
        ("far_reviewer", {"马建国", "古丽娜尔·吐尔逊"}),
        ("wang", {"马建国", "古丽娜尔·吐尔逊"}),
        ("ma", {"马建国", "古丽娜尔·吐尔逊", "填报中的", "待审核的"}),
        ("chen", set()),
        ("tian", set()),
        ("he", set()),
        ("adil", set()),
    ],
)
def test_who_sees_which_teachers(world, person, names):
    make_teachers.drafted(world, "填报中的")
    make_teachers.applied(world, "待审核的")

    seen = Teacher.objects.visible_to(getattr(world, person))

    assert {teacher.person.name for teacher in seen} == names
    assert seen.count() == len(names)


def test_a_person_sees_their_own_application(world):
    teacher = actions.apply(by=world.adil, trades=[])

    assert Teacher.objects.visible_to(world.adil).get() == teacher
    assert not Teacher.objects.visible_to(world.sun).exists()
