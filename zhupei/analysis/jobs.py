"""Work of the clock: studying what was released."""

from procrastinate.contrib.django import app

from zhupei.analysis.actions import studies


@app.periodic(cron="*/10 * * * *")
@app.task(queueing_lock="analysis.study_all", pass_context=False)
def study_all(timestamp: int) -> None:  # noqa: ARG001 - given by the scheduler
    """Every ten minutes; it may run twice without harm."""
    studies.study_all()
