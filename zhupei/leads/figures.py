"""How often each rule was right: counted from what people judged, shown to everybody who works
here. Answers too alike are judged in ``analysis``; they are counted beside ours, not copied.
"""

from typing import Any

from django.db.models import Count

from zhupei.analysis.models import Lead as Alike
from zhupei.leads.definitions import DEFINITIONS
from zhupei.leads.models import Lead, State
from zhupei.leads.parameters import figures
from zhupei.leads.rules import precision


def rules() -> list[dict[str, Any]]:
    """Each rule with its figures of today and how it fared; two questions."""
    tally, known = Lead.objects.tally(), figures()
    return [
        {
            "definition": definition,
            "on": known.on(rule),
            "figures": [
                {
                    "label": one.label,
                    "value": f"{known.of(one)} {one.unit}",
                    "key": one.key,
                }
                for one in definition.figures
            ],
            **_fared(tally.get(rule, {})),
        }
        for rule, definition in DEFINITIONS.items()
    ]


def alike() -> dict[str, Any]:
    """The same of answers too alike."""
    counted = Alike.objects.order_by().values_list("state").annotate(n=Count("pk"))
    return _fared(dict(counted))


def _fared(states: dict[str, int]) -> dict[str, Any]:
    confirmed, dismissed = states.get(State.CONFIRMED, 0), states.get(State.DISMISSED, 0)
    share = precision(confirmed, dismissed)
    return {
        "open": states.get(State.OPEN, 0),
        "confirmed": confirmed,
        "judged": confirmed + dismissed,
        "percent": None if share is None else round(100 * share),
    }
