"""Work of the worker: large packages."""

from procrastinate.contrib.django import app

from zhupei.archives import actions
from zhupei.core.models import JobState, LongJob
from zhupei.organizations.models import Membership


@app.task(name=actions.MAKE, pass_context=False, retry=3)
def make_package(subject: str, pk: int, membership: int, progress: int) -> None:
    """Make one package. Run a second time after it ended, it does nothing."""
    job = LongJob.objects.select_related("owner").get(pk=progress)
    if job.outcome in {JobState.DONE, JobState.FAILED}:
        return
    worn = Membership.objects.select_related("organization").get(pk=membership)
    actions.make_for_job(subject, pk, membership=worn, progress=job)
