"""Files of items that wait for their import."""

from types import SimpleNamespace
from typing import Any

from tests.questions.formats.files import sample
from zhupei.core import longjobs
from zhupei.questions import actions
from zhupei.questions.actions import exchange
from zhupei.questions.models import QuestionSet

UNANSWERED = "\n\n七、单选题\n15. 没有答案的题？\nA. 甲\nB. 乙\n"


def for_the_site(world: SimpleNamespace, question_set: QuestionSet) -> dict[str, Any]:
    """A file with good and bad ones, and one that is being imported."""
    text = sample("word-inline.txt").decode() + UNANSWERED
    waits = actions.receive_text(question_set, by=world.gu, text=text)
    under_way = actions.receive_text(question_set, by=world.gu, text=text)
    url = exchange.progress_url(question_set, under_way)
    longjobs.ask("导入试题", by=world.gu, total=14, url=url)
    return {"question_file": waits, "question_import": under_way}
