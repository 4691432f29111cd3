"""Work of the clock for classes, and long rosters."""

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from zhupei.classes.actions import importing, overdue, second, waiting
from zhupei.classes.models import TrainingClass
from zhupei.core.models import JobState, LongJob, WaitingFile
from zhupei.organizations.models import Membership


@app.task(
    name=importing.IMPORT,
    pass_context=False,
    retry=RetryStrategy(max_attempts=5, exponential_wait=3),
)
def import_roster(waiting: str, training_class: int, membership: int, progress: int) -> None:
    """Import a long roster. Run a second time it goes on; after its end it does nothing."""
    job = LongJob.objects.select_related("owner").get(pk=progress)
    if job.outcome in {JobState.DONE, JobState.FAILED}:
        return
    worn = Membership.objects.select_related("organization").get(pk=membership)
    importing.run(
        WaitingFile.objects.get(pk=waiting),
        TrainingClass.objects.get(pk=training_class),
        membership=worn,
        progress=job,
    )


@app.periodic(cron="*/10 * * * *")
@app.task(queueing_lock="classes.remind_overdue", pass_context=False)
def remind_overdue(timestamp: int) -> None:  # noqa: ARG001 - given by the scheduler
    """Tell reviewers and region of plans past their time."""
    overdue.remind()


@app.periodic(cron="*/5 * * * *")
@app.task(queueing_lock="classes.lapse_offers", pass_context=False)
def lapse_offers(timestamp: int) -> None:  # noqa: ARG001 - given by the scheduler
    """Pass places on that nobody took in time."""
    waiting.lapse_overdue()


@app.periodic(cron="10 * * * *")  # every hour: what was drawn stays as it is
@app.task(queueing_lock="classes.draw_second_readings", pass_context=False)
def draw_second_readings(timestamp: int) -> None:  # noqa: ARG001 - given by the scheduler
    """Draw which of the plans approved yesterday the region reads again."""
    second.draw_due()
