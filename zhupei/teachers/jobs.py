"""Work of the clock for the teacher pool."""

from procrastinate.contrib.django import app

from zhupei.teachers.actions import reminders


@app.periodic(cron="5,35 * * * *")
@app.task(queueing_lock="teachers.remind_overdue", pass_context=False)
def remind_overdue(timestamp: int) -> None:  # noqa: ARG001 - given by the scheduler
    """Tell association and region of applications past their time."""
    reminders.remind_overdue()


@app.periodic(cron="20 1 * * *")
@app.task(queueing_lock="teachers.warn_expiring", pass_context=False)
def warn_expiring(timestamp: int) -> None:  # noqa: ARG001
    """Tell institutions and teachers of papers about to lapse."""
    reminders.warn_expiring()
