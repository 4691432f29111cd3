"""Going on in another class of the same syllabus, with the hours earned so far.

Source: Measures, art. 11 (people choose the institution and the class freely).
"""

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils.translation import gettext_lazy as _

from zhupei.classes.actions import places, waiting
from zhupei.classes.models import Enrolment, State, TrainingClass
from zhupei.classes.workflow import ENROLMENT
from zhupei.core.errors import Refused
from zhupei.people.models import User


def options(enrolment: Enrolment) -> QuerySet[TrainingClass]:
    """The classes somebody could change into: the same syllabus, open, with a place left."""
    mine = enrolment.training_class
    same = TrainingClass.objects.open_to_late_comers().filter(syllabus=mine.syllabus_id)
    others = same.exclude(pk=mine.pk).exclude(
        enrolments__person=enrolment.person_id, enrolments__state="enrolled"
    )
    return others.with_places().filter(seats__gt=F("taken") + F("kept")).order_by("starts_on", "pk")


@transaction.atomic
def transfer(enrolment: Enrolment, to: TrainingClass, *, by: User) -> Enrolment:
    """Leave one class for another in one deed: a refusal leaves everything as it was.

    Raises Refused "transfer_to_itself", "other_syllabus", "class_over" or what a sign-up refuses.
    """
    person = places.learner(by)
    keys = sorted({enrolment.training_class_id, to.pk})  # everybody takes the rows in this order
    found = TrainingClass.objects.select_for_update().filter(pk__in=keys).order_by("pk")
    rows = {row.pk: row for row in found}
    old, new = rows[enrolment.training_class_id], rows[to.pk]
    _refuse(old, new)
    left = ENROLMENT.move(enrolment, "transfer", by=by, within=old, to=new.title)
    arrived = places.enrol(new, person, by=by, came_from=left)
    waiting.offer_next(old)
    return arrived


def _refuse(old: TrainingClass, new: TrainingClass) -> None:
    if old == new:
        raise Refused("transfer_to_itself", _("您已经在“%(thing)s”里。请选另一个班。"), thing=new)
    if old.syllabus_id != new.syllabus_id:
        raise Refused(
            "other_syllabus",
            _("“%(thing)s”用的是另一个大纲，已记的学时用不上。请选同一大纲的班。"),
            thing=new,
        )
    if old.state == State.FINISHED:
        raise Refused("class_over", _("“%(thing)s”已经结班，不能再转班。"), thing=old)
