"""Work of the clock for measures and matters handed over. May run twice without harm."""

from procrastinate.contrib.django import app

from zhupei.oversight.actions import decisions, reports


@app.periodic(cron="22 * * * *")
@app.task(queueing_lock="oversight.escalate", pass_context=False)
def escalate(timestamp: int) -> None:  # noqa: ARG001 - given by the scheduler
    """Tell the region of what is late."""
    decisions.escalate()
    reports.escalate()
