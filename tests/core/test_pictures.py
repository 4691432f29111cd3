"""Pictures are kept without the place they were taken at, upright, and not too large."""

from io import BytesIO

import pytest
from django.core.files.base import ContentFile
from PIL import Image

from tests import make_pictures
from tests.refusals import refused
from zhupei.core import files, pictures, uploads
from zhupei.core.models import StoredFile


def opened(content: bytes) -> Image.Image:
    picture = Image.open(BytesIO(content))
    picture.load()
    return picture


def test_the_place_is_gone_and_it_is_said_so():
    before = make_pictures.jpeg()
    assert opened(before).getexif().get_ifd(0x8825)

    drawn = pictures.clean(before)

    assert drawn.removed == ("gps", "camera", "time")
    assert not opened(drawn.content).getexif()
    assert b"Zhupei" not in drawn.content
    assert "GPS" in pictures.said(drawn.removed)


def test_a_place_hidden_in_other_words_is_gone_too():
    out = BytesIO()
    Image.new("RGB", (8, 8)).save(out, "JPEG", xmp=b"<x exif:GPSLatitude='44,1N'/>")

    drawn = pictures.clean(out.getvalue() + b"PK\x03\x04 a file behind the picture")

    assert drawn.removed == ("gps",)
    assert b"GPSLatitude" not in drawn.content
    assert b"behind the picture" not in drawn.content


def test_what_says_nothing_loses_nothing():
    drawn = pictures.clean(make_pictures.png())

    assert (drawn.removed, drawn.media_type) == ((), "image/png")
    assert pictures.said(drawn.removed) == ""
    assert opened(drawn.content).size == (64, 48)


def test_a_picture_stands_upright_and_shrinks():
    drawn = pictures.clean(make_pictures.jpeg(size=(4000, 2000), turned=6))

    picture = opened(drawn.content)
    assert drawn.smaller
    assert picture.size == (1280, 2560)
    red, _green, blue = picture.getpixel((1200, 60))
    assert blue > red  # the blue corner, begun at the top left, was turned to the right


@pytest.mark.parametrize(
    "content",
    [b"\xff\xd8\xff\xe0 cut", make_pictures.jpeg()[:600], b"<svg/>", b"GIF89a", b""],
)
def test_what_is_no_picture_is_refused(content):
    with pytest.raises(pictures.Refused) as refusal:
        pictures.clean(content, name="墙.jpg")

    assert refusal.value.code == "picture_unreadable"
    assert "墙.jpg" in str(refusal.value)


def test_a_bomb_of_dots_is_refused_before_it_is_unpacked():
    out = BytesIO()
    Image.new("1", (20_000, 20_000)).save(out, "PNG")
    assert len(out.getvalue()) < 200_000

    with pytest.raises(pictures.Refused) as refusal:
        pictures.clean(out.getvalue(), name="大.png")

    assert refusal.value.code in {"picture_too_large", "picture_unreadable"}


def test_a_form_keeps_the_clean_picture_only(world):
    kept = pictures.accept(make_pictures.photo(), by=world.li)

    assert "gps" in kept.removed
    assert not opened(files.read(kept.file)).getexif()
    assert StoredFile.objects.count() == 1


def test_other_files_are_no_pictures(world):
    with refused("file_kind"):
        pictures.accept(ContentFile(b"%PDF-1.7", "图.pdf"), by=world.li)
    with refused("file_disguised"):
        pictures.accept(ContentFile(b"%PDF-1.7", "图.jpg"), by=world.li)


def test_of_an_upload_only_the_clean_picture_stays(world, django_capture_on_commit_callbacks):
    content = make_pictures.jpeg()
    upload = uploads.begin("现场.jpeg", len(content), by=world.li)
    uploads.append(upload, 0, content, by=world.li)
    first = StoredFile.objects.get()

    with django_capture_on_commit_callbacks(execute=True):
        kept = pictures.kept(upload.pk, by=world.li)

    assert StoredFile.objects.get() == kept.file
    assert kept.file.pk != first.pk
    assert kept.file.name == "现场.jpg"
    with pytest.raises(FileNotFoundError):
        files.read(first)


def test_a_recording_is_kept_as_it_came(world):
    content = b"\0\0\0\x18ftypisom" + bytes(64)

    kept = pictures.kept(ContentFile(content, "操作.mp4"), by=world.li)

    assert files.read(kept.file) == content
    assert kept.removed == ()
