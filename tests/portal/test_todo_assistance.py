"""What waits because of help given to counties."""

from tests import make_assistance
from zhupei.assistance.actions import help as assistance
from zhupei.portal.todo import todos


def kinds(user) -> list[str]:
    return [str(line.kind) for line in todos(user)]


def test_help_waits_where_it_was_given_and_then_for_who_gave_it(world):
    row = make_assistance.submitted(world)
    line = next(line for line in todos(world.far_reviewer) if line.kind == "帮扶确认")
    assert (line.title, line.due) == (row.title, row.due_at)
    assert "帮扶确认" not in kinds(world.li) + kinds(world.gu)

    assistance.send_back(row, by=world.far_reviewer, note="缺签字")

    assert "帮扶退回" in kinds(world.aygul)
    assert "帮扶确认" not in kinds(world.far_reviewer)
