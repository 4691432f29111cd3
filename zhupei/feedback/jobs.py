"""Work of the clock: whom to ring up."""

from procrastinate.contrib.django import app

from zhupei.feedback import actions


@app.periodic(cron="15 1 * * *")
@app.task(queueing_lock="feedback.choose_calls", pass_context=False)
def choose_calls(timestamp: int) -> None:  # noqa: ARG001 - given by the scheduler
    """Choose learners of classes that ended some weeks ago."""
    actions.choose_calls()
