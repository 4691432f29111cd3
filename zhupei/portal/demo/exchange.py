"""The ministry's bank beside the region's own: a text in Word style, and an export of it."""

from datetime import datetime, timedelta
from pathlib import Path

from zhupei.people.models import User
from zhupei.portal.demo import clock
from zhupei.questions import actions
from zhupei.questions.models import Origin
from zhupei.syllabus.models import Job

TEXT = Path(__file__).with_name("questions") / "ministry.txt"
JOB = "SGY-TJ"
SOURCE = "住房和城乡建设部施工现场专业人员题库（样例）"


def show(*, by: User, now: datetime) -> None:
    """A set of the ministry: taken in from a pasted text, still to be read; once handed out."""
    job = Job.objects.get(code=JOB)
    with clock.at(now - timedelta(days=3)):
        given = actions.start(job, by=by, title=f"{job.name}部题库 2026 版")
        on = (now - timedelta(days=90)).date()
        actions.say_origin(given, by=by, origin=Origin.NATIONAL, source=SOURCE, on=on)
        file = actions.receive_text(given, by=by, text=TEXT.read_text(encoding="utf-8"))
        actions.take_in(given, file, by=by)
        actions.export(given, by=by, form="qti", scope="all")
