"""How a class turned out: what its institution says, what its learners say, what became of them.

What learners say is anonymous in the data, too. That somebody has spoken (``Ballot``) and what was
said (``Tally``, ``Remark``) are rows without time, order or key in common; scores are only counted.

Source: Measures, art. 13 and 14; notice, part 1, section 2 and part 3 (feedback, follow-up).
"""

import uuid
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q, Sum
from django.utils.translation import gettext_lazy as _

from zhupei.classes.models import Enrolment, TrainingClass
from zhupei.core.constraints import both_or_neither, known
from zhupei.core.workflow import Stateful


class Question(models.TextChoices):
    """What is asked; each is answered from 1 to 5."""

    TEACHING = "teaching", _("老师讲得清楚、有用")
    PRACTICE = "practice", _("实操练得够、练得会")
    MATERIALS = "materials", _("教材每人一本、好用")
    PLACE = "place", _("教室和场地合适、安全")
    ORDER = "order", _("课按课表上，考勤认真")
    PROMISES = "promises", _("收费和承诺与报名时说的一样")


BEST = 5


class PartQuerySet(models.QuerySet[Any]):
    """Rows with a ``training_class``, for those who work on the class, not for its learners."""

    def visible_to(self, user: Any) -> Self:
        if not user.is_authenticated or user.acting is None:
            return self.none()
        return self.filter(training_class__in=TrainingClass.objects.visible_to(user))


class Ballot(models.Model):
    """Somebody has given their opinion; which one, nobody can tell."""

    enrolment = models.OneToOneField(
        Enrolment, models.CASCADE, primary_key=True, related_name="ballot"
    )

    def __str__(self) -> str:
        return f"{self.enrolment_id}"


class TallyQuerySet(PartQuerySet):
    def figures(self) -> list[dict[str, Any]]:
        """For each question the sum of scores and how many answered."""
        weighed = Sum(models.F("score") * models.F("count"))
        return list(
            self.order_by()
            .values("training_class", "question")
            .annotate(total=weighed, answers=Sum("count"))
        )


class Tally(models.Model):
    """How many gave one score to one question."""

    training_class = models.ForeignKey(TrainingClass, models.CASCADE, related_name="tallies")
    question = models.TextField(choices=Question)
    score = models.PositiveSmallIntegerField()
    count = models.PositiveIntegerField(default=0)

    objects = TallyQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "tallies"
        constraints = [
            known("question", Question, name="tally_question_known"),
            models.UniqueConstraint(
                "training_class", "question", "score", name="tally_once_a_score"
            ),
            models.CheckConstraint(
                condition=Q(score__range=(1, BEST)), name="tally_score_in_range"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.training_class} {self.question} {self.score}"


class Remark(models.Model):
    """What somebody wrote. Its key is random and it has no time."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    training_class = models.ForeignKey(TrainingClass, models.CASCADE, related_name="remarks")
    text = models.TextField()

    objects = PartQuerySet.as_manager()

    def __str__(self) -> str:
        return self.text


class SelfState(models.TextChoices):
    DRAFT = "draft", _("填写中")
    HANDED_IN = "handed_in", _("已提交")


class SelfEvaluation(Stateful):
    """What the institution says of one class, beside the facts of the moment it said so."""

    training_class = models.OneToOneField(
        TrainingClass, models.PROTECT, related_name="self_evaluation"
    )
    plan = models.TextField(_("教学计划落实情况"), blank=True)
    teaching = models.TextField(_("培训教学管理情况"), blank=True)
    means = models.TextField(_("软硬件建设情况"), blank=True)
    effect = models.TextField(_("培训质量效果"), blank=True)
    improve = models.TextField(_("不足与改进"), blank=True)
    facts = models.JSONField(default=list, editable=False, help_text="figures when handed in")
    state = models.TextField(choices=SelfState, default=SelfState.DRAFT, editable=False)
    handed_in_at = models.DateTimeField(null=True, editable=False)

    objects = PartQuerySet.as_manager()

    class Meta:
        constraints = [known("state", SelfState, name="self_evaluation_state_known")]

    def __str__(self) -> str:
        return str(self.training_class)


class CallState(models.TextChoices):
    DUE = "due", _("待回访")
    REACHED = "reached", _("已回访")
    UNREACHED = "unreached", _("多次未接通")
    DECLINED = "declined", _("本人不愿回访")


class Work(models.TextChoices):
    """What somebody does since the class."""

    TRADE = "trade", _("从事本岗位工种")
    OTHER = "other", _("从事其他工作")
    NONE = "none", _("还没有工作")
    UNSAID = "unsaid", _("不愿说")


class FollowUpQuerySet(models.QuerySet["FollowUp"]):
    def visible_to(self, user: Any) -> Self:
        """For those who work on the class."""
        if not user.is_authenticated or user.acting is None:
            return self.none()
        classes = TrainingClass.objects.visible_to(user)
        return self.filter(enrolment__training_class__in=classes)

    def due(self) -> Self:
        return self.filter(state=CallState.DUE).order_by("due_on", "pk")


class FollowUp(Stateful):
    """A learner to be rung up some weeks after the class, and what they said."""

    enrolment = models.OneToOneField(Enrolment, models.PROTECT, related_name="follow_up")
    due_on = models.DateField(_("应回访日期"))
    tries = models.PositiveSmallIntegerField(_("未接通次数"), default=0, editable=False)
    work = models.TextField(_("现在的工作"), choices=Work, blank=True)
    score = models.PositiveSmallIntegerField(_("满意度"), null=True)
    book_taken_back = models.BooleanField(_("教材被收回"), null=True)
    said = models.TextField(_("意见和建议"), blank=True)
    state = models.TextField(choices=CallState, default=CallState.DUE, editable=False)
    ended_at = models.DateTimeField(null=True, editable=False)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+"
    )

    objects = FollowUpQuerySet.as_manager()

    class Meta:
        constraints = [
            known("state", CallState, name="follow_up_state_known"),
            models.CheckConstraint(
                condition=Q(work__in=["", *Work.values]), name="follow_up_work_known"
            ),
            models.CheckConstraint(
                condition=Q(score__isnull=True) | Q(score__range=(1, BEST)),
                name="follow_up_score_in_range",
            ),
            both_or_neither("ended_at", "ended_by", name="follow_up_ended_by_somebody"),
        ]
        indexes = [models.Index("due_on", condition=Q(state=CallState.DUE), name="follow_up_due")]

    def __str__(self) -> str:
        return str(self.enrolment.person)
