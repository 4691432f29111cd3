"""Work of the clock: ending attempts and sittings whose time is up."""

from procrastinate.contrib.django import app

from zhupei.exams.actions import materials, sittings
from zhupei.exams.models import SlipBatch


@app.periodic(cron="* * * * * */5")
@app.task(queueing_lock="exams.close_overdue", pass_context=False)
def close_overdue(timestamp: int) -> None:  # noqa: ARG001 - given by the scheduler
    """Every five seconds: nobody waits long for the end, and it may run twice without harm."""
    sittings.close_overdue()


@app.task(name=materials.PRINT, pass_context=False, retry=3)
def print_slips(batch: int) -> None:
    """Typeset the slips of a whole sitting."""
    materials.make_for_job(SlipBatch.objects.select_related("sitting").get(pk=batch))
