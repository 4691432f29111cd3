"""Looking at an item with its key: every look is an event."""

from django.db import transaction

from zhupei.analysis.events import AnalysisEvent
from zhupei.analysis.models import ItemFigures
from zhupei.core import audit
from zhupei.core.errors import NotAllowed
from zhupei.organizations.access import regulates
from zhupei.people.models import User


@transaction.atomic
def look(item: ItemFigures, *, by: User) -> None:
    """Somebody is about to see the item, its key and its figures. Raises NotAllowed."""
    if not regulates(by):
        raise NotAllowed("not_allowed", "试题和答案只有题库管理员能看。")
    audit.record(AnalysisEvent.ITEM_VIEWED, item.study, by=by, item=item.version_id)
