"""What several verbs of a class do in the same way."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from zhupei.classes import offices
from zhupei.classes.access import may_change
from zhupei.classes.models import TrainingClass
from zhupei.core import messages
from zhupei.core.errors import NotAllowed
from zhupei.people.models import User


def locked(training_class: TrainingClass) -> TrainingClass:
    """The row as it is now, held until the transaction ends."""
    return TrainingClass._base_manager.select_for_update().get(pk=training_class.pk)


def open_to(user: User, training_class: TrainingClass) -> TrainingClass:
    """The locked row, when ``user`` may change the plan now. Raises NotAllowed."""
    row = locked(training_class)
    if not may_change(user, row):
        raise NotAllowed(
            "not_allowed",
            _("“%(title)s”现在是“%(state)s”，不能修改。只有本机构教务员能在草稿或退回补正时修改。"),
            title=row.title,
            state=row.get_state_display(),
        )
    return row


def tell(training_class: TrainingClass, users: Iterable[User], title: Any, note: str = "") -> None:
    """A line in the inbox of those who work on the class."""
    url = reverse("classes:detail", args=[training_class.pk])
    messages.tell(users, str(title) % {"title": training_class.title}, body=note, url=url)


def tell_learners(
    training_class: TrainingClass, title: Any, note: str, page: str = "join:class"
) -> None:
    """A line in the inbox of everybody enrolled, leading to the class or to ``page``."""
    url = reverse(page, args=[training_class.pk] if page == "join:class" else [])
    words = str(title) % {"title": training_class.title}
    messages.tell(offices.learners(training_class), words, body=note, url=url)
