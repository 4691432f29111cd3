"""Articles the catalogue begins with. None is compared with its text yet: the pages say so until
the legal office enters the day it did.
"""

import csv
from pathlib import Path

from zhupei.oversight.models import LegalBasis

FILE = Path(__file__).with_name("legal_bases.csv")


def load_legal_bases() -> int:
    """Enter the articles that are missing; return how many there are in the file."""
    with FILE.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    LegalBasis.objects.bulk_create([LegalBasis(**row) for row in rows], ignore_conflicts=True)
    return len(rows)
