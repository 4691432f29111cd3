"""Work of the clock for orders."""

from procrastinate.contrib.django import app

from zhupei.corrections.actions import clock


@app.periodic(cron="20 * * * *")
@app.task(queueing_lock="corrections.watch", pass_context=False)
def watch(timestamp: int) -> None:  # noqa: ARG001 - given by the scheduler
    """Remind institutions before an order is due; tell bureau and region of what is overdue."""
    clock.remind()
    clock.escalate()
