"""Classes and learners."""

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from zhupei.bulletins.sections import shape
from zhupei.bulletins.sections.shape import Column, Counts, Scope, Section
from zhupei.classes.events import ClassEvent
from zhupei.classes.models import Enrolment, TrainingClass
from zhupei.core.models import Event


def classes(scope: Scope) -> Section:
    """Plans handed in, approved, returned; people who signed up; classes that ended."""
    submitted, approved, returned = (_decided(scope, verb) for verb in _VERBS)
    joined = _joined(scope)
    finished = _decided(scope, ClassEvent.FINISHED)
    before = shape.total(_decided(scope.earlier, ClassEvent.APPROVED))
    made = shape.table(
        scope,
        _("开班与培训"),
        [
            Column(_("提交计划"), submitted),
            Column(_("通过"), approved),
            Column(_("退回补正"), returned),
            Column(_("报名人次"), joined),
            Column(_("结班"), finished),
        ],
        _("计划按提交、通过、退回的时间计入本期，同一计划退回后再提交各计一次；报名人次不含转班。"),
    )
    said = _(
        "%(where)s提交开班计划 %(submitted)d 个，通过 %(approved)d 个（%(against)s），"
        "退回补正 %(returned)d 次；"
        "%(joined)d 人次报名参训，%(finished)d 个班结班。"
    ) % {
        "where": scope.where,
        "submitted": shape.total(submitted),
        "approved": shape.total(approved),
        "against": shape.against(shape.total(approved), before, scope.kind),
        "returned": shape.total(returned),
        "joined": shape.total(joined),
        "finished": shape.total(finished),
    }
    quiet = "、".join(row["name"] for row in made["rows"] if not row["cells"][0])
    idle = _("%(places)s没有提交开班计划。") % {"places": quiet} if scope.whole and quiet else ""
    return Section(
        "classes",
        _("开班与培训"),
        [said, idle],
        [made],
        shape.bars(made, 3),
        reverse("classes:index"),
    )


_VERBS = (ClassEvent.SUBMITTED, ClassEvent.APPROVED, ClassEvent.RETURNED)


def _decided(scope: Scope, verb: str) -> Counts:
    """Deeds of this kind on classes of the area, by place."""
    deeds = Event.objects.filter(scope.during("at"), verb=verb)
    times: dict[int, int] = {}
    for subject in deeds.values_list("subject", flat=True):
        key = int(subject.rpartition("/")[2])
        times[key] = times.get(key, 0) + 1
    counts: dict[object, int] = {}
    path = "prefecture" if scope.whole else "organization"
    for key, place in _classes(scope).filter(pk__in=times).values_list("pk", path):
        counts[place] = counts.get(place, 0) + times[key]
    return counts


def _classes(scope: Scope) -> QuerySet[TrainingClass]:
    return TrainingClass.objects.filter(scope.within("prefecture"))


def _joined(scope: Scope) -> Counts:
    rows = Enrolment.objects.filter(scope.during("enrolled_at"), came_from=None)
    return scope.count(
        rows,
        prefecture="training_class__prefecture",
        organization="training_class__organization",
    )
