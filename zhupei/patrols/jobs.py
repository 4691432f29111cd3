"""Work of the clock for patrols. Each may run twice without harm."""

from procrastinate.contrib.django import app

from zhupei.patrols.actions import comparing, ledger, reminders


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="patrols.keep_ledger", lock="patrols.keep_ledger", pass_context=False)
def keep_ledger(timestamp: int) -> None:  # noqa: ARG001 - given by the scheduler
    """Every minute: what was approved has its duty before anybody asks for it."""
    ledger.keep()


@app.periodic(cron="*/10 * * * *")
@app.task(queueing_lock="patrols.remind", lock="patrols.keep_ledger", pass_context=False)
def remind(timestamp: int) -> None:  # noqa: ARG001
    """Remind before the end; tell the region of misses nobody accounts for."""
    reminders.warn()
    reminders.escalate()


@app.periodic(cron="25 * * * *")
@app.task(queueing_lock="patrols.look_again", pass_context=False)
def look_again(timestamp: int) -> None:  # noqa: ARG001
    """Compare roll calls again with records that came in later."""
    comparing.look_again()
