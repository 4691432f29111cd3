"""Work of the clock: complaints that are nearly late, late, or over."""

from procrastinate.contrib.django import app

from zhupei.complaints.actions import clocks


@app.periodic(cron="*/20 * * * *")
@app.task(queueing_lock="complaints.escalate", pass_context=False)
def escalate(timestamp: int) -> None:  # noqa: ARG001 - given by the scheduler
    """Tell the region of what is late."""
    clocks.escalate()


@app.periodic(cron="20 1 * * *")
@app.task(queueing_lock="complaints.remind_and_close", pass_context=False)
def remind_and_close(timestamp: int) -> None:  # noqa: ARG001
    """Remind of what is due soon, close what is over."""
    clocks.warn()
    clocks.close()
