"""Work of the clock for help to counties."""

from procrastinate.contrib.django import app

from zhupei.assistance.actions import help as actions


@app.periodic(cron="35 * * * *")
@app.task(queueing_lock="assistance.remind", pass_context=False)
def remind(timestamp: int) -> None:  # noqa: ARG001 - given by the scheduler
    """Tell authorities of records they have not confirmed in time."""
    actions.remind()
