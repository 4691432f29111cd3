"""Files handed in: looked at before they are believed."""

from pathlib import Path

import pytest
from django.core.files.base import ContentFile, File
from django.core.files.storage import default_storage

from tests.refusals import refused
from zhupei.core import files
from zhupei.core.errors import Refused
from zhupei.core.models import StoredFile

PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n"
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"
JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF"
ZIP = b"PK\x03\x04\x14\x00\x06\x00"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(8)
EXE = b"MZ\x90\x00\x03\x00\x00\x00"


class Endless(File):
    """Says how large it is without being it; reading it would be the mistake."""

    def __init__(self, name: str, size: int) -> None:
        super().__init__(None, name)
        self._size = size

    @property
    def size(self) -> int:
        return self._size

    def read(self, *_: object) -> bytes:
        raise AssertionError("a file that is too large was read")


def refusal(upload: File, by) -> Refused:
    with pytest.raises(Refused) as refused:
        files.accept(upload, by=by)
    assert not StoredFile.objects.exists()
    return refused.value


@pytest.mark.parametrize(
    ("name", "content", "media_type"),
    [
        ("教案.pdf", PDF, "application/pdf"),
        ("照片.JPG", JPEG, "image/jpeg"),
        ("照片.jpeg", JPEG, "image/jpeg"),
        ("场地.png", PNG, "image/png"),
        ("方案.docx", ZIP, "application/zip"),
        ("名册.xlsx", ZIP, "application/zip"),
        ("旧方案.doc", OLE, "application/x-ole-storage"),
    ],
)
def test_what_people_really_hand_in_is_kept(world, name, content, media_type):
    kept = files.accept(ContentFile(content, name), by=world.aygul)

    assert (kept.name, kept.media_type, kept.size) == (name, media_type, len(content))
    assert kept.stored_by_id == world.aygul.pk
    assert files.read(kept) == content


def test_fifty_megabytes_are_refused_without_being_read(world):
    refused = refusal(Endless("教案.pdf", 50 * files.MEGABYTE), world.aygul)

    assert refused.code == "file_too_large"
    assert str(refused) == "“教案.pdf”有 50 MB，每个附件最多 20 MB。请压缩或拆分后再传。"


def test_the_limit_itself_is_not_too_large(world):
    exact = ContentFile(PDF.ljust(100), "教案.pdf")

    assert files.accept(exact, by=world.aygul, limit=100).size == 100
    with refused("file_too_large"):
        files.accept(ContentFile(PDF.ljust(101), "教案.pdf"), by=world.aygul, limit=100)


@pytest.mark.parametrize("content", [EXE, ZIP, JPEG, b"<html><script>", b"%PDF"])
def test_a_program_named_pdf_is_found_out(world, content):
    assert refusal(ContentFile(content, "教案.pdf"), world.aygul).code == "file_disguised"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("setup.exe", EXE),
        ("动画.gif", b"GIF89a"),
        ("页面.html", b"<html>"),
        ("图.svg", b"<svg onload='x'>"),
        ("教案", PDF),
        ("教案.pdf.exe", PDF),
        ("", PDF),
    ],
)
def test_kinds_we_do_not_take_are_refused_whatever_is_in_them(world, name, content):
    upload = ContentFile(content)
    upload.name = name

    assert refusal(upload, world.aygul).code == "file_kind"


def test_an_empty_file_is_told_so(world):
    assert refusal(ContentFile(b"", "教案.pdf"), world.aygul).code == "file_empty"


@pytest.mark.parametrize(
    "name",
    [
        "../../etc/passwd.pdf",
        "/etc/cron.d/passwd.pdf",
        r"C:\Windows\passwd.pdf",
        r"..\..\passwd.pdf",
        "a/b/passwd.pdf",
    ],
)
def test_a_name_with_a_path_leads_nowhere(world, name, settings):
    upload = ContentFile(PDF)
    upload.name = name

    kept = files.accept(upload, by=world.aygul)

    assert kept.name == "passwd.pdf"
    stored = Path(default_storage.path(kept.path)).resolve()
    assert stored.is_relative_to(Path(settings.MEDIA_ROOT).resolve())
    assert "passwd" not in kept.path


def test_a_very_long_name_keeps_its_end(world):
    kept = files.accept(ContentFile(PDF, "长" * 300 + ".pdf"), by=world.aygul)

    assert len(kept.name) == 200
    assert kept.name.endswith(".pdf")


def test_a_file_changed_on_the_disk_is_not_handed_out(world):
    kept = files.accept(ContentFile(PDF, "教案.pdf"), by=world.aygul)
    Path(default_storage.path(kept.path)).write_bytes(PDF + b"x")

    with pytest.raises(ValueError, match="no longer has the hash"):
        files.read(kept)


def test_a_file_is_served_so_that_no_browser_runs_it(world):
    kept = files.accept(ContentFile(PDF, "教案.pdf"), by=world.aygul)

    response = files.respond(kept)

    assert response.getvalue() == PDF
    response.file_to_stream.close()
    assert response["Content-Disposition"].startswith("attachment")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in response["Content-Security-Policy"]
    assert response["Cache-Control"] == "private, no-store"
