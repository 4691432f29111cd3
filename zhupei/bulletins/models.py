"""Monthly summaries and quarterly bulletins, as drafted and as issued.

Source: notice, part 3, section 1 (月小结、季通报).
"""

from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from zhupei.bulletins.rules import Period
from zhupei.core.constraints import both_or_neither, in_order, known
from zhupei.core.models import StoredFile
from zhupei.core.workflow import Stateful
from zhupei.organizations.models import AUTHORITIES, Organization


class BulletinKind(models.TextChoices):
    MONTHLY = "monthly", _("月小结")
    QUARTERLY = "quarterly", _("季通报")


class State(models.TextChoices):
    DRAFT = "draft", _("草稿")
    ISSUED = "issued", _("已印发")
    WITHDRAWN = "withdrawn", _("已撤回")
    DISCARDED = "discarded", _("已作废")


class BulletinQuerySet(models.QuerySet["Bulletin"]):
    def visible_to(self, user: Any) -> Self:
        """An authority's own; what was issued, for whoever works in the area it is about; the
        region reads what its prefectures issued.
        """
        acting = getattr(user, "acting", None)
        if acting is None:
            return self.none()
        here = acting.organization
        own = Q(authority=here.pk) if here.kind in AUTHORITIES else Q(pk__in=[])
        told = Q(state=State.ISSUED) & (
            Q(authority__prefecture=None)
            | Q(authority__prefecture=here.prefecture_id)
            | here.area("authority__")
        )
        return self.filter(own | told)

    def public(self) -> Self:
        """What was issued to everybody."""
        return self.filter(state=State.ISSUED, open_to_public=True)


class Bulletin(Stateful):
    """What happened in a period, written from the facts, with the words of the authority.

    ``facts`` is what ``sections.gather`` found, kept as it was: a list of sections, each with
    ``key``, ``title``, ``sentences``, ``tables`` and ``chart``. ``texts`` holds, by the key of a
    section, what somebody wrote instead of its sentences.
    """

    authority = models.ForeignKey(
        Organization, models.PROTECT, related_name="bulletins", verbose_name=_("印发单位")
    )
    kind = models.TextField(_("种类"), choices=BulletinKind)
    since = models.DateField(_("开始日期"))
    until = models.DateField(_("结束日期"))
    title = models.TextField(_("标题"))
    state = models.TextField(choices=State, default=State.DRAFT, editable=False)
    facts = models.JSONField(default=list)
    texts = models.JSONField(default=dict)
    gathered_at = models.DateTimeField(_("取数时间"))
    version = models.PositiveIntegerField(
        default=0, help_text="grows with every edit, so that two who write at once notice"
    )
    open_to_public = models.BooleanField(_("向社会公开"), default=False)
    number = models.TextField(_("文号"), null=True, unique=True)
    issued_at = models.DateTimeField(_("印发时间"), null=True)
    paper = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")
    book = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")

    objects = BulletinQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["authority", "-since"], name="bulletin_by_authority")]
        constraints = [
            known("kind", BulletinKind, name="bulletin_kind_known"),
            known("state", State, name="bulletin_state_known"),
            in_order("since", "until", name="bulletin_ends_after_it_begins"),
            both_or_neither("number", "issued_at", name="bulletin_issued_with_a_number"),
            both_or_neither("paper", "issued_at", name="bulletin_issued_on_paper"),
            models.UniqueConstraint(
                "authority",
                "kind",
                "since",
                condition=Q(state__in=[State.DRAFT, State.ISSUED]),
                name="bulletin_once_a_period",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def period(self) -> Period:
        return Period(self.since, self.until)

    @property
    def sections(self) -> list[dict[str, Any]]:
        """The sections as they read: ``paragraphs`` are somebody's words, or the machine's."""
        return [
            {**one, "paragraphs": self._paragraphs(one), "edited": one["key"] in self.texts}
            for one in self.facts
        ]

    def _paragraphs(self, section: dict[str, Any]) -> list[str]:
        text: str | None = self.texts.get(section["key"])
        found: list[str] = section["sentences"] if text is None else text.splitlines()
        return found
