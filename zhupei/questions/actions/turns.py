"""Whom to ask: the experts of the association in turn, never an author."""

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from zhupei.core import parameters, workdays
from zhupei.organizations.models import Kind, Organization, Role
from zhupei.organizations.offices import holders, regulators
from zhupei.people.models import User
from zhupei.questions.models import Decision, Keyholder, Opinion, Outcome, QuestionSet, Review
from zhupei.questions.parameters import REVIEW_WORKDAYS
from zhupei.questions.rules import Load, in_turn


def experts_of_all() -> QuerySet[User]:
    """The experts named by the association."""
    return holders(Role.EXPERT, Organization.objects.filter(kind=Kind.ASSOCIATION))


def experts(question_set: QuestionSet) -> list[User]:
    """Who may be asked about items of this set; in a sealed one only those named on it."""
    return list(_named(experts_of_all(), question_set).order_by("pk"))


def openers(question_set: QuestionSet) -> QuerySet[User]:
    """Those of the region who may open its items; of a sealed one only those named on it."""
    return _named(regulators(), question_set)


def _named(people: QuerySet[User], question_set: QuestionSet) -> QuerySet[User]:
    if not question_set.is_sealed:
        return people
    named = Keyholder.objects.holding().filter(question_set=question_set)
    return people.filter(pk__in=named.values("user"))


class Turns:
    """The experts of a set with what each has had to read; kept while several items are given
    out, so that a batch is shared fairly.
    """

    def __init__(self, question_set: QuestionSet) -> None:
        days = parameters.value(REVIEW_WORKDAYS)
        self.due_at = workdays.deadline(timezone.now(), days)
        self.people = {user.pk: user for user in experts(question_set)}
        waiting = Q(decision=Decision.NONE, review__outcome=Outcome.OPEN)
        counts = (
            Opinion.objects.filter(expert__in=self.people)
            .values("expert")
            .annotate(ever=Count("pk"), waiting=Count("pk", filter=waiting))
            .order_by()
        )
        self.loads = dict.fromkeys(self.people, Load(0, 0))
        for row in counts:
            self.loads[row["expert"]] = Load(row["waiting"], row["ever"])

    def next(self, barred: set[int], wanted: int) -> list[User]:
        """The next ``wanted`` that are not ``barred``; fewer where there are not so many."""
        chosen = in_turn(self.loads, barred, wanted)
        for key in chosen:
            load = self.loads[key]
            self.loads[key] = Load(load.waiting + 1, load.ever + 1)
        return [self.people[key] for key in chosen]


def barred(review: Review) -> set[int]:
    """Who may not read: whoever wrote any version of the item or its case, who was asked."""
    version = review.version
    found = set(review.opinions.values_list("expert", flat=True))
    found |= {one.author_id for one in version.item.versions.all() if one.author_id}
    if version.case and version.case.author_id:
        found.add(version.case.author_id)
    return found
