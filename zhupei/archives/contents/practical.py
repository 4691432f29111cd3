"""一场一档 of a practical exam: rubric, turns, every tap, evidence, marks, events.

What is on record is said by ``practical.dossier``; here it becomes files, and people are named as
packages name them.

Source: Measures, art. 20 (time, place, content, people, results); project register of facts, §5.
"""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from django.db.models import Sum

from zhupei.archives import recompute_marks
from zhupei.archives.contents import evidence, judgement, papers, patrols
from zhupei.archives.contents.evidence import Piece
from zhupei.archives.contents.papers import Files
from zhupei.core import bag
from zhupei.people.models import Person
from zhupei.practical import dossier
from zhupei.practical.models import Picture, Session

REQUIRED = (
    "考核计划.json",
    recompute_marks.RUBRIC,
    recompute_marks.FIGURES,
    recompute_marks.TURNS,
    recompute_marks.SHEETS,
    recompute_marks.TAPS,
    "评分.csv",
    dossier.PICTURES,
    patrols.LOOKS,
    bag.EVENTS,
)


def gather(session: Session) -> Files:
    """Every file of the package, the register of files last."""
    found = dossier.of(session)
    own = [Piece(*piece) for piece in found.pieces]
    packed = evidence.pack([*own, *judgement.pieces(session), *patrols.pieces(session)])
    heads, rows = found.tables[dossier.PICTURES]
    places = [packed.where(file) for _folder, file, _url in found.pieces]
    pictures = ((*heads, "存放"), [(*row, place) for row, place in zip(rows, places, strict=True)])
    tables = {**found.tables, dossier.PICTURES: pictures}
    return papers.with_properties(
        papers.with_register(
            {
                "考核计划.json": papers.as_json(dict(found.plan)),
                "考核计划.txt": papers.as_text(found.plan),
                "考核经过.csv": papers.sentences(session),
                **{name: papers.as_json(said) for name, said in found.documents.items()},
                **judgement.followed(session, packed),
                **patrols.gather(session, packed),
                **{name: _table(*table) for name, table in tables.items()},
                recompute_marks.NAME: Path(recompute_marks.__file__).read_bytes(),
                **packed.files,
                bag.EVENTS: papers.events([*found.subjects, *judgement.doubts(session)]),
            }
        ),
        required=REQUIRED,
    )


def _table(heads: Sequence[str], rows: Iterable[Sequence[Any]]) -> bytes:
    """A person is one column of the dossier and three of a package."""
    wide = [
        column
        for head in heads
        for column in (papers.PEOPLE if head == dossier.CANDIDATE else (head,))
    ]
    return papers.as_csv(wide, [_row(row) for row in rows])


def _row(row: Sequence[Any]) -> list[Any]:
    return [
        value
        for cell in row
        for value in (papers.who(cell) if isinstance(cell, Person) else (cell,))
    ]


def size_of_files(session: Session) -> int:
    """The bytes of all evidence."""
    pictures = Picture.objects.filter(sheet__session=session)
    return pictures.aggregate(sum=Sum("file__size"))["sum"] or 0
