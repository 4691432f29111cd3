"""The searches: one module a rule, each a function of a window of time and the figures in force.

A search only reads. What it returns names the facts it rests on by a key, so that whoever keeps
leads can tell a new one from one that was known.
"""

from collections.abc import Callable, Mapping

from zhupei.leads.finders import bursts, devices, identity, places, rolls, traces
from zhupei.leads.finders.shared import Found, Window
from zhupei.leads.models import Rule
from zhupei.leads.parameters import Figures

Search = Callable[[Window, Figures], list[Found]]

SEARCHES: Mapping[str, Search] = {
    Rule.TWO_PLACES: places.find,
    Rule.IDENTITY: identity.find,
    Rule.ONE_DEVICE: devices.find,
    Rule.BURST: bursts.find,
    Rule.ROLL_CALL: rolls.find,
    Rule.NO_TRACE: traces.find,
}

__all__ = ["SEARCHES", "Found", "Search", "Window"]
