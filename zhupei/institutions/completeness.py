"""Is the file whole, for people: asks the rules, finds the words and the page to put it right."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from zhupei.institutions import parameters
from zhupei.institutions.filefacts import Gathered, gather
from zhupei.institutions.models import PolicyKind
from zhupei.institutions.rules import completeness as rules
from zhupei.institutions.rules.completeness import Item
from zhupei.institutions.rules.licences import Right, right
from zhupei.organizations.models import Organization

SHOWN = 5  # names told in one sentence
KEEPER = _("本单位")
BUREAU = _("属地住建局")
REGION = _("自治区住建厅")


@dataclass(frozen=True)
class Phrase:
    """How an item is called, what is said when it is missing, who puts it right and where."""

    title: str | Promise
    missing: str | Promise
    place: str
    owner: str | Promise = KEEPER


PHRASES = {
    "credit_code": Phrase(
        _("统一社会信用代码"),
        _("没有登记统一社会信用代码，或者校验码不符。"),
        "detail",
        REGION,
    ),
    "licence": Phrase(
        _("办学许可证"),
        _("没有有效的办学许可证，不能提交新的开班计划。"),
        "people",
        BUREAU,
    ),
    "head": Phrase(_("负责人"), _("没有登记在任的负责人。"), "people"),
    "managers": Phrase(_("管理人员"), _("没有登记在任的管理人员。"), "people"),
    "proofs": Phrase(_("任职证明"), _("%(names)s没有聘书或社保证明。"), "people"),
    "teachers": Phrase(_("聘用教师"), _("没有从师资库聘用教师。"), "people"),
    "classroom": Phrase(_("教学场地"), _("没有登记在用的教室或机房。"), "places"),
    "computers": Phrase(_("考核机房"), _("没有登记有机位的机房。"), "places"),
    "fire_checks": Phrase(_("消防检查"), _("%(names)s没有在期内的消防检查记录。"), "places"),
    "terms": Phrase(_("租期或协议"), _("%(names)s的租期或协议已经到期。"), "places"),
    "stations": Phrase(_("实训工位"), _("没有登记%(names)s的实训工位。"), "places"),
    "equipment": Phrase(_("设备台账"), _("设备台账是空的。"), "equipment"),
    "uses": Phrase(_("设备使用记录"), _("近一年没有设备使用记录。"), "uses"),
    "consumables": Phrase(_("耗材清单"), _("没有登记耗材。"), "consumables"),
    "platform": Phrase(
        _("网络平台"), _("没有登记通过评估、且评估在有效期内的网络平台。"), "policies"
    ),
    **{
        f"policy_{kind}": Phrase(kind.label, _("没有现行的%(kind)s。"), "policies")
        for kind in PolicyKind
    },
}


@dataclass(frozen=True)
class Part:
    """One thing a file needs: whether it is there; if not, a sentence, whose task, and where."""

    code: str
    title: str | Promise
    met: bool
    sentence: str
    law: str
    owner: str | Promise
    url: str


@dataclass(frozen=True)
class Completeness:
    """How whole a file is. ``share`` in percent; the right to train beside it."""

    organization: Organization
    share: int
    parts: list[Part]
    right: Right

    @property
    def missing(self) -> list[Part]:
        return [part for part in self.parts if not part.met]

    @property
    def total(self) -> int:
        return len(self.parts)

    @property
    def there(self) -> int:
        return sum(part.met for part in self.parts)

    @property
    def tone(self) -> str:
        """Nothing is missing, or something is."""
        return "warn" if self.missing else "ok"


def of(organization: Organization, *, on: date | None = None) -> Completeness:
    """How whole the file of one institution or assessment body is."""
    return of_all([organization], on=on)[organization.pk]


def of_all(
    organizations: Iterable[Organization], *, on: date | None = None
) -> dict[int, Completeness]:
    """The same of several, by key, at the cost of one."""
    today = on or timezone.localdate()
    warn_at = parameters.warn_at(today)
    found = gather(organizations, today)
    return {key: _completeness(one, today, warn_at) for key, one in found.items()}


def _completeness(one: Gathered, today: date, warn_at: list[int]) -> Completeness:
    items = rules.items(one.file)
    parts = [_part(item, one.organization) for item in items]
    standing = right(one.licences, today, warn_at)
    return Completeness(one.organization, rules.share(items), parts, standing)


def _part(item: Item, organization: Organization) -> Part:
    phrase = PHRASES[item.code]
    names = list(item.facts.get("names", ()))
    more = "等" if len(names) > SHOWN else ""
    words = {"names": "、".join(names[:SHOWN]) + more, "kind": str(phrase.title)}
    return Part(
        code=item.code,
        title=phrase.title,
        met=item.met,
        sentence="" if item.met else str(phrase.missing) % words,
        law=item.law,
        owner=phrase.owner,
        url=reverse(f"institutions:{phrase.place}", args=[organization.pk]),
    )
