"""Work of the clock and of the worker: searching, forgetting."""

from datetime import date

from procrastinate.contrib.django import app

from zhupei.core.models import JobState, LongJob
from zhupei.leads.actions import judging, searching
from zhupei.organizations.models import Membership


@app.periodic(cron="20 3 * * *")
@app.task(queueing_lock="leads.nightly", pass_context=False)
def nightly(timestamp: int) -> None:  # noqa: ARG001 - given by the scheduler
    """Every night; it may run twice without harm."""
    searching.nightly()


@app.periodic(cron="40 3 * * *")
@app.task(queueing_lock="leads.forget", pass_context=False)
def forget(timestamp: int) -> None:  # noqa: ARG001
    """Every night, after the search: what was forgotten is not found again, its key stays."""
    judging.forget()


@app.task(name=searching.SEARCH, pass_context=False, retry=2)
def search(progress: int, membership: int, first: str, last: str, rules: list[str]) -> None:
    """What somebody asked for. Run a second time after it ended, it does nothing."""
    job = LongJob.objects.select_related("owner").get(pk=progress)
    if job.outcome in {JobState.DONE, JobState.FAILED}:
        return
    by = job.owner
    by.acting = Membership.objects.select_related("organization").get(pk=membership)
    days = {"first": date.fromisoformat(first), "last": date.fromisoformat(last)}
    searching.run(job, by=by, rules=rules, **days)
