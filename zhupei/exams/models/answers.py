"""What candidates answered, written by the hot process (hot.py) with SQL of its own."""

from typing import Any, Self

from django.db import models


class Answer(models.Model):
    """The newest answer to one item of one attempt. Written only by the hot process."""

    pk = models.CompositePrimaryKey("attempt_id", "item")
    attempt_id = models.BigIntegerField()
    item = models.SmallIntegerField(help_text="place in the sealed paper, from 0")
    choice = models.TextField(help_text="as questions/rules.py writes an answer of its kind")
    turn = models.BigIntegerField()
    saved_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.attempt_id}/{self.item}"


class LateAnswerQuerySet(models.QuerySet["LateAnswer"]):
    def of(self, attempts: Any) -> Self:
        """Those of these attempts (a queryset or a list of them)."""
        return self.filter(attempt_id__in=[attempt.pk for attempt in attempts])

    def undecided(self) -> Self:
        return self.filter(counts=None)


class LateAnswer(models.Model):
    """An answer that came after the attempt was closed: evidence, and no part of the mark until
    somebody decided that it counts. The newest of each item.

    ``turn`` is when the page says it was written, in milliseconds; ``arrived_at`` when it came.
    """

    pk = models.CompositePrimaryKey("attempt_id", "item")
    attempt_id = models.BigIntegerField()
    item = models.SmallIntegerField(help_text="place in the sealed paper, from 0")
    choice = models.TextField(help_text="as questions/rules.py writes an answer of its kind")
    turn = models.BigIntegerField()
    arrived_at = models.DateTimeField()
    counts = models.BooleanField(null=True, help_text="None until it was decided")

    objects = LateAnswerQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.attempt_id}/{self.item}"
