"""Work of the clock for classes."""

from procrastinate.contrib.django import app

from zhupei.classes.actions import overdue, second, waiting


@app.periodic(cron="*/10 * * * *")
@app.task(queueing_lock="classes.remind_overdue", pass_context=False)
def remind_overdue(timestamp: int) -> None:  # noqa: ARG001 - given by the scheduler
    """Tell reviewers and region of plans past their time."""
    overdue.remind()


@app.periodic(cron="*/5 * * * *")
@app.task(queueing_lock="classes.lapse_offers", pass_context=False)
def lapse_offers(timestamp: int) -> None:  # noqa: ARG001 - given by the scheduler
    """Pass places on that nobody took in time."""
    waiting.lapse_overdue()


@app.periodic(cron="10 * * * *")  # every hour: what was drawn stays as it is
@app.task(queueing_lock="classes.draw_second_readings", pass_context=False)
def draw_second_readings(timestamp: int) -> None:  # noqa: ARG001 - given by the scheduler
    """Draw which of the plans approved yesterday the region reads again."""
    second.draw_due()
