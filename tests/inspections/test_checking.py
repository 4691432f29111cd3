"""On the spot, signing, findings, publishing, being late."""

import io
from datetime import timedelta

import pytest
import time_machine
from django.core.files.base import ContentFile
from django.utils import timezone
from PIL import ExifTags, Image

from tests import make, make_inspections
from tests.refusals import refused
from zhupei.core import audit
from zhupei.core.models import Message
from zhupei.corrections.models import Finding
from zhupei.inspections.actions import checking, filling, publishing
from zhupei.inspections.actions.filling import Said
from zhupei.inspections.events import InspectionEvent
from zhupei.inspections.models import Draw, Inspection, Picture
from zhupei.inspections.parameters import PUBLISH_WORKDAYS


def photo() -> bytes:
    """As a phone takes it: it says where."""
    picture = Image.new("RGB", (8, 8))
    exif = Image.Exif()
    exif.get_ifd(ExifTags.IFD.GPSInfo)[ExifTags.GPS.GPSLatitudeRef] = "N"
    out = io.BytesIO()
    picture.save(out, "JPEG", exif=exif)
    return out.getvalue()


@pytest.fixture
def inspection(world):
    """Drawn today; the tests stand on the next day."""
    found = make_inspections.drawn(world).inspections.get()
    with time_machine.travel(timezone.now() + timedelta(days=1), tick=False):
        yield found


def item(inspection):
    return inspection.draw.items.get()


def bad(inspection, **said):
    one = {"verdict": "bad", "severity": "serious", "note": "二层通道堆放木料"} | said
    return {item(inspection).pk: Said(**one)}


def test_answers_are_kept_until_the_result_is_put_down(world, inspection):
    first = make_inspections.going(inspection)[0]
    filling.answer(inspection, by=first, said=bad(inspection))
    assert inspection.answers.get().severity == "serious"
    filling.answer(inspection, by=first, said=make_inspections.good(inspection))
    assert (inspection.answers.get().severity, inspection.answers.get().note) == (None, "")
    filling.answer(inspection, by=first, said={item(inspection).pk: Said("")})
    assert not inspection.answers.exists()


def test_what_does_not_comply_says_why(world, inspection):
    first = make_inspections.going(inspection)[0]
    for said in (bad(inspection, note=" "), bad(inspection, severity="")):
        with refused("note_required") as refusal:
            filling.answer(inspection, by=first, said=said)
        assert refusal.value.field == f"note_{item(inspection).pk}"
    with refused("item_unknown"):
        filling.answer(inspection, by=first, said={0: Said("good")})


def test_nobody_else_fills_it_in(world, inspection):
    for person in (world.li, world.gu, world.mo, world.aygul):
        with refused("not_allowed"):
            filling.answer(inspection, by=person, said={})


@pytest.mark.parametrize(
    ("said", "code", "field"),
    [
        ({"outcome": "ordered"}, "outcome_contradicts", "outcome"),
        ({"outcome": "fine"}, "no_such_answer", None),
        ({"outcome": ""}, "outcome_unknown", "outcome"),
        ({"outcome": "unreachable"}, "remark_required", "remark"),
        ({"outcome": "gone", "remark": " "}, "remark_required", "remark"),
        (
            {"visited_on": timezone.localdate() + timedelta(days=9)},
            "visited_when",
            "visited_on",
        ),
        (
            {"visited_on": timezone.localdate() - timedelta(days=9)},
            "visited_when",
            "visited_on",
        ),
        ({"answers": {}}, "items_open", None),
    ],
)
def test_a_result_has_to_agree_with_itself(world, inspection, said, code, field):
    with refused(code) as refusal:
        make_inspections.recorded(inspection, **said)
    assert refusal.value.field == field


def test_what_was_found_contradicts_a_clean_result(world, inspection):
    with refused("outcome_contradicts"):
        make_inspections.recorded(inspection, answers=bad(inspection))


def test_who_cannot_be_inspected_is_recorded_without_items(world, inspection):
    found = make_inspections.recorded(
        inspection, answers={}, outcome="unreachable", remark="登记地址无人，电话停机"
    )
    assert found.state == "signing"


def test_every_inspector_signs_and_the_term_runs_from_the_visit(world, inspection):
    first, second = make_inspections.going(inspection)
    found = make_inspections.recorded(inspection)

    assert found.state == "signing"
    assert Message.objects.filter(recipient=second, title__contains="会签").exists()
    with refused("signed_before"):
        checking.sign(found, by=first)
    with refused("not_allowed"):
        checking.sign(found, by=world.li)
    found = checking.sign(found, by=second)
    assert found.state == "signed"
    assert Message.objects.filter(recipient=world.li, title__contains="待公示").exists()
    days = (found.due_at - timezone.now()).days
    assert days >= 25  # twenty working days
    with refused("wrong_state"):
        checking.sign(found, by=second)


def test_the_term_is_a_figure(world, inspection):
    make.parameter_value(PUBLISH_WORKDAYS, 1, make.LONG_AGO)
    found = make_inspections.recorded(inspection)
    assert found.due_at - timezone.now() < timedelta(days=10)


def test_what_does_not_comply_becomes_a_finding_when_all_have_signed(world, inspection):
    first = make_inspections.going(inspection)[0]
    upload = ContentFile(photo(), "通道.jpg")
    filling.attach(inspection, by=first, upload=upload)
    found = make_inspections.recorded(inspection, answers=bad(inspection), outcome="ordered")
    assert not Finding.objects.exists()
    make_inspections.checking.sign(found, by=make_inspections.going(inspection)[1])

    finding = Finding.objects.get()
    assert finding in Finding.objects.about(inspection)
    assert (finding.organization, finding.authority) == (world.school, world.bureau)
    assert (finding.severity, finding.law) == ("serious", "消防法第十六条")
    assert "二层通道堆放木料" in finding.text
    assert finding.source_path == inspection.get_absolute_url()


def test_inspectors_of_the_other_department_find_too(world):
    make_inspections.people(world)
    draw = make_inspections.drawn(
        world, bodies=[world.bureau, world.home_hr], housing_count=1, hr_count=1
    )
    inspection = draw.inspections.get()
    with make_inspections.tomorrow():
        housing, hr = make_inspections.going(inspection)
        assert hr == world.mo
        filling.answer(inspection, by=housing, said=bad(inspection))
        filling.hand_in(inspection, by=housing, visited_on=timezone.localdate(), outcome="ordered")
        checking.sign(inspection, by=hr)
    assert Finding.objects.get().found_by == world.mo


def test_a_result_is_given_back_and_signatures_are_void(world, inspection):
    first, second = make_inspections.going(inspection)
    found = make_inspections.recorded(inspection)
    with refused("note_required"):
        checking.reopen(found, by=second, note=" ")
    found = checking.reopen(found, by=second, note="少写一项")
    assert found.state == "assigned"
    assert not found.assignments.filter(signed_at__isnull=False).exists()
    assert Message.objects.filter(recipient=first, title__contains="退回修改").exists()
    assert make_inspections.signed(inspection).state == "signed"


def test_a_photo_is_kept_with_its_hash_and_shown_inside_only(world, inspection):
    first = make_inspections.going(inspection)[0]
    picture = filling.attach(inspection, by=first, upload=ContentFile(photo(), "门头.jpg"))
    event = audit.own_history(inspection).get(verb=InspectionEvent.PICTURE_ADDED)
    assert event.facts["sha256"] == picture.file.sha256
    assert picture.removed == event.facts["removed"] == ["gps"]
    make_inspections.published(inspection, world)
    assert picture in Picture.objects.visible_to(world.li)
    assert picture in Picture.objects.visible_to(first)
    assert not Picture.objects.visible_to(world.aygul)
    with refused("wrong_state"):
        filling.attach(inspection, by=first, upload=ContentFile(photo(), "又一张.jpg"))


# Publishing


def test_the_last_published_result_ends_the_draw(world):
    make_inspections.schools(world, 3)
    draw = make_inspections.drawn(world)
    with make_inspections.tomorrow():
        for inspection in draw.inspections.all():
            draw.refresh_from_db()
            assert draw.state == "drawn"
            make_inspections.published(inspection, world)
    draw.refresh_from_db()
    assert draw.state == "finished"
    assert Inspection.objects.published_in_time().count() == 2


def test_all_signed_results_are_published_at_once(world):
    make_inspections.schools(world, 5)
    draw = make_inspections.drawn(world)
    with make_inspections.tomorrow():
        first, second, _third = draw.inspections.all()
        make_inspections.signed(first)
        make_inspections.signed(second)
        assert publishing.publish_signed(draw, by=world.li) == 2
        assert publishing.publish_signed(draw, by=world.li) == 0


def test_the_institution_reads_its_result_when_it_is_published(world, inspection):
    assert not Inspection.objects.visible_to(world.aygul)
    make_inspections.published(inspection, world)
    assert inspection in Inspection.objects.visible_to(world.aygul)
    assert inspection not in Inspection.objects.visible_to(world.wang)
    assert Message.objects.filter(recipient=world.aygul, title__contains="已公示").exists()


@pytest.mark.parametrize("person", ["gu", "far_reviewer", "yang", "tao", "aygul"])
def test_the_authority_itself_publishes(world, inspection, person):
    make_inspections.signed(inspection)
    with refused("not_allowed"):
        publishing.publish(inspection, by=getattr(world, person))


def test_an_inspector_sees_their_own_and_no_others(world):
    make_inspections.schools(world, 9)
    draw = make_inspections.drawn(world)
    for person in (world.yang, world.kang, world.ding):
        seen = set(Inspection.objects.visible_to(person))
        assert seen == {
            one for one in draw.inspections.all() if person in make_inspections.going(one)
        }
    assert not Inspection.objects.visible_to(world.mo)
    assert Inspection.objects.visible_to(world.gu).count() == 5
    assert not Inspection.objects.visible_to(world.far_reviewer)


# Late


def test_who_is_late_hears_of_it_once_and_so_does_the_region(world):
    draw = make_inspections.drawn(world)
    late = timezone.now() + timedelta(days=31)
    with time_machine.travel(late, tick=False):
        assert Inspection.objects.overdue(timezone.now()).count() == 1
        assert publishing.remind() == 1
        assert publishing.remind() == 0
    told = Message.objects.filter(title__contains="超过时限")
    people = {world.li, world.gu, *make_inspections.going(draw.inspections.get())}
    assert people <= {row.recipient for row in told}


def test_a_result_not_published_within_the_term_is_late(world, inspection):
    found = make_inspections.signed(inspection)
    with time_machine.travel(found.due_at + timedelta(minutes=1), tick=False):
        assert found in Inspection.objects.overdue(timezone.now())
        publishing.publish(found, by=world.li)
        assert found not in Inspection.objects.overdue(timezone.now())
        assert not Inspection.objects.published_in_time()


def test_nothing_is_late_in_time(world, inspection):
    make_inspections.signed(inspection)
    assert publishing.remind() == 0
    assert Draw.objects.get().state == "drawn"
