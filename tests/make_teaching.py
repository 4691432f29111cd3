"""Builders of what is kept about teaching."""

from types import SimpleNamespace

from django.core.files.base import ContentFile

from tests import make
from zhupei.classes.models import TrainingClass
from zhupei.syllabus.models import Textbook
from zhupei.teaching.actions import evidence
from zhupei.teaching.models import Evidence

JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF" + bytes(200)
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
