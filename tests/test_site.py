"""Every address of the site, walked by people it is for and by people it is not for.

The addresses come from the resolver. A new one is walked by itself; when it names an object this
test does not know, or belongs to an app without a person, the test says so: add it to ``OBJECTS``
or ``RIGHT_PERSON``.
"""

import traceback
import uuid
from collections.abc import Iterator
from datetime import timedelta
from types import SimpleNamespace
from typing import NamedTuple

import pytest
import time_machine
from django.core.files.base import ContentFile
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone

from tests import (
    make,
    make_accounts,
    make_attendance,
    make_certificates,
    make_classes,
    make_filings,
    make_institutions,
    make_oversight,
    make_syllabus,
    make_teachers,
)
from tests.questions.test_actions import GOOD, spreadsheet
from zhupei.archives import actions as archives
from zhupei.attendance.actions import code_now
from zhupei.certificates.models import Certificate
from zhupei.classes.actions import documents, roster
from zhupei.classes.actions import enrolment as enrolments
from zhupei.classes.actions import waiting as places_kept
from zhupei.core import longjobs, messages
from zhupei.core.models import Letter, Message, TextMessage
from zhupei.exams.models import Attempt, Candidate
from zhupei.people import copies
from zhupei.people.models import Purpose
from zhupei.questions import actions as questions

pytestmark = pytest.mark.slow
FOREIGN = ("account/", "ui/")  # a library's pages; the components shown in development

# Who an app's pages are for; a page that is for somebody else has a line of its own.
RIGHT_PERSON = {
    "healthz": None,
    "portal": "aygul",
    "portal:public": None,
    "portal:institutions": None,
    "portal:syllabi": None,
    "portal:privacy": None,
    "portal:message": "adil",
    "people": "adil",
    "people:register": None,
    "people:reset": None,
    "people:access": None,
    "people:demo_messages": None,
    "organizations": "gu",
    "portal:read-all": "adil",
    "syllabus": "gu",
    "syllabus:textbook": "aygul",
    "syllabus:correct_textbook": "aygul",
    "institutions": "aygul",
    "institutions:enter-licence": "li",
    "institutions:change-licence": "li",
    "institutions:end-licence": "li",
    "institutions:admissions": "gu",
    "institutions:register": "gu",
    "institutions:staffing": "gu",
    "institutions:open-file": "gu",
    "questions": "gu",
    "filings": "aygul",
    "filings:copies": "li",
    "filings:send_back": "tian",
    **make_teachers.SITE_PEOPLE,
    "classes": "aygul",
    "classes:send_back": "li",
    "classes:evidence": "li",
    "classes:evidence_document": "li",
    "classes:evidence_file": "li",
    "classes:answer": "li",
    "classes:still_reading": "li",
    "classes:second_readings": "gu",
    "classes:second_reading": "gu",
    "classes:move_second": "gu",
    "classes:draws": "gu",
    "classes:draw": "gu",
    "classes:review_figures": "gu",
    "classes:reviewed_plans": "gu",
    "join": "adil",
    "join:catalogue": None,
    "join:class": None,
    "join:invitation": "mayra",
    "join:confirm": "mayra",
    "join:decline": "mayra",
    "join:prove": None,
    "attendance": "ma",
    "attendance:scan": None,
    "attendance:sign": "adil",
    "attendance:hours": "adil",
    "attendance:worker": None,
    "attendance:correction_move": "aygul",  # who proposed it does not confirm it
    "attendance:sheet_move": "aygul",
    "exams": "chen",
    "sit": "adil",
    "certificates": "chen",
    "certificates:mine": "adil",
    "verify": None,
    "archives": "chen",
    "archives:make-class": "aygul",
    "oversight": "li",
    "oversight:leave": "aygul",
}

# What stands in for the blanks of an address, by app (or by address, where the app has several).
OBJECTS = {
    "portal:message": {"pk": "message"},
    "people": {"purpose": "purpose", "token": "access_token"},
    "people:confirm_copies": {"token": "copies_token"},
    "organizations": {"pk": "membership", "key": "parameter"},
    "organizations:wording": {"key": "wording"},
    "organizations:deliveries": {"channel": "channel"},
    "organizations:send-all-again": {"channel": "channel"},
    "organizations:send-again": {"channel": "channel", "pk": "failed_text"},
    "organizations:members-of": {"pk": "school"},
    "organizations:add-member": {"pk": "school"},
    "syllabus": {"pk": "draft_syllabus", "name": "publish", "unit": "unit", "step": "up"},
    "syllabus:topic": {"pk": "draft_syllabus", "topic": "topic", "step": "up"},
    "syllabus:difference": {"pk": "draft_syllabus", "other": "draft_syllabus"},
    "syllabus:job": {"pk": "job"},
    "syllabus:add_code": {"pk": "job"},
    "syllabus:end_code": {"pk": "job_code"},
    "syllabus:textbook": {"pk": "textbook"},
    "syllabus:correct_textbook": {"pk": "textbook"},
    "syllabus:decide_textbook": {"pk": "textbook", "name": "approve"},
    "institutions": {"pk": "school", "name": "apply", "key": "waiting_ledger"},
    "institutions:change-licence": {"pk": "licence"},
    "institutions:end-licence": {"pk": "licence"},
    "institutions:licence-paper": {"pk": "licence"},
    "institutions:change-staff": {"pk": "staff_member"},
    "institutions:leave": {"pk": "staff_member"},
    "institutions:proof": {"pk": "staff_member"},
    "institutions:change-room": {"pk": "room"},
    "institutions:check-fire": {"pk": "room"},
    "institutions:fire-record": {"pk": "room"},
    "institutions:close-room": {"pk": "room"},
    "institutions:change-station": {"pk": "station"},
    "institutions:remove-station": {"pk": "station"},
    "institutions:piece": {"pk": "piece"},
    "institutions:change-equipment": {"pk": "piece"},
    "institutions:retire": {"pk": "piece"},
    "institutions:use": {"pk": "piece"},
    "institutions:strike-use": {"pk": "equipment_use"},
    "institutions:material": {"pk": "material"},
    "institutions:change-consumable": {"pk": "material"},
    "institutions:move-consumable": {"pk": "material"},
    "institutions:close-consumable": {"pk": "material"},
    "institutions:withdraw-policy": {"pk": "policy"},
    "institutions:policy-text": {"pk": "policy"},
    "institutions:change-platform": {"pk": "platform"},
    "institutions:end-platform": {"pk": "platform"},
    "institutions:platform-paper": {"pk": "platform"},
    "institutions:import": {"pk": "school", "name": "equipment"},
    "institutions:import-template": {"pk": "school", "name": "equipment"},
    "institutions:rehearsal": {"name": "equipment", "key": "waiting_ledger"},
    "institutions:take": {"name": "equipment", "key": "waiting_ledger"},
    "institutions:corrected": {"name": "equipment", "key": "waiting_ledger"},
    "questions": {"pk": "question_set", "file": "question_file", "name": "publish"},
    "filings": {"pk": "filing", "name": "submit"},
    "filings:paper": {"pk": "filing_paper"},
    "filings:remove": {"pk": "filing_paper"},
    "filings:send_back": {"pk": "submitted_filing"},
    **make_teachers.SITE_OBJECTS,
    "classes": {"pk": "planned", "key": "waiting_roster", "name": "submit"},
    "classes:send_back": {"pk": "submitted"},
    "classes:evidence": {"pk": "submitted", "item": "rooms"},
    "classes:evidence_document": {
        "pk": "submitted",
        "item": "lesson_plans",
        "document": "lesson_plan",
    },
    "classes:evidence_file": {"pk": "submitted", "file": "lesson_plan_file"},
    "classes:answer": {"pk": "submitted", "item": "rooms"},
    "classes:still_reading": {"pk": "submitted"},
    "classes:second_reading": {"pk": "second_reading"},
    "classes:move_second": {"pk": "second_reading", "name": "object"},
    "classes:draw": {"pk": "draw"},
    "classes:document": {"pk": "document"},
    "classes:remove_document": {"pk": "document"},
    "classes:take_back": {"pk": "invitation_key"},
    "classes:reschedule": {"pk": "lesson"},
    "join": {"pk": "taught", "token": "invitation"},
    "join:withdraw": {"pk": "enrolment"},
    "join:transfer": {"pk": "enrolment"},
    "join:take": {"pk": "waiting"},
    "join:leave_line": {"pk": "waiting"},
    "attendance": {"pk": "lesson", "code": "code", "enrolment": "enrolment"},
    "attendance:presence": {"pk": "lesson", "enrolment": "enrolment", "name": "confirm"},
    "attendance:correction": {"pk": "attendance_correction"},
    "attendance:correction_move": {"pk": "attendance_correction", "name": "confirm"},
    "attendance:sheet": {"pk": "attendance_sheet"},
    "attendance:photo": {"pk": "attendance_sheet"},
    "attendance:sheet_move": {"pk": "attendance_sheet", "name": "confirm"},
    "attendance:hours": {"pk": "enrolment"},
    "exams": {"pk": "sitting", "candidate": "candidate", "name": "release"},
    "sit": {"pk": "attempt"},
    "sit:door": {"pk": "candidate"},
    "sit:start": {"pk": "candidate"},
    "certificates": {"pk": "certificate"},
    "certificates:issue": {"pk": "sitting"},
    "certificates:issuing": {"pk": "sitting"},
    "verify": {"code": "check_code"},
    "archives": {"pk": "package"},
    "archives:make-class": {"pk": "taught"},
    "archives:make-sitting": {"pk": "sitting"},
    "archives:making": {"pk": "long_job"},
    "oversight": {"pk": "suspension", "institution": "school"},
}
PUBLIC_OBJECTS = {  # anybody who has the address may know of these
    "teachers:engage",  # the pool is there for every institution
    "attendance:scan",  # remembers what was seen and asks who it was
    "organizations:parameter",  # the figures of the rules are for everybody who works here
    "syllabus:job",  # what can be learnt is no secret
    "syllabus:add_code",
    "classes:draw",  # names numbers; any authority may draw again
    "people:consent",  # one's own
    "people:withdraw_consent",
    "people:confirm_copies",  # a link for one account; for others it says so, as not found
    "join:class",
    "join:prove",  # the same, before one is known
    "join:wait",  # as signing up
    "join:sign_up",  # a public class; who joins is decided by the action
    "join:invitation",  # a link nobody can guess; it names nobody but the class
}

NEEDS_MORE = {
    "healthz": "a worker; see tests/config/test_health.py",
    "organizations:switch": "one of one's memberships; see tests/organizations/test_views.py",
}


class Address(NamedTuple):
    """One line of some ``urls.py``."""

    name: str
    blanks: tuple[str, ...]

    def of(self, table: dict) -> object:
        """The line of a table for this address, or the one for its app."""
        if self.name in table:
            return table[self.name]
        app = self.name.partition(":")[0]
        assert app in table, f"tests/test_site.py knows nobody and nothing for {self.name}"
        return table[app]

    def path(self, site: SimpleNamespace) -> str:
        if not self.blanks:
            return reverse(self.name)
        known = self.of(OBJECTS)
        missing = set(self.blanks) - set(known)
        assert not missing, f"tests/test_site.py does not know {missing} of {self.name}"
        return reverse(
            self.name, kwargs={b: site.objects.get(known[b], known[b]) for b in self.blanks}
        )


def addresses() -> list[Address]:
    return sorted(_walk(get_resolver(), "", ()))


def _walk(resolver: URLResolver, before: str, apps: tuple[str, ...]) -> Iterator[Address]:
    for found in resolver.url_patterns:
        path = before + str(found.pattern)
        if path.startswith(FOREIGN):
            continue
        if isinstance(found, URLPattern):
            blanks = tuple(found.pattern.converters)
            yield Address(":".join([*apps, found.name or path]), blanks)
        else:
            names = (found.namespace,) if found.namespace else ()
            yield from _walk(found, path, (*apps, *names))


def build(world: SimpleNamespace) -> SimpleNamespace:
    """One of each thing, all of them Aygul's, Adil's or Chen's."""
    suspension = make_oversight.lifted(world)
    planned = make_classes.planned_class(world)
    upload = ContentFile(b"%PDF-1.7", "教案.pdf")
    document = documents.attach(planned, by=world.aygul, upload=upload, kind="lesson_plan")
    lines = ["姓名,证件号码,手机号", f"热依汗,{make.id_number(997)},13900008888"]
    waiting = roster.receive(
        planned, by=world.aygul, upload=ContentFile("\n".join(lines).encode(), "名册.csv")
    )
    taught = make_attendance.class_with_learners(world, world.adil)
    signed_sheet = make_attendance.sheet(world, make_attendance.first_lesson(taught), world.adil)
    make_attendance.present(make_attendance.first_lesson(taught), world.adil)
    mayra = make_classes.roster_row("玛依拉·买买提", id_number=world.mayra.person.id_number)
    (invitation,) = roster.invite(taught, by=world.aygul, rows=[mayra])
    walls = make_syllabus.draft(world.gu).units.get(position=2)
    full = make_classes.approved_class(
        world, seats=1, starts_on=timezone.localdate() + timedelta(days=80)
    )
    enrolments.sign_up(full, by=world.sun, consents=(Purpose.TRAINING,))
    question_set = questions.start(make.job(), by=world.gu, title="2027 题库")
    certificate = make_certificates.certificate(world, print_now=True)
    sitting = certificate.attempt.sitting
    filing = make_filings.ready(world)
    submitted, lesson_plan = make_classes.submitted_with_lesson_plan(
        world, starts_on=timezone.localdate() + timedelta(days=40)
    )
    again = make_classes.second_reading(world)
    messages.tell([world.adil], "您的考勤有更正")
    with time_machine.travel(sitting.ends_at + timedelta(hours=2), tick=False):
        package = archives.make_for_sitting(sitting, by=world.chen)
        access_token = make_accounts.token_of("古丽", by=world.aygul)
    return SimpleNamespace(
        until=sitting.ends_at,
        objects=numbers(
            message=Message.objects.get(recipient=world.adil, title="您的考勤有更正"),
            draft_syllabus=walls.syllabus,
            unit=walls,
            topic=walls.topics.get(title="三顺一丁"),
            job=make.job(),
            job_code=make_syllabus.job_code(world.gu),
            textbook=make_syllabus.textbook(world.aygul),
            failed_text=TextMessage.objects.create(phone="1", text="x", delivery="failed"),
            school=world.school,
            membership=world.aygul.memberships.get(),
            question_set=question_set,
            question_file=questions.receive(question_set, by=world.gu, upload=spreadsheet(GOOD)),
            filing=filing,
            filing_paper=filing.documents.first(),
            submitted_filing=make_filings.submitted(world),
            planned=planned,
            document=document,
            waiting_roster=waiting,
            **make_institutions.one_of_each(world),
            **make_teachers.for_the_site(world),
            submitted=submitted,
            lesson_plan=lesson_plan,
            lesson_plan_file=lesson_plan.file,
            second_reading=again,
            draw=again.draw,
            taught=taught,
            enrolment=make_attendance.enrolment(taught, world.adil),
            lesson=make_attendance.first_lesson(taught),
            attendance_sheet=signed_sheet,
            attendance_correction=signed_sheet.corrections.get(),
            waiting=places_kept.join(full, by=world.adil, consents=(Purpose.TRAINING,)),
            invitation_key=invitation,
            sitting=sitting,
            candidate=Candidate.objects.get(sitting=sitting),
            attempt=Attempt.objects.get(sitting=sitting),
            certificate=certificate,
            package=package,
            suspension=suspension,
            long_job=longjobs.ask("一场一档", by=world.chen),
        )
        | {
            "invitation": invitation.token,
            "code": code_now(make_attendance.first_lesson(taught), timezone.now()),
            "check_code": Certificate.objects.get().check_code,
            "purpose": "exam",
            "wording": "people.code",
            "channel": "phone",
            "copies_token": copies_token(world),
            "access_token": access_token,
            "parameter": "attendance.late_after",
        },
    )


def copies_token(world: SimpleNamespace) -> str:
    """What the link of Adil's letter carries."""
    copies.ask(world.adil, "adil@example.org", link="https://example.org/")
    return Letter.objects.latest("pk").text.split("https://example.org/")[1].split("/")[0]


def numbers(**things) -> dict[str, object]:
    return {name: thing.pk for name, thing in things.items()}


@pytest.fixture
def site(world, settings, tmp_path) -> Iterator[SimpleNamespace]:
    """A small region with one of each thing; the clock stands after its exam."""
    settings.SIGNING_DIR = tmp_path / "signing"
    settings.DEMO = True
    site = build(world)
    with time_machine.travel(site.until + timedelta(hours=3), tick=False):
        yield site


def visit(client: Client, path: str) -> SimpleNamespace:
    """GET it, or POST nothing where only POST is served; what it changes is undone.

    A page that breaks has the status 500.
    """
    answer = None
    for ask in (client.get, client.post):
        with transaction.atomic():
            try:
                answer = ask(path)
                text = "" if answer.streaming else answer.content.decode(errors="replace")
                list(answer)  # a file is closed when it has been read
            except Exception as fault:  # noqa: BLE001 - whatever it is, somebody would see a 500
                text = "".join(traceback.format_exception(fault))[-600:]
                return SimpleNamespace(status=500, text=text, where="", posted=False)
            transaction.set_rollback(True)
        if answer.status_code != 405:
            break
    where = answer.headers.get("Location", "")
    return SimpleNamespace(
        status=answer.status_code, text=text, where=where, posted=ask == client.post
    )


def browser_of(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def test_every_address_is_known_to_this_test(db):
    for address in addresses():
        address.of(RIGHT_PERSON)
        if address.blanks:
            known = address.of(OBJECTS)
            assert set(address.blanks) <= set(known), address.name


def test_signed_out_people_see_what_is_public_and_are_asked_to_sign_in_elsewhere(site):
    wrong = {}
    for address in addresses():
        seen = visit(Client(), address.path(site))
        public = address.of(RIGHT_PERSON) is None or address.name == "join:invitation"
        to_login = seen.status == 302 and seen.where.startswith("/account/login/")
        good = seen.status in {200, 302, 503} if public else to_login
        if not good:
            wrong[address.name] = (seen.status, seen.where or seen.text[:200])
    assert wrong == {}


def test_the_right_person_reaches_every_page(site, world):
    wrong = {}
    for address in addresses():
        person = address.of(RIGHT_PERSON)
        client = browser_of(getattr(world, person)) if person else Client()
        seen = visit(client, address.path(site))
        allowed = {200, 302, 400, 409, 422} if seen.posted else {200, 302}
        if seen.status not in allowed and address.name not in NEEDS_MORE:
            wrong[address.name] = (seen.status, seen.text[:200])
    assert wrong == {}


@pytest.mark.parametrize("person", ["wang", "sun", "far_reviewer"])
def test_a_stranger_finds_nothing_of_anybody(site, world, person):
    """A registrar of another school, a learner of no class, a bureau of another prefecture."""
    client = browser_of(getattr(world, person))
    wrong = {}
    for address in addresses():
        seen = visit(client, address.path(site))
        public = address.of(RIGHT_PERSON) is None or address.name in PUBLIC_OBJECTS
        if address.blanks and not public:
            good = seen.status == 404 or (seen.posted and seen.status == 403)
        else:
            good = seen.status < 500 or address.name in NEEDS_MORE
        if not good or "阿迪力" in seen.text:
            wrong[address.name] = (seen.status, seen.where or seen.text[:200])
    assert wrong == {}


def test_what_does_not_exist_is_not_found_for_anybody(site, world):
    """The same answer as for what one may not know of: nobody can tell the two apart."""
    nothing = SimpleNamespace(
        objects=dict.fromkeys(site.objects, 999999999)
        | {
            "question_file": uuid.uuid4(),
            "waiting_roster": uuid.uuid4(),
            "waiting_ledger": uuid.uuid4(),
            "teacher_roster": uuid.uuid4(),
            "document": 999_999_999,
        }
        | {"lesson_plan_file": uuid.uuid4()}
        | {
            "access_token": "x",
            "copies_token": "x",
            "wording": "x.y",
            "channel": "x",
            "invitation": "x",
            "check_code": "X",
            "parameter": "x.y",
            "purpose": "x",
            "code": "1",
        }
    )
    wrong = {}
    for address in addresses():
        if not address.blanks or address.name in {"attendance:scan", "verify:check"}:
            continue
        person = address.of(RIGHT_PERSON) or "aygul"
        seen = visit(browser_of(getattr(world, person)), address.path(nothing))
        if seen.status not in {404, 410}:
            wrong[address.name] = (seen.status, seen.where or seen.text[:200])
    assert wrong == {}
