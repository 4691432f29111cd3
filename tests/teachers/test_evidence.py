"""Certificates, and what teachers learn themselves."""

from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.utils import timezone

from tests import make_teachers
from tests.refusals import refused
from zhupei.core import audit
from zhupei.core.models import Message
from zhupei.teachers import actions
from zhupei.teachers.models import Qualification, Study


def day(n: int):
    return timezone.localdate() + timedelta(days=n)


def test_evidence_is_recorded_with_the_hash_of_its_scan(world):
    teacher = make_teachers.drafted(world)

    made = make_teachers.qualification(teacher, by=world.aygul)

    event = audit.own_history(teacher).last()
    assert event.facts["sha256"] == made.file.sha256
    assert event.facts["trades"] == ["土建施工员"]
    assert audit.sentence(event) == "阿依古丽·买买提 登记资格证明“工程师职称证书”"


@pytest.mark.parametrize(
    ("code", "field", "fields"),
    [
        ("evidence_kind", "kind", {"kind": "shoe"}),
        ("issued_in_future", "issued_on", {"issued_on": day(1)}),
        ("evidence_lapsed", "valid_until", {"valid_until": day(-1)}),
        ("file_disguised", "file", {"file": ContentFile(b"<html>", "证书.pdf")}),
        ("file_kind", "file", {"file": ContentFile(b"MZ", "证书.exe")}),
        ("file_empty", "file", {"file": ContentFile(b"", "证书.pdf")}),
    ],
)
def test_evidence_that_cannot_be_is_refused_beside_its_field(world, code, field, fields):
    teacher = make_teachers.drafted(world)

    with refused(code) as refusal:
        make_teachers.qualification(teacher, by=world.aygul, **fields)

    assert refusal.value.field == field
    assert not teacher.qualifications.exists()


def test_a_general_paper_names_no_trade(world):
    made = actions.add_qualification(
        make_teachers.drafted(world),
        by=world.aygul,
        kind="teaching",
        name="教师资格证",
        issued_on=day(-900),
        file=make_teachers.scan(),
    )

    assert (made.number, made.valid_until, made.trades.count()) == ("", None, 0)


@pytest.mark.parametrize("person", ["wang", "song", "li", "ma", "adil"])
def test_strangers_add_no_evidence(world, person):
    teacher = make_teachers.drafted(world)

    with refused("not_allowed"):
        make_teachers.qualification(teacher, by=getattr(world, person))


def test_nobody_adds_evidence_while_it_is_being_read(world):
    with refused("not_allowed"):
        make_teachers.qualification(make_teachers.applied(world), by=world.aygul)


def test_whoever_employs_a_teacher_of_the_pool_adds_what_is_new(world):
    make_teachers.qualification(world.teacher, by=world.aygul, name="新证")
    with refused("not_allowed"):
        make_teachers.qualification(world.teacher, by=world.wang)

    assert Message.objects.get(recipient=world.song).body == "新证"


def test_a_paper_entered_without_its_scan_gets_it_later(world):
    teacher = make_teachers.drafted(world)
    paper = make_teachers.qualification(teacher, by=world.aygul, file=None)

    actions.attach_scan(paper, by=world.aygul, file=make_teachers.scan())

    assert Qualification.objects.get(pk=paper.pk).file.name == "证书.pdf"
    with refused("scan_there"):
        actions.attach_scan(paper, by=world.aygul, file=make_teachers.scan())
    with refused("not_allowed"):
        actions.attach_scan(paper, by=world.wang, file=make_teachers.scan())


def test_evidence_is_taken_out_only_while_the_file_is_filled_in(world):
    teacher = make_teachers.proven(world)
    paper = teacher.qualifications.get()
    with refused("not_allowed"):
        actions.remove_qualification(paper, by=world.wang)

    actions.remove_qualification(paper, by=world.aygul)

    assert not teacher.qualifications.exists()
    pooled = make_teachers.admitted(world, "在库教师")
    for person in (world.aygul, world.song):
        with refused("not_allowed"):
            actions.remove_qualification(pooled.qualifications.get(), by=person)


def test_a_study_counts_once_the_association_confirmed_it(world):
    study = make_teachers.study(world.teacher, by=world.ma)

    confirmed = actions.confirm_study(study, by=world.song)

    assert confirmed.confirmed_by_name == "宋岚"
    sentence = audit.sentence(audit.own_history(world.teacher).last())
    assert sentence == "宋岚 确认研修“装配式建筑施工技术研修班”，计 24 学时"
    assert Message.objects.filter(recipient=world.ma).exists()
    assert Message.objects.filter(recipient=world.song).exists()
    with refused("study_confirmed"):
        actions.confirm_study(study, by=world.song)
    with refused("study_confirmed"):
        actions.remove_study(study, by=world.ma)


@pytest.mark.parametrize(
    ("code", "field", "fields"),
    [
        ("study_dates", "ends_on", {"starts_on": day(-2), "ends_on": day(-3)}),
        ("study_not_over", "ends_on", {"ends_on": day(1)}),
        ("study_hours", "hours", {"seconds": 25 * 2700}),
        ("file_disguised", "file", {"file": ContentFile(b"GIF89a", "证明.png")}),
    ],
)
def test_a_study_that_cannot_be_is_refused_beside_its_field(world, code, field, fields):
    with refused(code) as refusal:
        make_teachers.study(world.teacher, by=world.ma, **fields)
    assert refusal.value.field == field


@pytest.mark.parametrize("person", ["wang", "song", "li", "adil"])
def test_strangers_enter_no_study(world, person):
    with refused("not_allowed"):
        make_teachers.study(world.teacher, by=getattr(world, person))


def test_neither_teacher_nor_school_confirm_a_study(world):
    study = make_teachers.study(world.teacher, by=world.aygul)

    for person in (world.ma, world.aygul, world.li):
        with refused("not_allowed"):
            actions.confirm_study(study, by=person)


def test_the_association_says_why_it_does_not_confirm(world):
    study = make_teachers.study(world.teacher, by=world.ma)
    with refused("note_required"):
        actions.remove_study(study, by=world.song)

    actions.remove_study(study, by=world.song, note="不是师资研修")

    assert not Study.objects.exists()
    told = Message.objects.filter(body="装配式建筑施工技术研修班：不是师资研修")
    assert {m.recipient for m in told} == {world.ma, world.aygul}


def test_whoever_entered_a_study_takes_it_off_before_it_counts(world):
    study = make_teachers.study(world.teacher, by=world.ma)
    with refused("not_allowed"):
        actions.remove_study(study, by=world.wang)

    actions.remove_study(study, by=world.ma)

    assert not Study.objects.exists()
