"""Builders of what is kept about teaching."""

from types import SimpleNamespace
from typing import Any

from django.core.files.base import ContentFile
from django.utils import timezone

from tests import make, make_pictures
from zhupei.classes.models import Enrolment, TrainingClass
from zhupei.core import pictures
from zhupei.syllabus.models import Textbook
from zhupei.teaching.actions import books, checks, evidence
from zhupei.teaching.models import Evidence, HandOut, Verdict

JPEG = make_pictures.jpeg()
KEPT = pictures.clean(JPEG).content  # what is left of it once it is stored
ISBNS = ("9787112000012", "9787112000029", "9787112000036")


def picture(name: str = "上课.jpg") -> ContentFile:
    return ContentFile(JPEG, name=name)


def piece(world: SimpleNamespace, taught: TrainingClass, **fields) -> Evidence:
    return evidence.add(taught, by=world.aygul, found=picture(), **fields)


def textbook(world: SimpleNamespace, number: int = 0, state: str = "approved") -> Textbook:
    book = Textbook.objects.create(
        isbn=ISBNS[number],
        title=f"土建施工员岗位知识 {number}",
        publisher="中国建筑工业出版社",
        edition="第 2 版",
        year=2024,
        proposed_by=world.school,
        state=state,
    )
    book.jobs.add(make.job())
    return book


def hand_out(
    world: SimpleNamespace, taught: TrainingClass, enrolment: Enrolment, number: int = 0
) -> HandOut:
    """A book somebody was given and has not confirmed."""
    known = Textbook.objects.filter(isbn=ISBNS[number]).first()
    book = books.choose(taught, known or textbook(world, number), by=world.aygul)
    books.give(book, [enrolment], by=world.aygul)
    return HandOut.objects.get(book=book, enrolment=enrolment)


def for_the_site(world: SimpleNamespace, taught: TrainingClass) -> dict[str, Any]:
    """One of each thing that is kept about a class, all of them Aygul's and Adil's."""
    given = hand_out(world, taught, taught.enrolments.get(person=world.adil.person), number=1)
    bad = {"verdict": Verdict.BAD, "found": "工位不够", "checked_on": timezone.localdate()}
    return {
        "class_evidence": piece(world, taught),
        "class_book": given.book,
        "hand_out": given,
        "teaching_check": checks.check(taught, by=world.aygul, **bad),
    }
