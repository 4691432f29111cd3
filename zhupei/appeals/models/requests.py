"""A candidate asks to look at their mark again; and goes to the bureau when they still doubt it."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from zhupei.appeals.models.exams import exam_of, overseen, own, person_of
from zhupei.core.constraints import known, one_of
from zhupei.core.workflow import Stateful
from zhupei.exams.models import Attempt
from zhupei.organizations.models import OFFICERS
from zhupei.people.models import Person
from zhupei.practical.models import Exam, Turn


class ReviewState(models.TextChoices):
    FILED = "filed", _("复核中")
    UPHELD = "upheld", _("维持成绩")
    CORRECTED = "corrected", _("已更正")
    WITHDRAWN = "withdrawn", _("已撤回")


class AppealState(models.TextChoices):
    FILED = "filed", _("申诉办理中")
    DISMISSED = "dismissed", _("不支持")
    GRANTED = "granted", _("支持，重新复核")
    WITHDRAWN = "withdrawn", _("已撤回")


class ReviewRequestQuerySet(models.QuerySet["ReviewRequest"]):
    def visible_to(self, user: Any) -> Self:
        """One's own; for officers those of the exams they may see."""
        if not user.is_authenticated:
            return self.none()
        if user.acting is None:
            return self.filter(own(user, "attempt__candidate__person"))
        if user.acting.role not in OFFICERS:
            return self.none()
        return self.filter(overseen(user, "attempt__sitting"))

    def open(self) -> Self:
        """Waiting for the body, the most urgent first."""
        return self.filter(state=ReviewState.FILED).order_by("due_at", "pk")

    def with_exam(self) -> Self:
        """With what its page shows of the exam."""
        return self.select_related(
            "turn__person",
            "turn__session__organization",
            "turn__session__rubric__job",
            "attempt__sitting__job",
            "attempt__sitting__organization",
            "attempt__candidate__person",
            "attempt__paper",
        )


class ReviewRequest(Stateful):
    """One candidate asks the body to look at one mark again, of a theory exam or a
    practical one. ``mark`` is the one they doubted.

    ``awaits_mark``: when it was answered, people had still to judge what the answer let in.
    """

    attempt = models.OneToOneField(
        Attempt, models.PROTECT, null=True, related_name="review_request"
    )
    turn = models.OneToOneField(Turn, models.PROTECT, null=True, related_name="review_request")
    grounds = models.TextField(_("理由"))
    mark = models.DecimalField(max_digits=5, decimal_places=2)
    filed_at = models.DateTimeField()
    due_at = models.DateTimeField()
    answer = models.TextField(_("复核意见"), blank=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    awaits_mark = models.BooleanField(default=False)
    state = models.TextField(choices=ReviewState, default=ReviewState.FILED, editable=False)

    objects = ReviewRequestQuerySet.as_manager()

    class Meta:
        constraints = [
            one_of("attempt", "turn", name="review_request_about_one_exam"),
            known("state", ReviewState, name="review_request_state_known"),
        ]

    def __str__(self) -> str:
        return str(self.about)

    @property
    def about(self) -> Attempt | Turn:
        """What has the mark: the attempt or the turn."""
        found = self.attempt or self.turn
        assert found, "a constraint says so"
        return found

    @property
    def person(self) -> Person:
        return person_of(self.about)

    @property
    def exam(self) -> Exam:
        return exam_of(self.about)


class AppealQuerySet(models.QuerySet["Appeal"]):
    def visible_to(self, user: Any) -> Self:
        return self.filter(review__in=ReviewRequest.objects.visible_to(user))

    def open(self) -> Self:
        """Waiting for the bureau, the most urgent first."""
        return self.filter(state=AppealState.FILED).order_by("due_at", "pk")


class Appeal(Stateful):
    """The bureau of the prefecture is asked, once the body has answered."""

    review = models.OneToOneField(ReviewRequest, models.PROTECT, related_name="appeal")
    grounds = models.TextField(_("理由"))
    filed_at = models.DateTimeField()
    due_at = models.DateTimeField()
    answer = models.TextField(_("处理意见"), blank=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    state = models.TextField(choices=AppealState, default=AppealState.FILED, editable=False)

    objects = AppealQuerySet.as_manager()

    class Meta:
        constraints = [known("state", AppealState, name="appeal_state_known")]

    def __str__(self) -> str:
        return str(self.review)
