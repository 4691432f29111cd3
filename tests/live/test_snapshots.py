"""Pictures: few, for a while, each an event; held as evidence, removed in time."""

from datetime import timedelta

import pytest
import time_machine
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone

from tests import make, make_live
from tests.refusals import refused
from zhupei.core import audit, files
from zhupei.core.errors import NotAllowed
from zhupei.core.models import StoredFile
from zhupei.live.access import may_hold
from zhupei.live.actions import looks, snapshots
from zhupei.live.models import Snapshot
from zhupei.live.parameters import SNAPSHOTS

pytestmark = pytest.mark.django_db


def test_a_picture_is_kept_with_its_hash_until_a_day(world):
    look = make_live.look(world)

    kept = make_live.snapshot(look)

    drawn = files.read(kept.file)
    assert drawn.startswith(b"\xff\xd8\xff")
    assert b"GPS" not in drawn
    assert b"Zhupei" not in drawn  # the phone it came from
    assert kept.sha256 == kept.file.sha256
    assert kept.keep_until == timezone.localdate() + timedelta(days=90)
    event = audit.own_history(kept).get()
    assert event.verb == "snapshot.taken"
    assert event.facts["sha256"] == kept.sha256
    assert event.within == audit.subject_key(look.room.training_class)


def test_a_look_has_a_few_pictures_and_no_more(world):
    make.parameter_value(SNAPSHOTS, 2, make.LONG_AGO)
    look = make_live.look(world)
    make_live.snapshot(look)
    make_live.snapshot(look)

    with refused("enough_snapshots") as refusal:
        make_live.snapshot(look)

    assert "2 张" in str(refusal.value)


def test_only_whoever_looks_takes_pictures_and_only_while_they_look(world):
    look = make_live.look(world)
    for user in (world.zhou, world.aygul, world.gu):
        with pytest.raises(NotAllowed):
            snapshots.take(look, make_live.picture(), by=user)
    looks.close(look, by=world.li, outcome="fine")

    with refused("look_closed"):
        make_live.snapshot(look)


@pytest.mark.parametrize(
    ("upload", "code"),
    [
        (ContentFile(b"%PDF-1.7", "a.pdf"), "file_kind"),
        (ContentFile(b"<svg onload=alert(1)>", "a.jpg"), "file_disguised"),
        (ContentFile(b"", "a.jpg"), "file_empty"),
        (ContentFile(b"\xff\xd8\xff broken", "a.jpg"), "picture_unreadable"),
        (ContentFile(make_live.JPEG + b"0" * snapshots.LIMIT, "a.jpg"), "file_too_large"),
    ],
)
def test_only_pictures_are_taken(world, upload, code):
    look = make_live.look(world)

    with refused(code):
        snapshots.take(look, upload, by=world.li)


def test_seeing_a_picture_is_an_event_and_not_for_the_room(world):
    kept = make_live.snapshot(make_live.look(world))

    assert snapshots.view(kept, by=world.gu) == kept.file

    assert audit.own_history(kept).last().verb == "snapshot.viewed"
    for user in (world.aygul, world.far_reviewer, world.adil):
        assert not Snapshot.objects.visible_to(user).exists()
        with pytest.raises(NotAllowed):
            snapshots.view(kept, by=user)


def test_a_picture_goes_when_its_time_is_over(world, django_capture_on_commit_callbacks):
    kept = make_live.snapshot(make_live.look(world))
    path = kept.file.path
    assert snapshots.remove_due() == 0

    with (
        time_machine.travel(timezone.now() + timedelta(days=91), tick=False),
        django_capture_on_commit_callbacks(execute=True),
    ):
        assert snapshots.remove_due() == 1
        assert snapshots.remove_due() == 0

    kept.refresh_from_db()
    assert kept.file is None
    assert kept.removed_at
    assert not StoredFile.objects.filter(path=path).exists()
    assert not default_storage.exists(path)
    assert audit.own_history(kept).last().verb == "snapshot.removed"
    assert snapshots.view(kept, by=world.li) is None
    with refused("removed"):
        snapshots.hold(kept, by=world.li, note="有用")


def test_evidence_is_kept_as_long_as_a_case_may_last(world):
    kept = make_live.snapshot(make_live.look(world))
    with refused("note_required"):
        snapshots.hold(kept, by=world.li, note="")
    with pytest.raises(NotAllowed):
        snapshots.hold(kept, by=world.aygul, note="不是我们")
    assert may_hold(world.li, kept)

    held = snapshots.hold(kept, by=world.li, note="开课时间教室空无一人")

    assert held.keep_until == timezone.localdate() + timedelta(days=1095)
    with time_machine.travel(timezone.now() + timedelta(days=200), tick=False):
        assert snapshots.remove_due() == 0
    assert audit.own_history(kept).last().facts["note"] == "开课时间教室空无一人"


def test_the_server_takes_none_where_it_cannot(world, monkeypatch):
    monkeypatch.setattr(snapshots.shutil, "which", lambda _name: None)
    look = make_live.look(world, make_live.stream(world))

    with refused("no_server_pictures"):
        snapshots.shoot(look, by=world.li)


def test_the_server_says_so_when_there_is_no_picture(world, monkeypatch, settings):
    settings.LIVE_HLS_URL = "http://127.0.0.1:9/hls"  # nobody listens on the discard port
    monkeypatch.setattr(snapshots.shutil, "which", lambda _name: "/bin/false")
    look = make_live.look(world, make_live.stream(world))
    with pytest.raises(NotAllowed):
        snapshots.shoot(look, by=world.zhou)

    with refused("no_picture"):
        snapshots.shoot(look, by=world.li)
