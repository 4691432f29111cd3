"""Certificates whose ground gave way: the clock marks them, people decide."""

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhupei.certificates import actions
from zhupei.certificates.models import Certificate
from zhupei.core import messages
from zhupei.organizations.models import Organization, Role
from zhupei.organizations.offices import holders


@transaction.atomic
def flag_unfounded() -> int:
    """Mark the certificates whose mark was taken away or corrected to a failing one since, and
    tell their issuer, who decides; how many. The clock's deed: it may run twice.

    Source: Measures, art. 18 (certificates follow a passed assessment).
    """
    rows = (
        Certificate.objects.select_for_update(of=("self",))
        .unfounded()
        .filter(review_since__isnull=True)
    )
    issuers = set(rows.values_list("organization", flat=True))
    words = str(_("所依据的考核成绩已更正或被认定无效，发证单位正在核查"))
    title = str(_("您的培训合格证明正在复核，复核期间仍然有效"))
    count = actions.mark_reviewed(rows, timezone.now(), words, title, by=None)
    if count:
        told = holders(Role.EXAMINER, Organization.objects.filter(pk__in=issuers))
        ask = str(_("有证书所依据的成绩已更正或无效，请决定是否撤销"))
        messages.tell(told, ask, url=reverse("certificates:index"))
    return count
