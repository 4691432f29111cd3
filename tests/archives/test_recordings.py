"""Recordings of an exam room: registered with digest, taken back with a reason, seen on record."""

from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse

from tests import make_archives, make_exams, make_invigilation, make_officials
from tests.refusals import refused
from zhupei.archives.access import may_register
from zhupei.archives.actions import recordings
from zhupei.archives.events import RecordingEvent
from zhupei.archives.models import Recording
from zhupei.core import audit
from zhupei.core.errors import NotAllowed


def test_a_recording_is_registered_with_its_digest_on_the_course_of_the_sitting(world):
    sitting = make_exams.sealed_sitting(world)

    made = make_archives.recording(world, sitting)

    event = audit.history(sitting).get(verb=RecordingEvent.REGISTERED)
    assert event.facts["sha256"] == made.file.sha256
    assert list(sitting.recordings.standing()) == [made]


@pytest.mark.parametrize(
    ("change", "code", "field"),
    [
        ({"ends_at": timedelta(0)}, "recording_times", "ends_at"),
        (
            {"begins_at": timedelta(days=3), "ends_at": timedelta(days=4)},
            "not_of_the_sitting",
            "begins_at",
        ),
        ({"found": ContentFile(b"%PDF-1.7", "不是录像.pdf")}, "not_a_recording", "file"),
    ],
)
def test_what_is_no_recording_of_the_sitting_is_refused_beside_its_field(
    world, change, code, field
):
    sitting = make_exams.sealed_sitting(world)
    moved = {
        name: sitting.starts_at + value if isinstance(value, timedelta) else value
        for name, value in change.items()
    }

    with refused(code) as refusal:
        make_archives.recording(world, sitting, **moved)

    assert refusal.value.field == field
    assert not Recording.objects.exists()


def test_one_taken_back_stays_named_with_its_reason(world):
    made = make_archives.recording(world, make_exams.sealed_sitting(world))
    with refused("note_required"):
        recordings.withdraw(made, by=world.chen, note=" ")

    recordings.withdraw(made, by=world.chen, note="传错了场次")

    assert not made.sitting.recordings.standing().exists()
    with refused("withdrawn_already"):
        recordings.withdraw(made, by=world.chen, note="再撤")


def test_who_runs_or_watches_the_sitting_may_register_and_nobody_else(world):
    sitting = make_invigilation.watched_sitting(world)
    with make_invigilation.before_the_start(sitting):
        for name in ("chen", "nur", "bai", "li", "adil"):
            may = name in {"chen", "nur"}
            user = getattr(world, name)
            user.acting = user.memberships.first()
            assert may_register(user, sitting) is may, name
        with pytest.raises(NotAllowed):
            recordings.register(
                sitting,
                by=world.li,
                found=ContentFile(b"x", "x.mp4"),
                label="x",
                begins_at=sitting.starts_at,
                ends_at=sitting.ends_at,
            )


def test_recordings_on_their_page(world, as_user):
    make_officials.add(world)
    sitting = make_exams.sealed_sitting(world)
    page = reverse("archives:recordings", args=[sitting.pk])
    browser = as_user(world.chen)
    assert browser.post(page, {"label": ""}).status_code == 422
    times = {"begins_at": "2020-01-01T10:00", "ends_at": "2020-01-01T11:00"}
    wrong = browser.post(page, {"label": "后门", **times, "file": ContentFile(b"x", "x.mp4")})
    assert wrong.status_code == 422
    assert "没有重叠" in wrong.text
    made = make_archives.recording(world, sitting)
    assert "前门全景" in browser.get(page).text
    shown = browser.get(reverse("archives:recording", args=[made.pk]))
    assert b"".join(shown)
    assert audit.history(sitting).filter(verb=RecordingEvent.SEEN).exists()
    browser.post(reverse("archives:withdraw-recording", args=[made.pk]), {"note": "传错"})
    assert "已撤回：传错" in browser.get(page).text
    assert as_user(world.bai).get(page).status_code == 404
    assert as_user(world.adil).get(page).status_code == 404
