"""Work of the clock: ending attempts and sittings whose time is up."""

from procrastinate.contrib.django import app

from zhupei.exams.actions import sittings


@app.periodic(cron="* * * * * */5")
@app.task(queueing_lock="exams.close_overdue", pass_context=False)
def close_overdue(timestamp: int) -> None:  # noqa: ARG001 - given by the scheduler
    """Every five seconds: nobody waits long for the end, and it may run twice without harm."""
    sittings.close_overdue()
