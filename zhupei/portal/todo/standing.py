"""What waits because of institutions themselves: admissions, suspensions, an incomplete file."""

from collections.abc import Iterator
from datetime import datetime, time
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from zhupei.institutions import completeness, licensing
from zhupei.institutions.completeness import Completeness
from zhupei.institutions.models import Admission, Standing
from zhupei.institutions.rules.licences import Standing as LicenceStanding
from zhupei.oversight.models import Suspension
from zhupei.portal.todo.line import Kind, Lines, Now, Todo, by_state, rows

NOTED = {LicenceStanding.NONE, LicenceStanding.EXPIRED, LicenceStanding.RUNS_OUT}
SOON = 30  # days before a licence ends it comes onto the list; earlier its page says so
SHOWN = 3  # missing pieces named in the line
# fmt: off
KINDS = {
    "admission": Kind("building", _("机构准入"), "%(organization)s", "%(prefecture)s",
                      _("培训机构"),
                      "institutions:admission", _("审核")),
    "own_filing": Kind("folder", _("机构准入"), _("补齐档案，申请准入"),
                       _("准入前不能提交开班计划"),
                       _("本机构"), "institutions:admission", _("看还缺什么")),
    "own_returned": Kind("arrow-back-up", _("准入退回"), _("按退回理由补正后重新申请"),
                         _("准入前不能提交开班计划"),
                         _("自治区住建厅"), "institutions:admission", _("补正")),
    "own_suspended": Kind("player-pause", _("暂停业务"), _("整改后申请恢复"), _("在办的班已冻结"),
                          _("住建部门"), "institutions:admission", _("查看")),
    "suspension": Kind("player-pause", _("暂停业务"), "%(organization)s", "%(reason)s",
                       "%(authority)s",
                       "oversight:suspension", _("跟进整改")),
}
# fmt: on


def to_admit(user: Any, now: Now) -> Iterator[Lines]:  # noqa: ARG001 - as all of them
    """Institutions that asked to be admitted, the one that waits longest first."""
    applied = Admission.objects.visible_to(user).filter(state=Standing.APPLIED)
    facts = {"organization": "organization__name", "prefecture": "organization__prefecture__name"}
    yield rows("admission", applied, facts, "applied_at", key="organization_id")


def suspensions(user: Any, now: Now) -> Iterator[Lines]:  # noqa: ARG001 - as all of them
    """Suspensions that hold, until somebody lifts them."""
    facts = {
        "organization": "organization__name",
        "reason": "reason",
        "authority": "authority__name",
    }
    yield rows("suspension", Suspension.objects.visible_to(user).open(), facts, "ordered_at")


def own(user: Any, now: Now) -> Iterator[Lines]:  # noqa: ARG001 - as all of them
    """The institution's own standing, while it may not train."""
    held_up = [Standing.FILING, Standing.RETURNED, Standing.SUSPENDED]
    mine = Admission.objects.visible_to(user).filter(
        organization=user.acting.organization_id, state__in=held_up
    )
    yield rows(by_state("own"), mine, {}, key="organization_id")


def own_file(user: Any) -> Iterator[Todo]:
    """A licence that runs out, and how much of the file is missing: one line each."""
    found = completeness.of(user.acting.organization)
    yield from _licence(found)
    if found.missing:
        names = "、".join(str(part.title) for part in found.missing[:SHOWN])
        more = _now("等 %(count)d 项") if len(found.missing) > SHOWN else _now("，共 %(count)d 项")
        yield Todo(
            "folder",
            _("机构档案"),
            _now("档案完整度 %(share)d%%") % {"share": found.share},
            _now("缺%(names)s") % {"names": names} + more % {"count": len(found.missing)},
            _now("本机构"),
            reverse("institutions:detail", args=[found.organization.pk]),
            _("补齐"),
        )


def _licence(found: Completeness) -> Iterator[Todo]:
    standing = found.right.standing
    if standing not in NOTED or (standing is LicenceStanding.RUNS_OUT and found.right.left > SOON):
        return
    seen, licence = licensing.seen(found.right), found.right.licence
    due = timezone.make_aware(datetime.combine(licence.last, time.max)) if licence else None
    yield Todo(
        "license",
        _("办学许可证"),
        str(seen.word),
        seen.sentence.partition("。")[0],
        _now("属地住建局"),
        reverse("institutions:people", args=[found.organization.pk]),
        _("查看"),
        due,
    )
