"""Nobody judges a body they are tied to."""

from django.utils.translation import gettext_lazy as _

from zhupei.core.errors import NotAllowed
from zhupei.organizations.access import tied
from zhupei.organizations.models import Organization
from zhupei.people.models import User


def check_untied(by: User, organization: Organization) -> None:
    """Raises NotAllowed "recused" for somebody who declared a tie, or worked for the body."""
    if tied(by, organization):
        raise NotAllowed(
            "recused",
            _("您申报过与“%(name)s”的利害关系，或者在那里任过职，要回避。请换一位同事办理。"),
            name=organization.name,
        )
