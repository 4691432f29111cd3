"""Work of the worker for the question bank: long files."""

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from zhupei.core.models import JobState, LongJob, WaitingFile
from zhupei.organizations.models import Membership
from zhupei.questions.actions import exchange
from zhupei.questions.models import QuestionSet


@app.task(
    name=exchange.IMPORT,
    pass_context=False,
    retry=RetryStrategy(max_attempts=5, exponential_wait=3),
)
def import_items(
    waiting: str, question_set: int, form: str, membership: int, progress: int
) -> None:
    """Import a long file. Run a second time it goes on; after its end it does nothing."""
    job = LongJob.objects.select_related("owner").get(pk=progress)
    if job.outcome in {JobState.DONE, JobState.FAILED}:
        return
    exchange.run(
        WaitingFile.objects.get(pk=waiting),
        QuestionSet.objects.get(pk=question_set),
        form=form,
        membership=Membership.objects.select_related("organization").get(pk=membership),
        progress=job,
    )
