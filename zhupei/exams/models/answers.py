"""What candidates answered, written by the hot process (hot.py) with SQL of its own."""

from django.db import models


class Answer(models.Model):
    """The newest answer to one item of one attempt. Written only by the hot process."""

    pk = models.CompositePrimaryKey("attempt_id", "item")
    attempt_id = models.BigIntegerField()
    item = models.SmallIntegerField(help_text="place in the sealed paper, from 0")
    choice = models.TextField(help_text="letters of the options as the sealed paper has them")
    turn = models.BigIntegerField()
    saved_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.attempt_id}/{self.item}"
