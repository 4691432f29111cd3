"""What a draw has to be, as functions of plain values: frames as texts, weights as tickets, a
sample and its inspectors from a public seed.
"""

from zhupei.inspections.rules.pairing import (
    TooFew,
    alias,
    crew,
    pair,
    salt,
    short_of_people,
    successor,
)
from zhupei.inspections.rules.plans import (
    Planned,
    percent_fault,
    plan_faults,
    sample_size,
    seed_is_safe,
)
from zhupei.inspections.rules.sampling import (
    best_ticket,
    digest,
    opens,
    sample,
    seed_of,
)
from zhupei.inspections.rules.texts import (
    Candidate,
    Person,
    clean,
    lineups_text,
    objects_text,
    read_lineups,
    read_objects,
    terms_text,
)
from zhupei.inspections.rules.weights import Figures, Record, Weight, weigh

__all__ = [
    "Candidate",
    "Figures",
    "Person",
    "Planned",
    "Record",
    "TooFew",
    "Weight",
    "alias",
    "best_ticket",
    "clean",
    "crew",
    "digest",
    "lineups_text",
    "objects_text",
    "opens",
    "pair",
    "percent_fault",
    "plan_faults",
    "read_lineups",
    "read_objects",
    "salt",
    "sample",
    "sample_size",
    "seed_is_safe",
    "seed_of",
    "short_of_people",
    "successor",
    "terms_text",
    "weigh",
]
