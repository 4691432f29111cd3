"""What a package can be of, one line each: where it is found, when it is over, what goes in."""

from collections.abc import Callable
from typing import Any, NamedTuple

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from zhupei.archives import access, rules
from zhupei.archives.contents import assessment, practical, training
from zhupei.archives.contents.papers import Files
from zhupei.archives.models import Subject
from zhupei.classes.models import TrainingClass
from zhupei.exams.models import Sitting
from zhupei.practical.models import Session

MANY_PEOPLE = 60  # more of them, or more bytes of attachments, than a page should wait for
MANY_BYTES = 20 * 1024 * 1024

Thing = TrainingClass | Sitting | Session


class Kind(NamedTuple):
    """``page`` and ``make`` are names of addresses; ``newest`` is the field lists sort by."""

    subject: Subject
    model: Any
    beside: tuple[str, ...]
    page: str
    make: str
    newest: str
    may_make: Callable[[Any, Any], bool]
    is_over: Callable[[Any], bool]
    gather: Callable[[Any], Files]
    people: Callable[[Any], int]
    size: Callable[[Any], int]
    for_whom: str | Promise
    not_over: tuple[str, str | Promise]

    def is_large(self, thing: Any) -> bool:
        """Does making it take longer than a page should?"""
        return self.people(thing) > MANY_PEOPLE or self.size(thing) > MANY_BYTES


PLACE = ("organization", "prefecture", "division")

KINDS: dict[str, Kind] = {
    Subject.CLASS: Kind(
        Subject.CLASS,
        TrainingClass,
        (*PLACE, "syllabus__job", "room"),
        "classes:detail",
        "archives:make-class",
        "-ends_on",
        access.may_make_for_class,
        lambda one: rules.class_is_over(one.state, one.ends_on, timezone.localdate()),
        training.gather,
        lambda one: one.enrolments.count(),
        training.size_of_files,
        _("只有本班的教务员和属地住建局能归档。"),
        ("class_not_over", _("“%(thing)s”现在是“%(state)s”，结班或结课日期过后才能归档。")),
    ),
    Subject.SITTING: Kind(
        Subject.SITTING,
        Sitting,
        (*PLACE, "job", "room", "blueprint"),
        "exams:detail",
        "archives:make-sitting",
        "-starts_at",
        access.may_make_for_sitting,
        lambda one: rules.sitting_is_over(one.state),
        assessment.gather,
        lambda one: one.candidates.count(),
        lambda _one: 0,
        _("只有本场的考务员和属地住建局能归档。"),
        ("sitting_not_over", _("“%(thing)s”现在是“%(state)s”，考试结束并阅卷以后才能归档。")),
    ),
    Subject.SESSION: Kind(
        Subject.SESSION,
        Session,
        (*PLACE, "rubric__job", "room"),
        "practical:session",
        "archives:make-session",
        "-opens_at",
        access.may_make_for_session,
        lambda one: rules.sitting_is_over(one.state),
        practical.gather,
        lambda one: one.turns.count(),
        practical.size_of_files,
        _("只有本场的考务员和属地住建局能归档。"),
        ("session_not_over", _("“%(thing)s”现在是“%(state)s”，评分结束以后才能归档。")),
    ),
}
BY_MODEL = {kind.model: kind for kind in KINDS.values()}


def kind_of(thing: Thing) -> Kind:
    """The line of this very thing."""
    return BY_MODEL[type(thing)]
