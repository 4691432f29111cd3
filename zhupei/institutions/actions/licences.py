"""The licence to train: entered by the bureau that saw it."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from zhupei.core import audit
from zhupei.core.errors import NotAllowed, Refused
from zhupei.institutions.events import InstitutionEvent
from zhupei.institutions.models import Licence
from zhupei.organizations.access import oversees
from zhupei.organizations.models import Organization, Role
from zhupei.people.models import User
from zhupei.syllabus.models import Job


@transaction.atomic
def enter_licence(
    organization: Organization,
    *,
    by: User,
    number: str,
    jobs: Iterable[Job],
    valid_from: date,
    valid_until: date,
) -> Licence:
    """The bureau enters a licence it has seen. Raises NotAllowed; Refused "licence_known".

    Source: Measures, art. 9.
    """
    if not oversees(by, Role.REVIEWER, organization):
        raise NotAllowed("not_allowed", _("办学许可证由属地住建局核对原件后登记。"))
    if Licence.objects.filter(number=number).exists():
        raise Refused("licence_known", _("这个许可证号已经登记过。"), field="number")
    licence = Licence.objects.create(
        organization=organization, number=number, valid_from=valid_from, valid_until=valid_until
    )
    licence.jobs.set(jobs)
    audit.record(
        InstitutionEvent.LICENCE_ENTERED,
        organization,
        by=by,
        number=number,
        valid_until=valid_until.isoformat(),
    )
    return licence
