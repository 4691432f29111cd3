"""Work of the clock for the lowest floor."""

from datetime import timedelta

from django.db import connection, transaction
from django.utils import timezone
from procrastinate.contrib.django import app

from zhupei.core import messages, uploads, waiting

STALLED_AFTER = 30  # seconds without a heartbeat


@app.periodic(cron="* * * * * */5")
@app.task(queueing_lock="core.send_text_messages", pass_context=False)
def send_text_messages(timestamp: int) -> None:  # noqa: ARG001 - given by the scheduler
    """Hand waiting short messages to the carrier."""
    with transaction.atomic():
        messages.send_waiting()


@app.periodic(cron="*/5 * * * *")
@app.task(queueing_lock="core.retry_stalled", pass_context=False)
async def retry_stalled(timestamp: int) -> None:  # noqa: ARG001
    """Put back jobs whose worker died in the middle."""
    for job in await app.job_manager.get_stalled_jobs(seconds_since_heartbeat=STALLED_AFTER):
        await app.job_manager.retry_job(job)


@app.periodic(cron="0 3 1 * *")
@app.task(queueing_lock="core.make_event_partitions", pass_context=False)
def make_event_partitions(timestamp: int) -> None:  # noqa: ARG001
    """Keep the next months of the record of deeds partitioned; an empty one costs every query."""
    today = timezone.localdate()
    with connection.cursor() as cursor:
        for month in range(4):
            cursor.execute(
                "SELECT core_event_make_partition(%s)", [today + timedelta(days=31 * month)]
            )


@app.periodic(cron="30 2 * * *")
@app.task(queueing_lock="core.forget_waiting_files", pass_context=False)
def forget_waiting_files(timestamp: int) -> None:  # noqa: ARG001
    """Remove uploads whose dry run nobody confirmed."""
    waiting.forget()


@app.periodic(cron="40 2 * * *")
@app.task(queueing_lock="core.forget_uploads", pass_context=False)
def forget_uploads(timestamp: int) -> None:  # noqa: ARG001
    """Remove large files nobody finished or took."""
    uploads.forget()
