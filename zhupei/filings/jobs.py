"""Work of the clock for filings."""

from procrastinate.contrib.django import app

from zhupei.filings import actions


@app.periodic(cron="*/10 * * * *")
@app.task(queueing_lock="filings.remind_overdue", pass_context=False)
def remind_overdue(timestamp: int) -> None:  # noqa: ARG001 - given by the scheduler
    """Tell HR departments and region of filings past their time."""
    actions.remind()
