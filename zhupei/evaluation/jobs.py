"""Work of the worker and of the clock for the evaluation."""

from procrastinate.contrib.django import app

from zhupei.core.models import JobState, LongJob
from zhupei.evaluation.actions import computing, outlooks, reporting
from zhupei.evaluation.models import Scheme
from zhupei.organizations.models import Membership


@app.task(name=computing.COMPUTE, pass_context=False, retry=3)
def compute(scheme: int, progress: int, membership: int) -> None:
    """Read and score everybody. Run a second time after it ended, it does nothing."""
    job = LongJob.objects.select_related("owner").get(pk=progress)
    if job.outcome in {JobState.DONE, JobState.FAILED}:
        return
    job.owner.acting = Membership.objects.select_related("organization").get(pk=membership)
    computing.run(Scheme.objects.get(pk=scheme), job)


@app.periodic(cron="20 0 * * *")
@app.task(queueing_lock="evaluation.close_reports", pass_context=False)
def close_reports(timestamp: int) -> None:  # noqa: ARG001 - given by the scheduler
    """After the last day of the self-reports."""
    reporting.close_overdue()


@app.periodic(cron="40 0 * * *")
@app.task(queueing_lock="evaluation.read_last", pass_context=False)
def read_last(timestamp: int) -> None:  # noqa: ARG001 - given by the scheduler
    """The night after a period ended: its facts are read for the last time before publicity."""
    computing.read_last()


@app.periodic(cron="40 3 * * *")
@app.task(queueing_lock="evaluation.reckon", pass_context=False)
def reckon(timestamp: int) -> None:  # noqa: ARG001 - given by the scheduler
    """Every night: what everybody would get if judged today."""
    outlooks.reckon_all()
