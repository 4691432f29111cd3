"""Work that outlasts its page: asked for, counted, ended. A page shows where it is.

``core/_progress.html`` draws what ``part`` gives it; the owner hears of the end in the inbox.
"""

from typing import Any

from django.utils import timezone

from zhupei.core import messages
from zhupei.core.actors import Actor
from zhupei.core.models import JobState, LongJob


def ask(title: str, *, by: Actor, total: int = 0, url: str = "") -> LongJob:
    """Note that ``by`` wants this done. ``url`` is the page that shows it."""
    return LongJob.objects.create(owner_id=by.pk, title=title, total=total, url=url)


def advance(job: LongJob, done: int) -> None:
    """So much of the total is done."""
    job.done, job.outcome = done, JobState.RUNNING
    job.save(update_fields=["done", "outcome"])


def finish(job: LongJob, result: str) -> None:
    """It is done; ``result`` is one sentence for whoever asked."""
    _end(job, JobState.DONE, result)


def fail(job: LongJob, reason: str) -> None:
    """It could not be done; ``reason`` says why and what to do."""
    _end(job, JobState.FAILED, reason)


def _end(job: LongJob, outcome: JobState, result: str) -> None:
    job.outcome, job.result, job.ended_at = outcome, result, timezone.now()
    if outcome == JobState.DONE:
        job.done = job.total
    job.save(update_fields=["outcome", "result", "ended_at", "done"])
    messages.tell([job.owner], job.title, body=result, url=job.url)


def part(job: LongJob, *, result_url: str = "") -> dict[str, Any]:
    """The variable ``job`` of ``core/_progress.html``."""
    ended = {JobState.DONE.value: "done", JobState.FAILED.value: "failed"}
    return {
        "label": job.title,
        "state": ended.get(job.outcome, "running"),
        "done": job.done,
        "total": job.total,
        "result": job.result,
        "reason": job.result,
        "result_url": result_url,
        "url": job.url,
    }
