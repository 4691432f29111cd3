"""One of each thing that has an address."""

from datetime import datetime, timedelta
from types import SimpleNamespace

import time_machine
from django.core.files.base import ContentFile
from django.utils import timezone

from tests import (
    make,
    make_accounts,
    make_analysis,
    make_archives,
    make_assistance,
    make_attendance,
    make_bulletins,
    make_certificates,
    make_classes,
    make_complaints,
    make_corrections,
    make_credit,
    make_evaluation,
    make_exams,
    make_exchange,
    make_feedback,
    make_filings,
    make_inspections,
    make_institutions,
    make_invigilation,
    make_leads,
    make_live,
    make_marking,
    make_measures,
    make_oversight,
    make_papers,
    make_patrols,
    make_plans,
    make_practical,
    make_questions,
    make_syllabus,
    make_teachers,
    make_teaching,
    make_venues,
)
from zhupei.archives import actions as archives
from zhupei.attendance.actions import code_now
from zhupei.certificates.models import Certificate
from zhupei.classes.actions import documents, importing, roster
from zhupei.classes.actions import enrolment as enrolments
from zhupei.classes.actions import waiting as places_kept
from zhupei.core import longjobs, messages, uploads
from zhupei.core.models import Letter, Message, TextMessage
from zhupei.exams.models import Attempt, Candidate
from zhupei.exams.views import rehearsal
from zhupei.organizations.models import Interest
from zhupei.people import copies
from zhupei.people.models import Purpose
from zhupei.questions import actions as questions


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
    done = longjobs.ask("导入名册", by=world.aygul, url=importing.progress_url(waiting))
    longjobs.finish(done, "已邀请 700 人")
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
        package = archives.make(sitting, by=world.chen)
        access_token = make_accounts.token_of("古丽", by=world.aygul)
    return SimpleNamespace(
        until=sitting.ends_at,
        objects=numbers(
            upload=uploads.begin("上课.mp4", 1000, by=world.aygul),
            message=Message.objects.get(recipient=world.adil, title="您的考勤有更正"),
            draft_syllabus=walls.syllabus,
            unit=walls,
            topic=walls.topics.get(title="三顺一丁"),
            job=make.job(),
            job_code=make_syllabus.job_code(world.gu),
            textbook=make_syllabus.textbook(world.aygul),
            **make_accounts.for_the_site(world),
            failed_text=TextMessage.objects.create(phone="1", text="x", delivery="failed"),
            school=world.school,
            bureau=world.bureau,
            membership=world.aygul.memberships.get(),
            tie=Interest.objects.create(
                user=world.aygul,
                organization=world.other_school,
                kind="relative",
                since=world.aygul.memberships.get().since,
            ),
            question_set=question_set,
            **make_exchange.for_the_site(world, question_set),
            **make_questions.for_the_site(world, question_set),
            filing=filing,
            filing_paper=filing.documents.first(),
            submitted_filing=make_filings.submitted(world),
            planned=planned,
            document=document,
            waiting_roster=waiting,
            **make_institutions.one_of_each(world),
            **make_teachers.for_the_site(world),
            **make_venues.for_the_site(world),
            **make_exams.for_the_site(world, sitting),
            **make_bulletins.for_the_site(world),
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
            **make_invigilation.for_the_site(world, sitting),
            certificate=certificate,
            package=package,
            recording=make_archives.recording(world, sitting),
            suspension=suspension,
            **make_credit.for_the_site(world),
            **make_assistance.for_the_site(world),
            **make_measures.for_the_site(world, sitting.ends_at),
            **make_corrections.for_the_site(world),
            **make_evaluation.for_the_site(world),
            **make_complaints.for_the_site(world),
            **make_teaching.for_the_site(world, taught),
            **make_papers.for_the_site(world),
            **make_analysis.for_the_site(world),
            **make_practical.for_the_site(world),
            **make_plans.for_the_site(world),
            **make_live.for_the_site(world),
            **make_leads.for_the_site(world),
            **make_marking.for_the_site(world),
            **make_feedback.for_the_site(make_attendance.enrolment(taught, world.adil)),
            **make_patrols.for_the_site(world),
            **make_inspections.for_the_site(world),
            long_job=longjobs.ask("一场一档", by=world.chen),
        )
        | {
            "invitation": invitation.token,
            "help_kind": "training",
            "code": code_now(make_attendance.first_lesson(taught), timezone.now()),
            "browser_ticket": make_invigilation.browser_ticket(world),
            "check_code": Certificate.objects.get().check_code,
            "sealed_form": sitting.papers.get(number=1).sealed_sha256,
            "rehearsal_form": rehearsal.sealed().sha256,
            "purpose": "exam",
            "prefecture_code": "652300",
            "wording": "people.code",
            "channel": "phone",
            "copies_token": copies_token(world, sitting.ends_at),
            "access_token": access_token,
            "parameter": "attendance.late_after",
        },
    )


def copies_token(world: SimpleNamespace, until: datetime) -> str:
    """What the link of Adil's letter carries; it is good for a day."""
    with time_machine.travel(until, tick=False):
        copies.ask(world.adil, "adil@example.org", link="https://example.org/")
    return Letter.objects.latest("pk").text.split("https://example.org/")[1].split("/")[0]


def numbers(**things) -> dict[str, object]:
    return {name: thing.pk for name, thing in things.items()}
