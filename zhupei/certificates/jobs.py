"""Work of the worker: making the files of certificates."""

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from zhupei.certificates import actions, doubts
from zhupei.certificates.models import Certificate


@app.periodic(cron="*/5 * * * *")
@app.task(queueing_lock="certificates.flag_unfounded", pass_context=False)
def flag_unfounded(timestamp: int) -> None:  # noqa: ARG001 - given by the scheduler
    """Every five minutes: a mark that fell takes its certificate under review."""
    doubts.flag_unfounded()


@app.task(
    name=actions.PRINT,
    pass_context=False,
    retry=RetryStrategy(max_attempts=5, exponential_wait=3),
)
def print_certificate(certificate: int) -> None:
    """Typeset and sign one certificate; a disk that was full is tried again."""
    actions.print_for_job(Certificate.objects.with_chain().get(pk=certificate))
