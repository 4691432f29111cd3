"""Work of the clock: looks nobody is at any more, pictures whose time is over."""

from procrastinate.contrib.django import app

from zhupei.live.actions import looks, snapshots


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="live.close_silent", pass_context=False)
def close_silent(timestamp: int) -> None:  # noqa: ARG001 - given by the scheduler
    """Every minute, so that a room is not told for long that somebody looks who has gone."""
    looks.close_silent()


@app.periodic(cron="50 2 * * *")
@app.task(queueing_lock="live.remove_snapshots", pass_context=False)
def remove_snapshots(timestamp: int) -> None:  # noqa: ARG001
    """Every night; it may run twice without harm."""
    snapshots.remove_due()
