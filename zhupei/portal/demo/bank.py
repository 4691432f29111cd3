"""The question bank of the demo region: three spreadsheets, taken in as anybody's would be."""

from pathlib import Path

from django.core.files.base import ContentFile

from zhupei.papers.actions import blueprints
from zhupei.papers.models import Blueprint
from zhupei.people.models import User
from zhupei.questions import actions
from zhupei.questions.models import QuestionSet
from zhupei.syllabus.models import Job

FOLDER = Path(__file__).with_name("questions")
UNPUBLISHED = "ZLY-TJ"  # begun, nothing in it yet


ITEMS = 20
MINUTES = 60
ALIKE = 100  # percent two forms may share: these sets are small


def fill(*, by: User) -> dict[str, Blueprint]:
    """A published blueprint on one published set for each file, by job; and a set that is still
    being put together.
    """
    sets = {file.stem: _publish(file, by=by) for file in sorted(FOLDER.glob("*.csv"))}
    published = {code: _blueprint(questions, by=by) for code, questions in sets.items()}
    unpublished = Job.objects.get(code=UNPUBLISHED)
    actions.start(unpublished, by=by, title=f"{unpublished.name}题库（整理中）")
    return published


def _blueprint(questions: QuestionSet, *, by: User) -> Blueprint:
    made = blueprints.proportional(questions, items=ITEMS, minutes=MINUTES, by=by)
    rows = blueprints.proportional_rows(made, ITEMS)
    made = blueprints.change(made, by=by, mark=made.mark, rows=rows, overlap=ALIKE)
    return blueprints.publish(made, by=by)


def _publish(file: Path, *, by: User) -> QuestionSet:
    job = Job.objects.get(code=file.stem)
    questions = actions.start(job, by=by, title=f"{job.name}统一题库 2026.1")
    upload = ContentFile(file.read_bytes(), name=f"{job.name}试题.csv")
    actions.take_in(questions, actions.receive(questions, by=by, upload=upload), by=by)
    return actions.publish(questions, by=by)
