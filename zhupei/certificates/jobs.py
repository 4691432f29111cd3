"""Work of the worker: making the files of certificates."""

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from zhupei.certificates import actions
from zhupei.certificates.models import Certificate


@app.task(
    name=actions.PRINT,
    pass_context=False,
    retry=RetryStrategy(max_attempts=5, exponential_wait=3),
)
def print_certificate(certificate: int) -> None:
    """Typeset and sign one certificate; a disk that was full is tried again."""
    actions.print_for_job(Certificate.objects.with_chain().get(pk=certificate))
