"""Work of the clock for classes."""

from procrastinate.contrib.django import app

from zhupei.classes.actions import overdue


@app.periodic(cron="*/10 * * * *")
@app.task(queueing_lock="classes.remind_overdue", pass_context=False)
def remind_overdue(timestamp: int) -> None:  # noqa: ARG001 - given by the scheduler
    """Tell reviewers and region of plans past their time."""
    overdue.remind()
