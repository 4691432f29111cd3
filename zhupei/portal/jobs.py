"""What the demo does by the clock: nobody sits at its machines."""

from django.conf import settings
from django.utils import timezone
from procrastinate.contrib.django import app

from zhupei.portal.demo import rooms


@app.periodic(cron="* * * * * */15")
@app.task(queueing_lock="portal.keep_room_alive", pass_context=False)
def keep_room_alive(timestamp: int) -> None:  # noqa: ARG001 - given by the scheduler
    """Outside a demo nothing happens."""
    if settings.DEMO:
        rooms.go_on(timezone.now())
