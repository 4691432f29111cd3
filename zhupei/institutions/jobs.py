"""Work of the clock for institutions."""

from procrastinate.contrib.django import app

from zhupei.institutions.actions import warnings


@app.periodic(cron="10 1 * * *")
@app.task(queueing_lock="institutions.warn_of_licences", pass_context=False)
def warn_of_licences(timestamp: int) -> None:  # noqa: ARG001 - given by the scheduler
    """Tell registrars and bureaus of licences that run out."""
    warnings.warn()
