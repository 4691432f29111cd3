"""Textbooks of regular publishing houses, by their ISBN."""

from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from stdnum import isbn

from zhupei.core.constraints import known
from zhupei.core.workflow import Stateful
from zhupei.organizations.access import regulates
from zhupei.organizations.models import Organization
from zhupei.syllabus.models.jobs import Job


class BookState(models.TextChoices):
    PROPOSED = "proposed", _("待认定")
    APPROVED = "approved", _("已认定")
    RETIRED = "retired", _("不再使用")


class TextbookQuerySet(models.QuerySet["Textbook"]):
    def visible_to(self, user: Any) -> Self:
        """What was decided is for everybody; proposals for the region and who made them."""
        if regulates(user):
            return self
        decided = ~Q(state=BookState.PROPOSED)
        acting = getattr(user, "acting", None)
        if acting is None:
            return self.filter(decided)
        return self.filter(decided | Q(proposed_by=acting.organization_id))

    def approved(self) -> Self:
        """What may be handed out."""
        return self.filter(state=BookState.APPROVED)

    def found_by(self, words: str) -> Self:
        """Whose title, publisher or ISBN contains every word."""
        found = self
        for word in words.split():
            digits = isbn.compact(word) if word[:1].isdigit() else word
            found = found.filter(
                Q(title__icontains=word) | Q(publisher__icontains=word) | Q(isbn__contains=digits)
            )
        return found


class Textbook(Stateful):
    """One edition of one book, known by its ISBN of 13 digits.

    Source: notice, part 2, section 2 (26 of 35 institutions used no regular textbooks).
    """

    isbn = models.CharField("ISBN", max_length=13, unique=True)
    title = models.TextField(_("书名"))
    authors = models.TextField(_("主编"), blank=True)
    publisher = models.TextField(_("出版社"))
    edition = models.TextField(_("版次"))
    year = models.PositiveSmallIntegerField(_("出版年份"))
    jobs = models.ManyToManyField(Job, related_name="textbooks", verbose_name=_("适用岗位工种"))
    proposed_by = models.ForeignKey(
        Organization, models.PROTECT, related_name="+", verbose_name=_("推荐单位")
    )
    state = models.TextField(choices=BookState, default=BookState.PROPOSED, editable=False)

    objects = TextbookQuerySet.as_manager()

    class Meta:
        ordering = ["title", "-year", "pk"]
        constraints = [
            known("state", BookState, name="textbook_state_known"),
            models.CheckConstraint(
                condition=Q(isbn__regex=r"^97[89]\d{10}$"), name="textbook_isbn_shape"
            ),
            models.CheckConstraint(
                condition=Q(year__range=(1949, 2100)),
                name="textbook_year_sensible",
                violation_error_message=_("出版年份应是四位数的年份，例如 2024。"),
            ),
        ]

    def __str__(self) -> str:
        return f"《{self.title}》"

    @property
    def isbn_parted(self) -> str:
        """The ISBN as it is printed: 978-7-112-…"""
        return str(isbn.format(self.isbn))
