"""Items, their versions, the texts and pictures that belong to them.

The version travels the road from its author to two experts; the item only says whether it is in
use, and which version is (ADR 18).
"""

from typing import Any, Self

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from zhupei.core.constraints import known
from zhupei.core.models import StoredFile
from zhupei.core.workflow import Stateful
from zhupei.organizations.access import regulates
from zhupei.questions.models.sets import Keyholder, QuestionSet, State, acts_as_expert
from zhupei.questions.models.words import (
    Cause,
    Cognition,
    Difficulty,
    ItemKind,
    ItemState,
    Outcome,
    VersionState,
)
from zhupei.syllabus.models import Job

OPENED = (VersionState.DRAFT, VersionState.IN_REVIEW)  # on its way


class CaseQuerySet(models.QuerySet["Case"]):
    def visible_to(self, user: Any) -> Self:
        """The region sees all but those of sealed sets, experts those they wrote and those of the
        items they see; of a sealed set whoever is named on it.
        """
        named = Keyholder.objects.holding().filter(user=user.pk).values("question_set")
        sealed = Q(question_set__sealed_at__isnull=False, question_set__in=named)
        unsealed = Q(question_set__sealed_at__isnull=True)
        if regulates(user):
            return self.filter(unsealed | sealed)
        if acts_as_expert(user):
            versions = ItemVersion.objects.filter(case=OuterRef("pk"))
            seen = Exists(versions.filter(item__in=Item.objects.visible_to(user)))
            return self.filter(sealed | (unsealed & (Q(author=user.pk) | Q(seen))))
        return self.none()


class Case(models.Model):
    """The text and pictures several items share. What was handed in for review is never changed:
    a changed text is a new case that ``follows`` the old one.
    """

    question_set = models.ForeignKey(QuestionSet, models.CASCADE, related_name="cases")
    text = models.TextField(_("案例材料"))
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    author_name = models.TextField(blank=True)
    written_at = models.DateTimeField(db_default=Now())
    follows = models.OneToOneField("self", models.PROTECT, null=True, related_name="followed_by")

    objects = CaseQuerySet.as_manager()

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="case_has_a_text")]

    def __str__(self) -> str:
        return self.text[:40]


class ItemQuerySet(models.QuerySet["Item"]):
    def visible_to(self, user: Any) -> Self:
        """The region sees all items but those of sealed sets, experts what they wrote or are
        asked about. In a sealed set only those named on it, whoever they are.
        """
        named = Keyholder.objects.holding().filter(user=user.pk).values("question_set")
        sealed = Q(question_set__sealed_at__isnull=False, question_set__in=named)
        unsealed = Q(question_set__sealed_at__isnull=True)
        if regulates(user):
            return self.filter(unsealed | sealed)
        if acts_as_expert(user):
            versions = ItemVersion.objects.filter(item=OuterRef("pk"))
            asked = Exists(versions.filter(reviews__opinions__expert=user.pk))
            mine = Q(Exists(versions.filter(author=user.pk))) | Q(asked)
            return self.filter(sealed | (unsealed & mine))
        return self.none()

    def faulty(self) -> Self:
        """In use, but not drawn: the experts found the version in force at fault."""
        faulty = ItemVersion.objects.in_force().found_faulty()
        return self.filter(current__in=faulty.values("pk"))

    def held(self) -> Self:
        """In use, but not drawn: put right in a sitting, and not agreed to by experts since."""
        held = ItemVersion.objects.in_force().held()
        return self.filter(current__in=held.values("pk"))


class Item(Stateful):
    """One question in all its versions. ``current`` is in force, ``latest`` was written last."""

    question_set = models.ForeignKey(QuestionSet, models.CASCADE, related_name="items")
    state = models.TextField(choices=ItemState, default=ItemState.DRAFT, editable=False)
    current = models.OneToOneField(
        "ItemVersion", models.PROTECT, null=True, editable=False, related_name="in_force_of"
    )
    latest = models.OneToOneField(
        "ItemVersion", models.PROTECT, null=True, editable=False, related_name="latest_of"
    )

    objects = ItemQuerySet.as_manager()

    class Meta:
        constraints = [
            known("state", ItemState, name="item_state_known"),
            models.CheckConstraint(
                condition=~Q(state=ItemState.PUBLISHED) | Q(current__isnull=False),
                name="item_published_has_a_version",
            ),
        ]

    def __str__(self) -> str:
        return _("试题 %(number)s") % {"number": self.pk}


class ItemVersionQuerySet(models.QuerySet["ItemVersion"]):
    def visible_to(self, user: Any) -> Self:
        return self.filter(item__in=Item.objects.visible_to(user))

    def traced(self) -> Self:
        """With what ``trace`` reads, in three questions however many there are."""
        return self.prefetch_related("reviews__opinions")

    def in_force(self) -> Self:
        """The current versions of published items."""
        return self.filter(in_force_of__state=ItemState.PUBLISHED)

    def agreed(self) -> Self:
        """Two experts have agreed to them, be they in use or waiting for their case."""
        return self.filter(
            reviews__cause=Cause.SUBMITTED,
            reviews__outcome=Outcome.AGREED,
            state__in=[VersionState.IN_REVIEW, VersionState.PUBLISHED],
        ).distinct()

    def found_faulty(self) -> Self:
        """Flagged while in use, and the experts said that it has to be changed."""
        return self.filter(reviews__cause=Cause.FLAGGED, reviews__outcome=Outcome.OBJECTED)

    def held(self) -> Self:
        """Kept back until the experts have said whether something is wrong with them."""
        return self.filter(reviews__holds_back=True, reviews__outcome=Outcome.OPEN)

    def drawable(
        self, source: Job | QuestionSet, *, released: models.QuerySet[QuestionSet] | None = None
    ) -> Self:
        """What papers may be put together from: versions in force, of published sets that are not
        sealed; without those the experts found to be at fault after they were flagged, and without
        those that are held back until the experts have read them again. Of sealed sets only those
        in ``released``: who is named on them lets this one use of them.

        In order of their keys, with their case at hand; ``pictures`` are for the caller to fetch.
        """
        of = (
            {"item__question_set__job": source}
            if isinstance(source, Job)
            else {"item__question_set": source}
        )
        same = ItemVersion.objects.filter(pk=OuterRef("pk"))
        open_to_it = Q(item__question_set__sealed_at__isnull=True)
        if released is not None:
            open_to_it |= Q(item__question_set__in=released)
        return (
            self.in_force()
            .filter(
                ~Exists(same.found_faulty()),
                ~Exists(same.held()),
                open_to_it,
                item__question_set__state=State.PUBLISHED,
                **of,
            )
            .select_related("item", "case")
            .order_by("pk")
        )


class ItemVersion(Stateful):
    """What one version of an item says. ``options`` and ``key`` are as ``rules`` writes them.

    Frozen when it leaves its author: what is changed after that is the next version.
    """

    item = models.ForeignKey(Item, models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField()
    state = models.TextField(choices=VersionState, default=VersionState.DRAFT, editable=False)
    kind = models.TextField(_("题型"), choices=ItemKind)
    stem = models.TextField(_("题干"))
    options = models.JSONField(_("选项"), default=list, help_text="the texts of A, B, C … in order")
    key = models.JSONField(_("答案"), help_text="as questions/rules.py says")
    point = models.TextField(_("知识点"), blank=True, help_text="names a unit or a topic")
    difficulty = models.PositiveSmallIntegerField(
        _("难度"), choices=Difficulty, default=Difficulty.MIDDLE
    )
    cognition = models.TextField(_("认知层次"), choices=Cognition, default=Cognition.RECALL)
    source = models.TextField(_("出处"), blank=True)
    analysis = models.TextField(_("解析"), blank=True)
    case = models.ForeignKey(Case, models.PROTECT, null=True, related_name="versions")
    position = models.PositiveSmallIntegerField(_("小题号"), null=True)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    author_name = models.TextField(blank=True)
    written_at = models.DateTimeField(db_default=Now())
    submitted_at = models.DateTimeField(null=True)
    published_at = models.DateTimeField(null=True)
    words = models.TextField(editable=False, help_text="what likeness is measured by")
    digest = models.CharField(max_length=64, editable=False, help_text="the same says the same")

    objects = ItemVersionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["item", "number"], name="version_number_once"),
            models.UniqueConstraint(
                fields=["item"], condition=Q(state__in=OPENED), name="version_one_on_its_way"
            ),
            models.UniqueConstraint(
                fields=["item"],
                condition=Q(state=VersionState.PUBLISHED),
                name="version_one_in_force",
            ),
            known("state", VersionState, name="version_state_known"),
            known("kind", ItemKind, name="version_kind_known"),
            known("difficulty", Difficulty, name="version_difficulty_known"),
            known("cognition", Cognition, name="version_cognition_known"),
            models.CheckConstraint(
                condition=Q(case__isnull=True, position__isnull=True)
                | Q(case__isnull=False, position__isnull=False),
                name="version_has_its_place_in_its_case",
            ),
        ]
        indexes = [
            GinIndex(fields=["words"], opclasses=["gin_trgm_ops"], name="version_by_likeness"),
            models.Index(fields=["digest"], name="version_by_digest"),
        ]

    def __str__(self) -> str:
        return self.stem[:40]

    def trace(self) -> dict[str, Any]:
        """Who wrote this version, who read it and said what, and when; ask ``traced`` for many."""
        opinions = [
            opinion
            for review in self.reviews.all()
            if review.cause == Cause.SUBMITTED and review.outcome != Outcome.CALLED_OFF
            for opinion in review.opinions.all()
            if opinion.decided_at is not None
        ]
        return {
            "item": self.item_id,
            "number": self.number,
            "author": self.author_name,
            "written_at": self.written_at,
            "submitted_at": self.submitted_at,
            "readers": [
                {"expert": one.expert_name, "decision": one.decision, "at": one.decided_at}
                for one in sorted(opinions, key=lambda one: (one.decided_at, one.pk))
            ],
            "published_at": self.published_at,
        }

    @property
    def letters(self) -> list[tuple[str, str]]:
        """The options under their letters."""
        return list(zip("ABCDEFGH", self.options, strict=False))


class PictureQuerySet(models.QuerySet["Picture"]):
    def visible_to(self, user: Any) -> Self:
        """With the items they belong to, and with the cases somebody writes or keeps."""
        items = Item.objects.visible_to(user)
        return self.filter(
            Q(version__item__in=items)
            | Q(case__versions__item__in=items)
            | Q(case__in=Case.objects.visible_to(user))
        ).distinct()


class Picture(models.Model):
    """A picture of a version or of a case. Whoever cannot see it reads ``alt``."""

    version = models.ForeignKey(ItemVersion, models.CASCADE, null=True, related_name="pictures")
    case = models.ForeignKey(Case, models.CASCADE, null=True, related_name="pictures")
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    alt = models.TextField(_("文字说明"))
    position = models.PositiveSmallIntegerField()

    objects = PictureQuerySet.as_manager()

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(version__isnull=True, case__isnull=False)
                | Q(version__isnull=False, case__isnull=True),
                name="picture_belongs_to_one",
            ),
            models.CheckConstraint(condition=~Q(alt=""), name="picture_says_what_it_shows"),
        ]

    def __str__(self) -> str:
        return self.alt
