"""Work of the clock for credit records. Each may run twice without harm."""

from procrastinate.contrib.django import app

from zhupei.credit.actions import cases, records


@app.periodic(cron="2,32 * * * *")
@app.task(queueing_lock="credit.end_run_out", pass_context=False)
def end_run_out(timestamp: int) -> None:  # noqa: ARG001 - given by the scheduler
    """Close what is over; the pages do not wait for it, they ask for the day."""
    records.end_run_out()


@app.periodic(cron="*/10 * * * *")
@app.task(queueing_lock="credit.follow_withdrawn", pass_context=False)
def follow_withdrawn(timestamp: int) -> None:  # noqa: ARG001 - given by the scheduler
    """Take back what rests on a decision that was taken back."""
    records.follow_withdrawn()


@app.periodic(cron="12 * * * *")
@app.task(queueing_lock="credit.escalate", pass_context=False)
def escalate(timestamp: int) -> None:  # noqa: ARG001 - given by the scheduler
    """Tell the region of repairs and objections nobody answered in time."""
    cases.escalate()
