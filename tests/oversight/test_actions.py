"""Suspending an institution, reinstating it, letting it leave: what each does and refuses."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from tests import make, make_attendance, make_certificates, make_classes
from tests.make_oversight import paper, suspension
from tests.refusals import refused
from zhupei.certificates.models import Certificate
from zhupei.classes.actions import plan
from zhupei.classes.models import TrainingClass
from zhupei.core import audit
from zhupei.core.models import TextMessage
from zhupei.institutions.models import Admission, Standing
from zhupei.oversight import consequences
from zhupei.oversight.access import may_lift
from zhupei.oversight.actions import suspensions as actions
from zhupei.oversight.models import Suspension


@pytest.fixture
def running(world):
    """A class of the school that goes on now, with Adil and Mayra in it."""
    return make_attendance.class_with_learners(world, world.adil, world.mayra)


def standing(world) -> str:
    return Admission.objects.get(organization=world.school).state


def reinstate(world, **said):
    said = {"by": world.li, "note": "已整改", "evidence": paper()} | said
    return actions.reinstate(world.school, **said)


def test_one_deed_freezes_tells_and_records(world, running):
    TextMessage.objects.all().delete()

    row = suspension(world, evidence=paper("笔录.pdf"))

    assert standing(world) == Standing.SUSPENDED
    running.refresh_from_db()
    assert running.frozen_since is not None
    assert row.touched["classes"] == 1
    assert row.touched["learners"] == 2
    assert (row.authority, row.ordered_by_name, row.law) == (world.bureau, "李文涛", "第二十三条")
    assert row.evidence.name == "笔录.pdf"
    texts = TextMessage.objects.all()
    assert {text.phone for text in texts} == {world.adil.person.phone, world.mayra.person.phone}
    assert all(reverse("join:mine") in text.text for text in texts)
    assert all(running.title in text.text for text in texts)
    assert world.adil.inbox.filter(title__contains="暂停").exists()
    assert world.aygul.inbox.filter(title=f"机构暂停业务：{world.school.name}").count() == 1
    assert world.gu.inbox.filter(title=f"机构暂停业务：{world.school.name}").count() == 1


def test_the_preview_says_what_the_deed_then_does(world, running):
    make_classes.submitted_class(world)
    issued = make_certificates.certificate(world, world.adil)
    will = consequences.of(world.school, issued_from=issued.issued_on)
    TextMessage.objects.all().delete()

    row = suspension(world, certificates_from=issued.issued_on)

    assert row.touched == will.counts | {"certificates": will.certificates}
    assert min(row.touched["plans"], row.touched["learners"], row.touched["certificates"]) > 0
    assert TextMessage.objects.count() == will.counts["learners"]
    frozen = set(consequences.frozen(world.school))
    assert frozen == {*(one.training_class for one in will.classes), *will.plans}
    assert consequences.undone(world.school).learners == will.counts["learners"]


def test_the_timelines_of_institution_and_class_tell_it(world, running):
    suspension(world)

    told = [line.sentence for line in audit.timeline(world.school)]
    assert told[0] == (
        "李文涛 暂停该机构业务（依据：第二十三条）。冻结班级 1 个、在审计划 0 份，"
        "涉及学员 2 人；标记证书 0 张。理由：查实顶替参训"
    )
    assert "查实顶替参训" in audit.timeline(running)[0].note


def test_certificates_are_marked_only_when_asked_and_lifted_with_it(world):
    certificate = make_certificates.certificate(world)
    suspension(world)
    assert not Certificate.objects.under_review().exists()
    reinstate(world)

    row = suspension(world, certificates_from=timezone.localdate() - timedelta(days=90))

    assert row.touched["certificates"] == 1
    certificate.refresh_from_db()
    assert certificate.review_reason == "培训机构被暂停业务，培训情况正在核查"
    reinstate(world)
    assert not Certificate.objects.under_review().exists()


def test_reinstating_lifts_everything_and_keeps_the_evidence(world, running):
    suspension(world)
    TextMessage.objects.all().delete()

    row = reinstate(world)

    assert standing(world) == Standing.ACTIVE
    running.refresh_from_db()
    assert running.frozen_since is None
    assert (row.lifted_by_name, row.lift_reason) == ("李文涛", "已整改")
    assert row.lift_evidence.name == "整改报告.pdf"
    assert TextMessage.objects.count() == 2
    assert "恢复班级 1 个" in audit.timeline(world.school)[0].sentence


def test_an_institution_can_be_suspended_again(world):
    suspension(world)
    reinstate(world)
    suspension(world)

    assert Suspension.objects.filter(organization=world.school).count() == 2
    assert Suspension.objects.open().count() == 1


def test_a_plan_under_review_stands_still_too(world):
    submitted = make_classes.submitted_class(world)

    row = suspension(world)

    assert (row.touched["plans"], row.touched["classes"]) == (1, 0)
    with refused("class_frozen"):
        plan.approve(submitted, by=world.li)


@pytest.mark.parametrize(
    "person", ["aygul", "wang", "far_reviewer", "chen", "ma", "song", "tian", "he", "adil"]
)
def test_who_may_not_suspend_nor_reinstate(world, person):
    with refused("not_allowed"):
        suspension(world, by=getattr(world, person))
    suspension(world)
    with refused("not_allowed"):
        reinstate(world, by=getattr(world, person))


def test_nobody_suspends_an_institution_they_work_for(world):
    world.li.memberships.create(organization=world.school, role="teacher", since=make.LONG_AGO)

    with refused("not_allowed"):
        suspension(world)


def test_what_the_region_ordered_the_region_lifts(world):
    suspension(world, by=world.gu)
    with refused("not_allowed"):
        reinstate(world)

    assert reinstate(world, by=world.gu)


@pytest.mark.parametrize(("ordered_by", "people"), [("li", {"li", "zhou", "gu"}), ("gu", {"gu"})])
def test_who_may_lift(world, ordered_by, people):
    row = suspension(world, by=getattr(world, ordered_by))
    everybody = ["aygul", "wang", "li", "zhou", "far_reviewer", "gu", "chen", "song", "adil"]

    admission = Admission.objects.get(organization=world.school)
    allowed = {name for name in everybody if may_lift(acting(world, name), admission, row)}

    assert allowed == people


def acting(world, name):
    """As the middleware would have it: wearing the one membership there is."""
    user = getattr(world, name)
    user.acting = user.memberships.select_related("organization").first()
    return user


def test_the_region_lifts_what_a_bureau_ordered(world):
    suspension(world)

    assert reinstate(world, by=world.gu)


def test_a_reason_and_a_rule_are_needed(world):
    with refused("note_required") as refusal:
        suspension(world, note=" ")
    assert refusal.value.field == "note"
    with refused("law_required") as refusal:
        suspension(world, law=" ")
    assert refusal.value.field == "law"
    assert standing(world) == Standing.ACTIVE


def test_there_is_no_reinstating_without_evidence(world):
    suspension(world)

    with refused("evidence_required") as refusal:
        reinstate(world, evidence=None)
    assert refusal.value.field == "evidence"
    with refused("note_required"):
        reinstate(world, note="")
    with refused("file_disguised"):
        reinstate(world, evidence=make_disguised())
    assert standing(world) == Standing.SUSPENDED


def make_disguised():
    found = paper()
    found.name = "整改.png"
    return found


def test_states_that_do_not_fit_are_refused(world):
    with refused("wrong_state"):
        reinstate(world)
    suspension(world)
    with refused("wrong_state"):
        suspension(world)


def test_a_standing_without_its_suspension_is_said_to_be_so(world):
    suspension(world)
    Suspension.objects.all().delete()

    with refused("not_suspended"):
        reinstate(world)


def test_without_a_file_there_is_nothing_to_suspend(world):
    Admission.objects.filter(organization=world.school).delete()

    with refused("file_not_open"):
        suspension(world)


def test_nothing_is_left_behind_when_a_part_is_refused(world, running):
    with refused("file_disguised"):
        suspension(world, evidence=make_disguised())

    running.refresh_from_db()
    assert running.frozen_since is None
    assert standing(world) == Standing.ACTIVE
    assert not Suspension.objects.exists()


def test_an_institution_leaves_when_its_classes_are_over(world):
    approved = make_classes.approved_class(world)
    with refused("classes_open") as refusal:
        actions.leave(world.school, by=world.aygul, note="停办")
    assert approved.title in str(refusal.value)
    plan.cancel(approved, by=world.aygul, note="停办")

    row = actions.leave(world.school, by=world.aygul, note="停办")

    assert row.state == Standing.LEFT
    assert world.li.inbox.filter(title=f"机构已退出：{world.school.name}").exists()
    with refused("wrong_state"):
        actions.leave(world.school, by=world.aygul, note="再退")


@pytest.mark.parametrize("person", ["li", "wang", "chen", "adil"])
def test_who_may_not_let_it_leave(world, person):
    with refused("not_allowed"):
        actions.leave(world.school, by=getattr(world, person), note="退出")


def test_the_region_takes_one_off_the_list_even_while_suspended(world):
    suspension(world)
    with refused("note_required"):
        actions.leave(world.school, by=world.gu, note="")

    assert actions.leave(world.school, by=world.gu, note="清出名单").state == Standing.LEFT


def test_the_database_holds_one_open_suspension_and_no_lifting_without_evidence(world):
    row = suspension(world)

    again = {"organization": world.school, "authority": world.bureau, "ordered_by_name": "李"}
    with pytest.raises(IntegrityError), transaction.atomic():
        Suspension.objects.create(ordered_at=timezone.now(), reason="再", law="二十三", **again)
    with pytest.raises(IntegrityError), transaction.atomic():
        Suspension.objects.filter(pk=row.pk).update(
            lifted_at=timezone.now(), lifted_by_name="李文涛"
        )


def test_another_institution_goes_on(world):
    suspension(world)

    assert Admission.objects.get(organization=world.other_school).state == Standing.ACTIVE
    assert not TrainingClass.objects.filter(organization=world.other_school).exists()
