"""The question bank of the demo region: three spreadsheets, taken in as anybody's would be."""

from pathlib import Path

from django.core.files.base import ContentFile

from zhupei.people.models import User
from zhupei.questions import actions
from zhupei.questions.models import QuestionSet
from zhupei.syllabus.models import Job

FOLDER = Path(__file__).with_name("questions")
UNPUBLISHED = "ZLY-TJ"  # begun, nothing in it yet


def fill(*, by: User) -> dict[str, QuestionSet]:
    """One published set for each file, by job; and one that is still being put together."""
    published = {file.stem: _publish(file, by=by) for file in sorted(FOLDER.glob("*.csv"))}
    unpublished = Job.objects.get(code=UNPUBLISHED)
    actions.start(unpublished, by=by, title=f"{unpublished.name}题库（整理中）")
    return published


def _publish(file: Path, *, by: User) -> QuestionSet:
    job = Job.objects.get(code=file.stem)
    questions = actions.start(job, by=by, title=f"{job.name}统一题库 2026.1")
    upload = ContentFile(file.read_bytes(), name=f"{job.name}试题.csv")
    actions.take_in(questions, actions.receive(questions, by=by, upload=upload), by=by)
    return actions.publish(questions, by=by)
