"""The papers of a plan: taken in, refused, shown to those who may see them, taken off."""

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tests import make, make_classes
from tests.refusals import refused
from zhupei.classes.actions import documents
from zhupei.classes.events import ClassEvent
from zhupei.core import audit, files
from zhupei.syllabus.models import Unit

PDF = b"%PDF-1.7\n"


def paper(name="教案.pdf", content=PDF):
    return SimpleUploadedFile(name, content)


def attach(world, training_class, upload=None, kind="lesson_plan"):
    return documents.attach(training_class, by=world.aygul, upload=upload or paper(), kind=kind)


def test_a_paper_is_kept_with_its_hash(world):
    drafted = make_classes.draft_class(world)

    document = attach(world, drafted)

    event = audit.own_history(drafted).last()
    assert event.verb == ClassEvent.DOCUMENT_ATTACHED
    assert event.facts["sha256"] == document.file.sha256
    assert files.read(document.file) == PDF


@pytest.mark.parametrize(
    ("code", "upload"),
    [
        ("file_disguised", ("教案.pdf", b"MZ\x90\x00")),
        ("file_kind", ("教案.exe", b"MZ\x90\x00")),
        ("file_empty", ("教案.pdf", b"")),
    ],
)
def test_what_is_no_paper_is_refused(world, code, upload):
    drafted = make_classes.draft_class(world)

    with refused(code) as refusal:
        attach(world, drafted, paper(*upload))

    assert refusal.value.field == "file"


def test_fifty_megabytes_are_taken_and_a_byte_more_is_not(world, monkeypatch):
    drafted = make_classes.draft_class(world)
    upload = paper()

    upload.size = documents.LIMIT + 1
    with refused("file_too_large"):
        attach(world, drafted, upload)

    upload.size = documents.LIMIT
    assert attach(world, drafted, upload)


def test_a_paper_of_an_unknown_kind_is_refused(world):
    with refused("document_kind"):
        attach(world, make_classes.draft_class(world), kind="poem")


def test_a_paper_stays_once_the_plan_is_submitted(world):
    planned = make_classes.planned_class(world)
    document = attach(world, planned)
    make_classes.plan.submit(planned, by=world.aygul)

    with refused("plan_under_review"):
        documents.remove(document, by=world.aygul)


def test_a_program_that_calls_itself_a_paper_is_refused_beside_the_field(world, as_user):
    drafted = make_classes.draft_class(world)
    upload = {"kind": "lesson_plan", "file": paper("教案.pdf", b"MZ\x90\x00")}

    page = as_user(world.aygul).post(reverse("classes:documents", args=[drafted.pk]), upload)

    assert page.status_code == 422
    assert "只是名字像" in page.context["form"].errors["file"][0]


def test_a_paper_is_uploaded_downloaded_and_removed(world, as_user):
    drafted = make_classes.draft_class(world)
    address = reverse("classes:documents", args=[drafted.pk])
    browser = as_user(world.aygul)

    browser.post(address, {"kind": "resource", "file": paper()})
    document = drafted.documents.get()
    page = browser.get(reverse("classes:document", args=[document.pk]))

    assert b"".join(page.streaming_content) == PDF
    assert "sandbox" in page["Content-Security-Policy"]
    browser.post(reverse("classes:remove_document", args=[document.pk]))
    assert not drafted.documents.exists()


@pytest.mark.parametrize("person", ["wang", "far_reviewer", "adil", "chen"])
def test_a_stranger_gets_no_paper(world, as_user, person):
    submitted = make_classes.planned_class(world)
    document = attach(world, submitted)

    page = as_user(getattr(world, person)).get(reverse("classes:document", args=[document.pk]))

    assert page.status_code == 404


def test_pdf_and_pictures_are_looked_at_in_the_browser_and_everything_is_fetched_otherwise(
    world, client
):
    planned = make_classes.planned_class(world)
    client.force_login(world.aygul)
    kept = {
        name: documents.attach(
            planned, by=world.aygul, upload=ContentFile(content, name), kind="resource"
        )
        for name, content in [("a.pdf", b"%PDF-1.7"), ("b.docx", b"PK\x03\x04xx")]
    }

    looked = client.get(f"/classes/documents/{kept['a.pdf'].pk}/?look=1")
    fetched = client.get(f"/classes/documents/{kept['b.docx'].pk}/?look=1")

    for response in (looked, fetched):
        response.close()
    assert looked["Content-Disposition"].startswith("inline")
    assert "default-src 'none'" in looked["Content-Security-Policy"]
    assert looked["X-Content-Type-Options"] == "nosniff"
    assert fetched["Content-Disposition"].startswith("attachment")


def test_a_lesson_plan_says_its_unit_and_the_units_without_one_are_named(world, client):
    planned = make_classes.planned_class(world)
    units = list(planned.syllabus.units.all())
    strange = Unit.objects.create(
        syllabus=make.published_syllabus("2031.1"), position=9, title="别的", theory_hours=1
    )
    upload = ContentFile(b"%PDF-1.7", "教案.pdf")
    documents.attach(planned, by=world.aygul, upload=upload, kind="lesson_plan", unit=units[0])

    with refused("unit_of_another_syllabus"):
        documents.attach(planned, by=world.aygul, upload=upload, kind="lesson_plan", unit=strange)

    client.force_login(world.aygul)
    page = client.get(f"/classes/{planned.pk}/documents/").content.decode()
    assert f"还没有教案的单元：{units[1]}、{units[2]}" in page
