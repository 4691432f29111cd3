"""Pictures somebody sends while writing: kept at once, so that nobody chooses a file twice."""

from pathlib import PurePath

from django.core.files.base import File
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from zhupei.core import files
from zhupei.core.errors import NotAllowed, Refused
from zhupei.core.models import StoredFile
from zhupei.people.models import User
from zhupei.questions import words
from zhupei.questions.access import may_author
from zhupei.questions.models import QuestionSet

SUFFIXES = frozenset({".jpg", ".jpeg", ".png"})
LIMIT = 3 * files.MEGABYTE


@transaction.atomic
def keep(question_set: QuestionSet, upload: File[bytes], *, by: User) -> StoredFile:
    """Store a picture. Raises NotAllowed; Refused "picture_kind" and what ``files`` refuses."""
    if not may_author(by, question_set):
        raise NotAllowed("not_allowed", _("只有题库专家和题库管理员能在这个题库里写题。"))
    if PurePath(upload.name or "").suffix.lower() not in SUFFIXES:
        raise Refused("picture_kind", words.FAULTS["picture_kind"], field="pictures")
    return files.accept(upload, by=by, limit=LIMIT)
