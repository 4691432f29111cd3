"""Large files in parts: what arrived stays, and only its sender may go on or take it."""

import base64
from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from django.core.files.storage import default_storage
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.refusals import refused
from zhupei.core import files, uploads
from zhupei.core.errors import NotAllowed
from zhupei.core.models import StoredFile, Upload, UploadPart

MP4 = b"\x00\x00\x00\x18ftypmp42" + bytes(range(256)) * 40
BEGIN = "/uploads/"


def sent(content: bytes, by, name="上课.mp4", step=4000) -> Upload:
    upload = uploads.begin(name, len(content), by=by)
    for start in range(0, len(content), step):
        upload = uploads.append(upload, start, content[start : start + step], by=by)
    return upload


def test_a_file_sent_in_parts_is_the_file_that_was_sent(world):
    kept = uploads.take(sent(MP4, world.ma), by=world.ma)
    assert files.read(kept) == MP4
    assert (kept.media_type, kept.name, kept.size) == ("video/mp4", "上课.mp4", len(MP4))
    assert not Upload.objects.exists()
    assert not UploadPart.objects.exists()


def test_a_part_that_does_not_follow_is_refused_and_what_arrived_stays(world):
    upload = uploads.begin("上课.mp4", len(MP4), by=world.ma)
    uploads.append(upload, 0, MP4[:4000], by=world.ma)
    with refused("upload_elsewhere"):
        uploads.append(upload, 0, MP4[:4000], by=world.ma)
    with refused("upload_elsewhere"):
        uploads.append(upload, 8000, MP4[8000:], by=world.ma)
    upload.refresh_from_db()
    assert upload.received == 4000


def test_more_than_was_announced_is_refused(world):
    upload = uploads.begin("上课.mp4", 10, by=world.ma)
    with refused("upload_too_long"):
        uploads.append(upload, 0, MP4, by=world.ma)


def test_a_program_that_calls_itself_a_video_is_refused(world):
    with refused("file_disguised"):
        sent(b"MZ\x90\x00" + bytes(5000), world.ma)
    assert not StoredFile.objects.exists()


@pytest.mark.parametrize(
    ("name", "size", "code"),
    [
        ("a.exe", 10, "file_kind"),
        ("a.mp4", 0, "file_empty"),
        ("a.mp4", uploads.LIMIT + 1, "file_too_large"),
    ],
)
def test_what_we_would_not_keep_is_refused_before_it_is_sent(world, name, size, code):
    with refused(code):
        uploads.begin(name, size, by=world.ma)


def test_an_unfinished_file_cannot_be_taken(world):
    upload = uploads.begin("上课.mp4", len(MP4), by=world.ma)
    with refused("upload_unfinished"):
        uploads.take(upload, by=world.ma)


def test_nobody_goes_on_with_or_takes_the_file_of_somebody_else_or_twice(world):
    upload = uploads.begin("上课.mp4", len(MP4), by=world.ma)
    with pytest.raises(NotAllowed):
        uploads.append(upload, 0, MP4, by=world.wang)
    done = uploads.append(upload, 0, MP4, by=world.ma)
    with pytest.raises(NotAllowed):
        uploads.take(done, by=world.wang)
    uploads.take(done, by=world.ma)
    with pytest.raises(NotAllowed):
        uploads.take(done, by=world.ma)


def test_what_nobody_finished_or_took_is_forgotten_with_its_bytes(world):
    half = uploads.begin("一半.mp4", len(MP4), by=world.ma)
    uploads.append(half, 0, MP4[:4000], by=world.ma)
    whole = sent(MP4, world.ma)
    paths = [half.parts.get().path, whole.file.path]
    assert uploads.forget() == 0
    with time_machine.travel(timezone.now() + timedelta(days=4)):
        assert uploads.forget() == 2
    assert not StoredFile.objects.exists()
    assert not any(default_storage.exists(path) for path in paths)


# Over HTTP


def headers(**values: object) -> dict[str, str]:
    return {name.replace("_", "-"): str(value) for name, value in values.items()}


def begun(client: Client, size: int, name: str = "上课.mp4"):
    filename = base64.b64encode(name.encode()).decode()
    return client.post(
        BEGIN, headers=headers(Upload_Length=size, Upload_Metadata=f"filename {filename}")
    )


def patched(client: Client, url: str, start: int, content: bytes):
    return client.patch(
        url, content, content_type="application/offset+octet-stream",
        headers=headers(Upload_Offset=start),
    )  # fmt: skip


def test_a_line_that_broke_at_ninety_per_cent_goes_on_there(world):
    client = Client()
    client.force_login(world.ma)
    url = begun(client, len(MP4))["Location"]
    broke = len(MP4) * 9 // 10
    assert patched(client, url, 0, MP4[:broke]).status_code == 204
    there = client.head(url)
    assert (there["Upload-Offset"], there["Upload-Length"]) == (str(broke), str(len(MP4)))
    assert patched(client, url, 0, MP4[:broke]).status_code == 409
    assert patched(client, url, broke, MP4[broke:])["Upload-Offset"] == str(len(MP4))
    assert Upload.objects.get().file is not None


def test_the_address_of_somebody_elses_file_leads_nowhere(world):
    owner, stranger = Client(), Client()
    owner.force_login(world.ma)
    stranger.force_login(world.wang)
    url = begun(owner, 100)["Location"]
    assert stranger.head(url).status_code == 404
    assert patched(stranger, url, 0, b"x").status_code == 404
    assert Client().head(url).status_code == 302


def test_a_refusal_comes_as_a_sentence(world):
    client = Client()
    client.force_login(world.ma)
    answer = begun(client, 100, "病毒.exe")
    assert answer.status_code == 422
    assert ".exe" in answer.content.decode()


@pytest.mark.parametrize("length", ["", "-1", "九", "1e3", "９"])
def test_nonsense_for_a_length_is_a_bad_request(world, length):
    client = Client()
    client.force_login(world.ma)
    answer = client.post(BEGIN, headers={"Upload-Metadata": "filename x!"} | (
        {"Upload-Length": length} if length.isascii() else {}
    ))  # fmt: skip
    assert answer.status_code in {400, 422}


def test_a_part_of_another_kind_or_too_large_is_not_read(world):
    client = Client()
    client.force_login(world.ma)
    url = begun(client, 10_000_000)["Location"]
    assert client.patch(url, b"x", content_type="text/plain").status_code == 415
    assert patched(client, url, 0, bytes(uploads.PART + 1)).status_code == 413


def test_an_address_nobody_was_given_is_not_found(world):
    client = Client()
    client.force_login(world.ma)
    assert client.head(reverse("uploads:part", args=[uuid4()])).status_code == 404
