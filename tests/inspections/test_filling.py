"""The check list filled in without network: deeds come in once, and the newest counts."""

import json
from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from django.core.files.base import ContentFile
from django.urls import reverse
from django.utils import timezone

from tests import make_inspections, make_pictures
from tests.refusals import refused
from zhupei.core import audit, files, uploads
from zhupei.core.deeds import Sent
from zhupei.inspections.actions import checking, filling
from zhupei.inspections.models import Deed, Picture


@pytest.fixture
def inspection(world):
    """Drawn today; the tests stand on the next day."""
    found = make_inspections.drawn(world).inspections.get()
    with time_machine.travel(timezone.now() + timedelta(days=1), tick=False):
        yield found


def deed(kind, about="", value="", *, minutes=0):
    """Something done so many minutes ago."""
    at = timezone.now() - timedelta(minutes=minutes)
    return Sent(uuid4(), kind, str(about), value, at)


def send(inspection, user, *done, phone="A"):
    outcomes = filling.sync(inspection, by=user, phone=phone, phone_now=timezone.now(), done=done)
    return [one.refusal.code if one.refusal else "" for one in outcomes]


def item(inspection):
    return inspection.draw.items.get().pk


def going(inspection):
    return make_inspections.going(inspection)


def test_what_was_done_without_network_comes_in_once_and_is_signed(world, inspection):
    first, second = going(inspection)
    done = [
        deed("verdict", item(inspection), "bad", minutes=50),
        deed("severity", item(inspection), "serious", minutes=49),
        deed("note", item(inspection), "二层通道堆放木料", minutes=48),
        deed("outcome", value="ordered", minutes=47),
        deed("hand_in", minutes=46),
    ]

    assert send(inspection, first, *done) == [""] * len(done)
    assert send(inspection, first, *done) == [""] * len(done)

    inspection.refresh_from_db()
    assert (inspection.state, inspection.outcome) == ("signing", "ordered")
    assert inspection.visited_on == timezone.localdate()
    assert inspection.answers.get().note == "二层通道堆放木料"
    assert inspection.assignments.get(inspector__user=first).signed_at
    assert not inspection.assignments.get(inspector__user=second).signed_at
    assert Deed.objects.count() == len(done)
    events = audit.own_history(inspection).filter(verb="inspection.filled")
    assert [event.facts["count"] for event in events] == [len(done)]


def test_what_does_not_comply_counts_once_it_says_why(world, inspection):
    first = going(inspection)[0]

    send(inspection, first, deed("verdict", item(inspection), "bad", minutes=9))
    assert not inspection.answers.exists()
    handed = [deed("outcome", value="ordered"), deed("hand_in")]
    assert send(inspection, first, *handed) == ["", "items_open"]
    send(inspection, first, deed("severity", item(inspection), "minor"))
    send(inspection, first, deed("note", item(inspection), "标牌脱落"))

    assert inspection.answers.get().severity == "minor"
    assert send(inspection, first, deed("hand_in")) == [""]


def test_of_two_phones_the_newest_counts(world, inspection):
    first, second = going(inspection)
    send(inspection, second, deed("verdict", item(inspection), "good", minutes=5), phone="B")

    send(inspection, first, deed("verdict", item(inspection), "not_applicable", minutes=30))

    assert inspection.answers.get().verdict == "good"


def test_who_cannot_be_inspected_is_handed_in_without_items(world, inspection):
    first = going(inspection)[0]
    gone = [deed("outcome", value="unreachable"), deed("remark", value="登记地址无人")]

    assert send(inspection, first, *gone, deed("hand_in")) == ["", "", ""]
    inspection.refresh_from_db()
    assert (inspection.outcome, inspection.remark) == ("unreachable", "登记地址无人")


@pytest.mark.parametrize(
    ("kind", "value", "code"),
    [
        ("verdict", "fine", "no_such_answer"),
        ("severity", "fatal", "no_such_answer"),
        ("note", "长" * 1001, "too_long"),
    ],
)
def test_what_the_list_does_not_know_goes_back(world, inspection, kind, value, code):
    assert send(inspection, going(inspection)[0], deed(kind, item(inspection), value)) == [code]


def test_other_items_days_and_times_go_back_with_their_reason(world, inspection):
    first = going(inspection)[0]
    again = deed("verdict", item(inspection), "good")

    assert send(
        inspection,
        first,
        deed("verdict", 0, "good"),
        deed("photo", "x"),
        deed("visited", value="昨天"),
        deed("verdict", item(inspection), "good", minutes=-60),
        again,
        again._replace(kind="note"),
    ) == ["item_unknown", "item_unknown", "visited_when", "clock_too_wrong", "", "deed_exists"]
    assert send(inspection, first, deed("photo", "", "no upload")) == ["no_such_upload"]


def test_pictures_have_a_limit(world, inspection, monkeypatch):
    first = going(inspection)[0]
    filling.attach(inspection, by=first, upload=make_pictures.photo())
    monkeypatch.setattr(filling, "MOST_PICTURES", 1)

    with refused("too_many_pictures"):
        filling.attach(inspection, by=first, upload=make_pictures.photo())


def test_a_picture_taken_without_network_comes_in_once(world, inspection):
    first, content = going(inspection)[0], make_pictures.jpeg()
    upload = uploads.append(uploads.begin("门头.jpg", len(content), by=first), 0, content, by=first)
    done = deed("photo", item(inspection), str(upload.pk))

    assert send(inspection, first, done) == send(inspection, first, done) == [""]

    picture = Picture.objects.get()
    assert (picture.item_id, picture.deed.made_by) == (item(inspection), first)
    assert picture.removed == ["gps", "camera", "time"]
    assert b"Exif" not in files.read(picture.file)


def test_nothing_comes_in_after_it_was_handed_in_and_again_when_given_back(world, inspection):
    first, second = going(inspection)
    make_inspections.recorded(inspection)
    late = deed("verdict", item(inspection), "bad", minutes=-1)
    assert send(inspection, first, late) == ["wrong_state"]

    inspection.refresh_from_db()
    checking.reopen(inspection, by=second, note="少写一项")

    assert send(inspection, first, late) == [""]
    assert not inspection.answers.exists()


def test_nobody_elses_phone_fills_it_in(world, inspection):
    for person in (world.li, world.gu, world.aygul):
        with refused("not_allowed"):
            send(inspection, person, deed("verdict", item(inspection), "good"))
    with refused("clock_too_wrong"):
        filling.sync(
            inspection,
            by=going(inspection)[0],
            phone="A",
            phone_now=timezone.now() - timedelta(days=400),
            done=[],
        )


def test_the_phone_is_answered_in_json_and_the_page_knows_what_came_in(world, as_user, inspection):
    first = going(inspection)[0]
    browser, page = as_user(first), inspection.get_absolute_url()
    mark = {"id": str(uuid4()), "kind": "verdict", "about": str(item(inspection)), "value": "good"}
    now = round(timezone.now().timestamp() * 1000)
    said = {"user": first.pk, "phone": "A", "now": now, "marks": [mark | {"at": now}]}

    answer = browser.post(
        reverse("inspections:sync", args=[inspection.pk]),
        json.dumps(said),
        content_type="application/json",
    )

    assert answer.json()["marks"] == [{"id": mark["id"], "kept": True}]
    assert answer.json()["removed"] == {}
    data = browser.get(page).context["data"]
    assert [one["value"] for one in data["deeds"]] == ["good"]
    assert data["spent"] == []
    listed = browser.get(reverse("inspections:checks"))
    assert page in listed.context["pages"].split()


def test_what_is_saved_on_the_page_keeps_the_result_as_well(world, as_user, inspection):
    first = going(inspection)[0]
    browser = as_user(first)
    said = {f"verdict_{item(inspection)}": "good", "outcome": "clean", "remark": "校长在场"}

    browser.post(reverse("inspections:answer", args=[inspection.pk]), said)

    initial = browser.get(inspection.get_absolute_url()).context["result_form"].initial
    assert (initial["outcome"], initial["remark"]) == ("clean", "校长在场")


def test_a_paper_is_evidence_too(world, inspection):
    first = going(inspection)[0]
    paper = ContentFile(b"%PDF-1.7", "现场记录.pdf")

    assert filling.attach(inspection, by=first, upload=paper).file.name == "现场记录.pdf"
