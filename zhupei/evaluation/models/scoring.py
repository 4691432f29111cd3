"""People's part: scores, experts and their seats, vetoes, objections."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from zhupei.core.constraints import both_or_neither, known
from zhupei.core.models import StoredFile
from zhupei.core.workflow import Stateful
from zhupei.evaluation.models.evaluation import Answer, Evaluation, PartQuerySet, StatusChoices
from zhupei.evaluation.rules.points import Status
from zhupei.evaluation.rules.settle import Stage


class StageChoices(models.TextChoices):
    BUREAU = Stage.BUREAU.value, _("属地评分")
    EXPERT = Stage.EXPERT.value, _("专家评分")
    THIRD = Stage.THIRD.value, _("第三位专家评分")
    RESCORING = Stage.RESCORING.value, _("异议后重评")


class Seat(models.IntegerChoices):
    """The two who score blind, and the third who settles what they differ on."""

    FIRST = 1, _("专家一")
    SECOND = 2, _("专家二")
    THIRD = 3, _("第三位专家")


class SeatState(models.TextChoices):
    CALLED = "called", _("待评")
    DONE = "done", _("已提交")
    RECUSED = "recused", _("已回避")


class AppointmentQuerySet(PartQuerySet["Appointment"]):
    def visible_to(self, user: Any) -> Self:
        """One's own; for whoever sees the evaluation, who the experts are."""
        if getattr(user, "acting", None) is None:
            return self.none()
        return self.filter(evaluation__in=Evaluation.objects.visible_to(user))

    def standing(self) -> Self:
        return self.exclude(state=SeatState.RECUSED)


class Appointment(Stateful):
    """An expert called to review one evaluation."""

    evaluation = models.ForeignKey(Evaluation, models.CASCADE, related_name="appointments")
    expert = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("专家")
    )
    seat = models.PositiveSmallIntegerField(choices=Seat)
    appointed_at = models.DateTimeField()
    state = models.TextField(choices=SeatState, default=SeatState.CALLED, editable=False)
    ended_at = models.DateTimeField(null=True, editable=False)
    note = models.TextField(blank=True, editable=False)

    objects = AppointmentQuerySet.as_manager()

    class Meta:
        constraints = [
            known("state", SeatState, name="appointment_state_known"),
            known("seat", Seat, name="appointment_seat_known"),
            models.UniqueConstraint("evaluation", "expert", name="appointment_expert_once"),
            models.UniqueConstraint(
                "evaluation",
                "seat",
                condition=~Q(state=SeatState.RECUSED),
                name="appointment_seat_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.expert} {self.evaluation}"


class Score(models.Model):
    """One score by one person, kept for ever; a later one of the same person replaces it."""

    answer = models.ForeignKey(Answer, models.CASCADE, related_name="scores")
    stage = models.TextField(choices=StageChoices)
    status = models.TextField(choices=StatusChoices)
    value = models.DecimalField(max_digits=5, decimal_places=2, null=True)
    reason = models.TextField(blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    by_name = models.TextField()
    organization_name = models.TextField()
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            known("stage", StageChoices, name="score_stage_known"),
            known("status", StatusChoices, name="score_status_known"),
            models.CheckConstraint(
                condition=Q(status=Status.SCORED.value, value__isnull=False, value__gte=0)
                | (~Q(status=Status.SCORED.value) & Q(value__isnull=True)),
                name="score_scored_has_a_value",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.answer} {self.value}"


class VetoKind(models.TextChoices):
    """What no points make up for. Source: project register of facts, §10."""

    LICENCE = "licence", _("办学许可证失效")
    FIRE = "fire", _("重大消防隐患未整改")
    STAND_INS = "stand_ins", _("组织冒名顶替参训、参考")
    FORGERY = "forgery", _("篡改、伪造培训考核数据")
    REFUSAL = "refusal", _("拒绝检查")


class VetoQuerySet(PartQuerySet["Veto"]):
    def standing(self) -> Self:
        return self.filter(lifted_at__isnull=True)

    def public(self) -> Self:
        """Those that stand and bear on a result everybody may read."""
        return self.standing().filter(evaluation__in=Evaluation.objects.public())


class Veto(models.Model):
    """A veto the region found on evidence, until it is lifted after an objection."""

    evaluation = models.ForeignKey(Evaluation, models.CASCADE, related_name="vetoes")
    kind = models.TextField(_("否决项"), choices=VetoKind)
    facts = models.TextField(_("认定的事实"))
    law = models.TextField(_("依据"))
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    found_by_name = models.TextField()
    found_at = models.DateTimeField()
    lifted_at = models.DateTimeField(null=True, editable=False)
    lifted_note = models.TextField(null=True, editable=False)

    objects = VetoQuerySet.as_manager()

    class Meta:
        constraints = [
            known("kind", VetoKind, name="veto_kind_known"),
            both_or_neither("lifted_at", "lifted_note", name="veto_lifted_with_why"),
            models.UniqueConstraint(
                "evaluation", "kind", condition=Q(lifted_at__isnull=True), name="veto_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.evaluation} {self.get_kind_display()}"


class ObjectionState(models.TextChoices):
    MADE = "made", _("待答复")
    UPHELD = "upheld", _("成立，已重评")
    REJECTED = "rejected", _("不成立")


class ObjectionQuerySet(PartQuerySet["Objection"]):
    def open(self) -> Self:
        return self.filter(state=ObjectionState.MADE)


class Objection(Stateful):
    """What an institution says against a score that was published; ``answer`` None: the whole."""

    evaluation = models.ForeignKey(Evaluation, models.PROTECT, related_name="objections")
    answer = models.ForeignKey(
        Answer, models.PROTECT, null=True, related_name="objections", verbose_name=_("指标")
    )
    grounds = models.TextField(_("异议理由"))
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()
    due_at = models.DateTimeField(_("答复时限"), null=True)
    made_by_name = models.TextField()
    reply = models.TextField(_("答复"), blank=True, editable=False)
    replied_at = models.DateTimeField(null=True, editable=False)
    replied_by_name = models.TextField(null=True, editable=False)
    state = models.TextField(choices=ObjectionState, default=ObjectionState.MADE, editable=False)

    objects = ObjectionQuerySet.as_manager()

    class Meta:
        constraints = [
            known("state", ObjectionState, name="evaluation_objection_state_known"),
            both_or_neither("replied_at", "replied_by_name", name="evaluation_objection_replied"),
            models.UniqueConstraint(
                "evaluation",
                "answer",
                condition=Q(state=ObjectionState.MADE),
                nulls_distinct=False,
                name="evaluation_objection_one_open",
            ),
        ]

    def __str__(self) -> str:
        return str(self.evaluation)
