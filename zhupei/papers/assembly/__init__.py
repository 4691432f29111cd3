"""Choosing the items of parallel forms: a mixed-integer programme, solved by HiGHS.

Pure: plain values in, plain values out; no database, and no clock but the solver's own limit. The
mechanism is told in docs/mechanisms/assembly.md.
"""

from zhupei.papers.assembly.choosing import assemble
from zhupei.papers.assembly.plain import Asked, Assembled, Infeasible, Pick, Tolerance
from zhupei.papers.assembly.shortages import Shortage, What, most_forms, shortages

__all__ = [
    "Asked",
    "Assembled",
    "Infeasible",
    "Pick",
    "Shortage",
    "Tolerance",
    "What",
    "assemble",
    "most_forms",
    "shortages",
]
