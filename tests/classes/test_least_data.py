"""What rosters often hold and nobody needs: it is not taken in."""

from datetime import date
from io import BytesIO

import pytest

from tests import make
from zhupei.classes import roster
from zhupei.classes.roster import NOT_COLLECTED


@pytest.mark.parametrize("column", ["民族", "政治面貌", "宗教信仰", "家庭住址", "健康状况"])
def test_a_column_nobody_needs_is_left_out_and_said(column):
    lines = [
        f"姓名,证件号码,手机号,{column}",
        f"热依汗,{make.id_number(9)},13900008888,不该收的内容",
    ]

    reading = roster.read(BytesIO("\n".join(lines).encode()), on=date(2026, 3, 18))

    assert column in NOT_COLLECTED
    assert reading.columns_not_collected == [column]
    (row,) = reading.good
    assert "不该收的内容" not in str(row)
