"""Work of the worker: trial runs that take longer than a page should."""

from procrastinate.contrib.django import app

from zhupei.core.models import JobState, LongJob
from zhupei.organizations.models import Membership
from zhupei.papers.actions import trying
from zhupei.papers.models import Blueprint


@app.task(name=trying.TRY, pass_context=False, retry=3)
def try_out(blueprint: int, forms: int, seed: str, membership: int, progress: int) -> None:
    """Make trial forms. Run a second time after it ended, it does nothing."""
    job = LongJob.objects.select_related("owner").get(pk=progress)
    if job.outcome in {JobState.DONE, JobState.FAILED}:
        return
    user = job.owner
    user.acting = Membership.objects.select_related("organization").get(pk=membership)
    row = Blueprint.objects.select_related("job", "question_set").get(pk=blueprint)
    trying.run(row, forms=forms, seed=seed, by=user, progress=job)
