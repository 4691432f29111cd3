"""Jobs, the levels they are learnt at, and the codes others know them by."""

from datetime import date
from typing import Any, Self

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeBoundary, RangeOperators
from django.db import models
from django.db.models import Func, Q
from django.utils.translation import gettext_lazy as _

from zhupei.core.constraints import in_order, known


class Category(models.TextChoices):
    SITE_POST = "site_post", _("施工现场专业人员")
    TRADE = "trade", _("技能工人")
    MUNICIPAL = "municipal", _("市政公用")
    CONTINUING = "continuing", _("继续教育")


class Level(models.TextChoices):
    """How far a trade is learnt. Site posts have no level.

    Source: project register of facts, 2.1 (five levels; the levels around them are practice).
    """

    HELPER = "0", _("普工")
    APPRENTICE = "apprentice", _("学徒工")
    FIVE = "5", _("五级（初级工）")
    FOUR = "4", _("四级（中级工）")
    THREE = "3", _("三级（高级工）")
    TWO = "2", _("二级（技师）")
    ONE = "1", _("一级（高级技师）")
    SPECIAL = "special", _("特级技师")
    CHIEF = "chief", _("首席技师")


class JobQuerySet(models.QuerySet["Job"]):
    def visible_to(self, user: Any) -> Self:  # noqa: ARG002 - what can be learnt is no secret
        return self

    def offered(self) -> Self:
        """What new syllabi, licences and classes may be for."""
        return self.filter(offered=True)


class Job(models.Model):
    """A site post or trade people are trained for. Our code; others' codes stand beside it."""

    code = models.CharField(_("代码"), max_length=20, unique=True)
    name = models.TextField(_("名称"))
    category = models.TextField(_("类别"), choices=Category)
    offered = models.BooleanField(_("可以开班"), default=True)

    objects = JobQuerySet.as_manager()

    class Meta:
        constraints = [known("category", Category, name="job_category_known")]

    def __str__(self) -> str:
        return self.name

    @property
    def has_levels(self) -> bool:
        """Trades are learnt at a level; site posts are not."""
        return self.category in {Category.TRADE, Category.MUNICIPAL}


class Confidence(models.TextChoices):
    """How sure we are of a code, as in the project's register of facts."""

    OFFICIAL = "official", _("官方文件")
    SECOND_HAND = "second_hand", _("二手资料，待核对")
    OWN = "own", _("本平台自拟")


class CodeSystem(models.Model):
    """Somebody's list of codes for jobs: a ministry's, a platform's."""

    key = models.SlugField(_("标识"), unique=True)
    name = models.TextField(_("名称"), unique=True)
    issuer = models.TextField(_("编制单位"))
    source = models.TextField(_("来源"))
    confidence = models.TextField(_("可信程度"), choices=Confidence)
    note = models.TextField(_("说明"), blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [known("confidence", Confidence, name="code_system_confidence_known")]

    def __str__(self) -> str:
        return self.name


DAYS = Func(
    "valid_from",
    "valid_until",
    RangeBoundary(inclusive_upper=True),
    function="DATERANGE",
    output_field=DateRangeField(),
)


class JobCodeQuerySet(models.QuerySet["JobCode"]):
    def visible_to(self, user: Any) -> Self:  # noqa: ARG002 - as open as the jobs
        return self

    def on(self, day: date) -> Self:
        """The codes that hold on ``day``."""
        ended = Q(valid_until__isnull=True) | Q(valid_until__gte=day)
        return self.filter(ended, valid_from__lte=day)


class JobCode(models.Model):
    """One code of a job in one system, from a day on, perhaps until a day.

    A system may have several codes for one of our jobs, and one for several of them.
    """

    job = models.ForeignKey(Job, models.CASCADE, related_name="codes")
    system = models.ForeignKey(
        CodeSystem, models.PROTECT, related_name="codes", verbose_name=_("编码体系")
    )
    code = models.TextField(_("编码"))
    source = models.TextField(_("来源"))
    confidence = models.TextField(_("可信程度"), choices=Confidence)
    valid_from = models.DateField(_("起用日期"))
    valid_until = models.DateField(_("停用日期"), null=True, blank=True)

    objects = JobCodeQuerySet.as_manager()

    class Meta:
        ordering = ["system", "valid_from", "pk"]
        constraints = [
            known("confidence", Confidence, name="job_code_confidence_known"),
            in_order("valid_from", "valid_until", name="job_code_ends_after_it_begins"),
            ExclusionConstraint(
                name="job_code_once_at_a_time",
                expressions=[
                    ("job", RangeOperators.EQUAL),
                    ("system", RangeOperators.EQUAL),
                    ("code", RangeOperators.EQUAL),
                    (DAYS, RangeOperators.OVERLAPS),
                ],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.system} {self.code}"
