"""Work of the clock for bulletins."""

from procrastinate.contrib.django import app

from zhupei.bulletins import reminders


@app.periodic(cron="0 9 * * *")
@app.task(queueing_lock="bulletins.remind", pass_context=False)
def remind(timestamp: int) -> None:  # noqa: ARG001 - given by the scheduler
    """Tell the authorities whose bulletin of the last period is still to be issued."""
    reminders.remind()
