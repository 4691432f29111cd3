"""Work of the clock for draws by chance."""

from procrastinate.contrib.django import app

from zhupei.inspections.actions import publishing


@app.periodic(cron="20 * * * *")
@app.task(queueing_lock="inspections.remind_late", pass_context=False)
def remind_late(timestamp: int) -> None:  # noqa: ARG001 - given by the scheduler
    """Tell everybody concerned of inspections past their time."""
    publishing.remind()
