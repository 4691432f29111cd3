"""Who must not be sent where: whoever has, or lately had, a tie with a body that is looked at.

Source: Measures, art. 6; 优化营商环境条例第54条 (利害关系回避).
"""

from collections.abc import Collection
from datetime import date

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from zhupei.organizations.models import Interest, Membership, Organization
from zhupei.patrols import subjects
from zhupei.patrols.models import Duty
from zhupei.people.models import User


def of(duties: Collection[Duty], people: Collection[User], day: date) -> dict[int, dict[int, str]]:
    """The people who must stay away from each of these duties on ``day``, with the reason in
    words: by duty, then by person.
    """
    concerned = subjects.institutions_of(duties)
    bodies = set().union(*concerned.values())
    known = {one.pk: one for one in people}
    pairs = Interest.objects.between(list(known), bodies, day)
    if not pairs:
        return {duty: {} for duty in concerned}
    names = dict(
        Organization.objects.filter(pk__in={body for _user, body in pairs}).values_list(
            "pk", "name"
        )
    )
    ties = _ties({user for user, _body in pairs}, bodies)
    said = {
        (user, body): _("%(person)s %(tie)s“%(body)s”，应当回避。")
        % {
            "person": known[user],
            "tie": ties.get((user, body), _("与被检查单位有利害关系：")),
            "body": names[body],
        }
        for user, body in sorted(pairs)
    }
    return {
        duty: {user: words for (user, body), words in said.items() if body in theirs}
        for duty, theirs in concerned.items()
    }


def _ties(users: Collection[int], bodies: Collection[int]) -> dict[tuple[int, int], str]:
    """What ties them, in words: what they declared comes before what they hold."""
    found: dict[tuple[int, int], str] = {}
    both = Q(user__in=users, organization__in=bodies)
    for membership in Membership.objects.filter(both).order_by("since"):
        key = (membership.user_id, membership.organization_id)
        found[key] = _employed(membership.until)
    for interest in Interest.objects.filter(both).order_by("since"):
        key = (interest.user_id, interest.organization_id)
        if interest.kind == "employed":
            found[key] = _employed(interest.until)
        else:
            found[key] = _("申报过“%(kind)s”：") % {"kind": interest.get_kind_display()}
    return found


def _employed(until: date | None) -> str:
    if until is None or until >= timezone.localdate():
        return _("现在任职于")
    return _("%(month)s 前任职于") % {"month": f"{until:%Y-%m}"}
