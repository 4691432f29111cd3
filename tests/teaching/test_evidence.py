"""Pictures, recordings and papers: kept with their hash, taken back only with a reason."""

import hashlib

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from tests import make_attendance, make_classes
from tests.make_teaching import JPEG, KEPT, picture, piece
from tests.refusals import refused
from zhupei.core import uploads
from zhupei.core.errors import NotAllowed
from zhupei.teaching.actions import evidence
from zhupei.teaching.models import Evidence, EvidenceKind

MP4 = b"\x00\x00\x00\x18ftypmp42" + bytes(5000)


@pytest.fixture
def taught(world):
    return make_attendance.class_with_learners(world)


def test_a_picture_is_kept_with_its_hash_and_its_sender(taught, world):
    row = evidence.add(taught, by=world.ma, found=picture(), caption="第一课")
    assert row.kind == EvidenceKind.PHOTO
    assert row.file.sha256 == hashlib.sha256(KEPT).hexdigest()
    assert row.added_by == world.ma
    assert b"Exif" in JPEG
    assert b"Exif" not in KEPT


def test_a_large_recording_comes_in_parts(taught, world):
    upload = uploads.begin("实操.mp4", len(MP4), by=world.ma)
    uploads.append(upload, 0, MP4, by=world.ma)
    row = evidence.add(taught, by=world.ma, found=upload.pk)
    assert (row.kind, row.file.size) == (EvidenceKind.VIDEO, len(MP4))


def test_a_disguised_file_is_refused(taught, world):
    with refused("file_disguised"):
        evidence.add(taught, by=world.ma, found=ContentFile(b"MZ" + bytes(99), name="a.jpg"))
    assert not Evidence.objects.exists()


@pytest.mark.parametrize("person", ["wang", "li", "adil", "gu"])
def test_only_the_institution_hands_in_evidence(taught, world, person):
    with pytest.raises(NotAllowed):
        evidence.add(taught, by=getattr(world, person), found=picture())


def test_a_draft_has_no_evidence(world):
    with refused("class_not_held"):
        evidence.add(make_classes.draft_class(world), by=world.aygul, found=picture())


def test_a_lesson_of_another_class_is_refused(taught, world):
    other = make_classes.approved_class(world)
    with refused("lesson_of_another_class"):
        evidence.add(taught, by=world.aygul, found=picture(), lesson=other.lessons.first())


def test_what_was_handed_in_stays_even_taken_back(taught, world):
    row = piece(world, taught)
    with refused("note_required"):
        evidence.withdraw(row, by=world.ma, note=" ")
    evidence.withdraw(row, by=world.ma, note="传错了班")
    with refused("withdrawn_already"):
        evidence.withdraw(row, by=world.ma, note="再撤")
    assert Evidence.objects.count() == 1
    assert not Evidence.objects.standing().exists()


def test_a_picture_is_handed_in_on_the_page_and_shown(taught, world):
    client = Client()
    client.force_login(world.ma)
    url = reverse("teaching:evidence", args=[taught.pk])
    assert client.post(url, {"caption": "无文件"}).status_code == 422
    file = SimpleUploadedFile("上课.jpg", JPEG, "image/jpeg")
    assert client.post(url, {"file": file, "caption": "上课"}).status_code == 302
    row = Evidence.objects.get()
    shown = client.get(reverse("teaching:piece", args=[row.pk]))
    assert shown["Content-Type"] == "image/jpeg"
    assert "attachment" not in shown.get("Content-Disposition", "")
    assert b"".join(shown) == KEPT
    assert "上课" in client.get(url).content.decode()


def test_an_upload_that_is_not_done_is_told_beside_the_field(taught, world):
    upload = uploads.begin("实操.mp4", len(MP4), by=world.ma)
    client = Client()
    client.force_login(world.ma)
    url = reverse("teaching:evidence", args=[taught.pk])
    answer = client.post(url, {"file-upload": str(upload.pk), "caption": "说明"})
    assert answer.status_code == 422
    assert "还没有传完" in answer.content.decode()
    assert "说明" in answer.content.decode()
    assert client.post(url, {"file-upload": "乱写"}).status_code == 422


@pytest.mark.parametrize("person", ["wang", "far_reviewer", "adil", "sun"])
def test_strangers_and_learners_see_no_evidence(taught, world, person):
    row = piece(world, taught)
    client = Client()
    client.force_login(getattr(world, person))
    assert client.get(reverse("teaching:piece", args=[row.pk])).status_code == 404
    assert client.get(reverse("teaching:evidence", args=[taught.pk])).status_code == 404
