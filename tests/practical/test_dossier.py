"""What an archive is given of a session: facts, tables, files, subjects of the record."""

from decimal import Decimal

import pytest

from tests import make_practical
from zhupei.practical import dossier
from zhupei.practical.models import Session

pytestmark = pytest.mark.django_db


def test_a_dossier_lets_every_total_be_counted_again(world):
    made = make_practical.for_the_site(world)
    session = Session.objects.get(pk=made["practical_session"].pk)
    found = dossier.of(session)

    heads, rows = found.tables["评分.csv"]
    given = [dict(zip(heads, row, strict=True)) for row in rows]
    for sheet in session.sheets.all():
        mine = [one["得分"] for one in given if one["第几人"] == sheet.place]
        assert sum(mine, Decimal(0)) == sheet.total
    assert dict(found.plan)["合格线"] == "60.00"
    assert found.documents["评分表.json"] == session.rubric.content
    [(folder, file, _url)] = found.pieces
    assert (folder, file) == ("取证", made["picture"].file)
    for heads, rows in found.tables.values():
        assert rows
        assert all(len(row) == len(heads) for row in rows)
    assert session in found.subjects
