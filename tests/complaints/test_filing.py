"""A complaint comes in: with a number and a code, at the right bureau, and without a trace."""

from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from django.core.files.base import ContentFile
from django.db import connection
from django.utils import timezone

from tests import (
    make,
    make_certificates,
    make_classes,
    make_complaints,
    make_officials,
    make_pictures,
)
from tests.refusals import refused
from zhupei.complaints import parameters as p
from zhupei.complaints import targets
from zhupei.complaints.actions import filing
from zhupei.complaints.models import Complainant, Complaint
from zhupei.complaints.targets import Target
from zhupei.core import audit, context, files
from zhupei.core.errors import NotAllowed
from zhupei.core.models import Event, Message, StoredFile
from zhupei.organizations.models import Kind


def test_a_complaint_has_a_number_a_code_and_the_bureau_of_the_place(world):
    with time_machine.travel("2026-06-01T11:00:00+08:00", tick=False):
        made, code = make_complaints.receipt(world)

    assert made.number == "TS-2026-000001"
    assert len(code) == 10
    assert not set(code) - set(filing.SIGNS)
    assert (made.handler, made.state, made.channel) == (world.bureau, "registered", "web")
    assert [Message.objects.filter(recipient=who).count() for who in (world.li, world.zhou)] == [
        1,
        1,
    ]
    assert not Message.objects.filter(recipient=world.aygul).exists()


def test_file_starts_the_clocks_in_working_days(world):
    with time_machine.travel("2026-06-01T11:00:00+08:00", tick=False):  # a Monday
        made = make_complaints.complaint(world)

    due = [made.assign_due, made.reply_due, made.close_due, made.notice_due]
    assert [f"{timezone.localtime(day):%m-%d %H:%M}" for day in due] == [
        "06-02 18:00", "06-08 18:00", "06-22 18:00", "06-16 11:00",
    ]  # fmt: skip


def test_clocks_of_a_prefecture_are_its_own(world):
    make.parameter_value(p.CLOSE_DAYS, 3, make.LONG_AGO, prefecture="652300")
    now = timezone.now()

    assert filing.clocks(now, "652300")["close_due"] < filing.clocks(now, "653100")["close_due"]


@pytest.mark.parametrize(
    ("said", "code", "field"),
    [
        ({"text": " "}, "text_missing", "text"),
        ({"kind": "x"}, "kind_unknown", "kind"),
        ({"named": True, "name": "再娜普"}, "name_missing", "phone"),
        ({"named": True, "phone": "139"}, "name_missing", "name"),
        ({"happened_on": make.FAR_OFF}, "date_ahead", "happened_on"),
        ({"pictures": [ContentFile(b"x", "a.png")] * 7}, "too_many_pictures", "pictures"),
        ({"pictures": [ContentFile(b"<script>", "a.html")]}, "file_kind", "pictures"),
        ({"pictures": [ContentFile(b"MZ\x90", "a.jpg")]}, "file_disguised", "pictures"),
        ({"film": ContentFile(b"MZ\x90", "a.mp4")}, "file_disguised", "film"),
    ],
)
def test_what_is_missing_or_hostile_is_refused_beside_its_field(world, said, code, field):
    with refused(code) as refusal:
        filing.file(make_complaints.told(world, **said))

    assert refusal.value.field == field
    assert not Complaint.objects.exists()
    assert not StoredFile.objects.exists()


def test_a_form_sent_twice_is_one_complaint_with_the_same_code(world):
    told = make_complaints.told(world, form_key="abc")
    first, again = filing.file(told), filing.file(told)

    assert first == again
    assert Complaint.objects.count() == 1
    with time_machine.travel(timezone.now() + timedelta(hours=2)), refused("filed_already"):
        filing.file(told)


def test_two_forms_have_two_codes(world):
    codes = {filing.file(make_complaints.told(world)).code for _n in range(3)}
    assert len(codes) == 3


def test_code_of_a_form_is_no_part_of_what_is_kept(world):
    made, code = make_complaints.receipt(world, form_key="abc")

    assert filing.code_of("abc") == code
    assert code not in made.code_hash
    assert made.form_index != "abc"


# Who complained stands nowhere but in one row, encrypted


def database_as_text() -> str:
    """Every column of every table the complaint touched, as somebody with the disk reads it."""
    with connection.cursor() as cursor:
        tables = [t for t in connection.introspection.table_names() if "session" not in t]
        rows = []
        for table in tables:
            cursor.execute(f'SELECT to_jsonb(t)::text FROM "{table}" t')  # noqa: S608 - its own tables
            rows += [row for (row,) in cursor.fetchall()]
    return "\n".join(rows)


def test_nobody_with_the_disk_reads_who_complained_or_what_they_said(world):
    make_complaints.receipt(world)
    text = database_as_text()

    assert [word for word in make_complaints.WITNESS if word in text] == []
    assert "教材费" not in text
    assert Complainant.objects.get().name == make_complaints.NAME


def test_an_account_leaves_no_key_beside_its_complaint(world):
    told = make_complaints.told(world, account=world.adil)
    made = filing.file(told).complaint

    assert Complaint.objects.visible_to(world.adil).get() == made
    assert not Complaint.objects.visible_to(world.mayra).exists()
    assert not Complainant.objects.exists()
    values = {str(getattr(made, field.attname)) for field in Complaint._meta.local_fields}
    assert str(world.adil.pk) not in values - {str(made.pk), str(made.times_reopened)}


def test_the_record_says_neither_who_nor_from_where(world):
    here = context.RequestContext("request-7", "10.1.2.3")
    token = context.current.set(here)
    try:
        made = filing.file(make_complaints.named(world, account=world.adil)).complaint
    finally:
        context.current.reset(token)

    (event,) = audit.history(made)
    assert (event.verb, event.actor_id, event.actor_name) == ("complaint.filed", None, "")
    assert (event.address, event.request_id, event.organization_id) == ("", "", None)
    assert audit.sentence(event) == f"收到投诉，{world.bureau} 办理"


def test_pictures_lose_their_place_and_their_sender(world):
    made = make_complaints.complaint(world, pictures=[make_pictures.photo("票据.jpg")])

    kept = made.attachments.get().file
    assert b"GPS" not in files.read(kept)
    assert b"Zhupei" not in files.read(kept)
    assert kept.stored_by_id is None


# Whose it is to handle


def test_handler_of_an_institution_is_the_bureau_of_its_place(world):
    far = Target(world.other_school.prefecture, world.other_school)
    assert targets.handler_of(far) == world.other_bureau


def test_a_bureau_never_handles_what_is_said_of_it(world):
    made = filing.file(
        make_complaints.told(world, target=Target(world.bureau.prefecture, world.bureau))
    ).complaint

    assert made.handler == world.region
    assert not Complaint.objects.visible_to(world.li).exists()
    assert Complaint.objects.visible_to(world.gu).exists()


def test_a_certificates_number_does_not_tell_where_its_holder_was_trained(world):
    certificate = make_certificates.certificate(world)
    target = targets.of_address({"certificate": certificate.number.lower()})
    made = filing.file(make_complaints.told(world, target=target)).complaint

    assert made.organization == certificate.institution
    assert made.named_body == f"证书 {certificate.number}"


def test_where_there_is_no_bureau_the_region_handles(world):
    region_wide = make.organization(Kind.ASSESSMENT_BODY, "自治区考核中心", "650000")
    assert targets.handler_of(Target(None, region_wide)) == world.region
    world.bureau.kind = Kind.ASSOCIATION
    world.bureau.save()
    assert targets.handler_of(Target(world.school.prefecture)) == world.region


def test_what_is_about_a_body_of_the_whole_region_is_filed(world):
    region_wide = make.organization(Kind.ASSESSMENT_BODY, "自治区考核中心", "650000")
    made = filing.file(make_complaints.told(world, target=Target(None, region_wide))).complaint
    assert (made.prefecture.code, made.handler) == ("650000", world.region)


def test_search_finds_bodies_by_name_and_classes_by_number(world):
    found = make_classes.approved_class(world)

    assert targets.search("天山 学校").organizations == [world.school]
    assert targets.search(found.number).classes == [found]
    assert targets.search(" ") == ([], [])
    assert targets.search("阿依古丽") == ([], [])


def test_a_plan_nobody_has_approved_is_not_found(world):
    planned = make_classes.planned_class(world)
    assert targets.search(planned.title).classes == []
    assert targets.of_address({"class": str(planned.pk)}) is None


def test_an_address_names_a_class_a_certificate_an_institution_or_a_place(world):
    certificate = make_certificates.certificate(world)
    found = make_classes.approved_class(world)

    about = targets.of_address({"class": str(found.pk)})
    assert (about.organization, about.training_class) == (world.school, found)
    about = targets.of_address({"certificate": certificate.number})
    assert (about.certificate, about.organization) == (certificate, None)
    assert targets.of_address({"certificate": certificate.check_code}) is None
    assert targets.of_address({"institution": str(world.school.pk)}).organization == world.school
    assert targets.of_address({"place": "652300"}).organization is None
    for nonsense in (
        {},
        {"class": "x"},
        {"institution": "9" * 30},
        {"place": "650000"},
        {"certificate": "a\0"},
    ):
        assert targets.of_address(nonsense) is None
    assert targets.of_address({"institution": str(world.association.pk)}) is None
    assert targets.of_address(dict([about.query.split("=")])) == about


# Taken down by an officer


def test_an_officer_takes_down_what_a_caller_says(world):
    told = make_complaints.named(world, channel="phone")
    made = filing.file(told, by=world.li).complaint

    (event,) = audit.history(made)
    assert event.actor_name == "李文涛"
    assert audit.sentence(event) == f"李文涛 代为登记（来电），{world.bureau} 办理"
    assert Complainant.objects.get().name == make_complaints.NAME


@pytest.mark.parametrize("who", ["aygul", "chen", "adil", "yang"])
def test_nobody_else_takes_a_complaint_down(world, who):
    make_officials.add(world)
    with pytest.raises(NotAllowed):
        filing.file(make_complaints.told(world), by=getattr(world, who))


def test_an_upload_that_is_not_there_is_refused(world):
    with pytest.raises(NotAllowed):
        filing.file(make_complaints.told(world, film=uuid4()))
    assert not Event.objects.filter(verb="complaint.filed").exists()
