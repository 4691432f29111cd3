"""What is printed for a sitting, and what the bureau asks about its plan."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from zhupei.core.constraints import both_or_neither, one_of
from zhupei.core.models import LongJob, StoredFile
from zhupei.exams.models.plans import Plan
from zhupei.exams.models.sittings import Sitting


class SlipBatchQuerySet(models.QuerySet["SlipBatch"]):
    def visible_to(self, user: Any) -> Self:
        """Of the sittings somebody may see."""
        return self.filter(sitting__in=Sitting.objects.visible_to(user))


class SlipBatch(models.Model):
    """The slips of a whole sitting in one file, made by the worker."""

    sitting = models.ForeignKey(Sitting, models.CASCADE, related_name="slip_batches")
    job = models.OneToOneField(LongJob, models.CASCADE, related_name="+")
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")

    objects = SlipBatchQuerySet.as_manager()

    def __str__(self) -> str:
        return str(self.sitting)


class PlanQuestionQuerySet(models.QuerySet["PlanQuestion"]):
    def visible_to(self, user: Any) -> Self:
        """For the body and the bureaus, not for those who sit or watch."""
        if not user.is_authenticated or user.acting is None:
            return self.none()
        sittings, plans = Sitting.objects.visible_to(user), Plan.objects.visible_to(user)
        return self.filter(Q(sitting__in=sittings) | Q(plan__in=plans))

    def about(self, asked: Sitting | Plan) -> Self:
        """What was asked about this very thing."""
        return self.filter(**{"plan" if isinstance(asked, Plan) else "sitting": asked})


class PlanQuestion(models.Model):
    """What a bureau asked back about a plan it was told, of one sitting or of everything in a plan;
    and the answer. It approves nothing.

    Source: Measures, art. 20 (plans are notified).
    """

    sitting = models.ForeignKey(Sitting, models.PROTECT, related_name="questions", null=True)
    plan = models.ForeignKey(Plan, models.PROTECT, related_name="questions", null=True)
    text = models.TextField(_("询问"))
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(db_default=Now())
    reply = models.TextField(_("答复"), blank=True)
    replied_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    replied_at = models.DateTimeField(null=True)

    objects = PlanQuestionQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_at", "-pk"]
        constraints = [
            both_or_neither("replied_at", "replied_by", name="plan_question_replied_by_somebody"),
            one_of("sitting", "plan", name="plan_question_about_one_thing"),
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def subject(self) -> Sitting | Plan:
        """What was asked about."""
        found = self.plan or self.sitting
        assert found, "a constraint says so"
        return found
