"""Who may make archive packages, and who may open them."""

from typing import Any

from zhupei.archives.models import Package
from zhupei.certificates.access import OFFICES
from zhupei.classes.models import TrainingClass
from zhupei.exams.access import may_invigilate, may_run
from zhupei.exams.models import Sitting
from zhupei.organizations.access import holds, oversees_prefecture
from zhupei.organizations.models import Role
from zhupei.practical.access import may_run as may_run_session
from zhupei.practical.models import Session


def may_make_for_class(user: Any, training_class: TrainingClass) -> bool:
    """The registrar who held the class, and the bureau of the place."""
    return holds(user, Role.REGISTRAR, training_class.organization) or oversees_prefecture(
        user, Role.REVIEWER, training_class.prefecture_id
    )


def may_make_for_sitting(user: Any, sitting: Sitting) -> bool:
    """The examiner who held the sitting, and the bureau of the place.

    Source: Measures, art. 20.
    """
    return may_run(user, sitting) or oversees_prefecture(user, Role.REVIEWER, sitting.prefecture_id)


def may_make_for_session(user: Any, session: Session) -> bool:
    """The examiner who held the practical exam, and the bureau of the place.

    Source: Measures, art. 20.
    """
    return may_run_session(user, session) or oversees_prefecture(
        user, Role.REVIEWER, session.prefecture_id
    )


def may_register(user: Any, sitting: Sitting) -> bool:
    """Those who run the sitting, and those who watch it.

    Source: Measures, art. 20 (sound and pictures of the assessment are kept).
    """
    return may_invigilate(user, sitting)


def may_open(user: Any, package: Package) -> bool:
    """Those who keep records or oversee them: a package names everybody who took part.

    Asked about packages the person may see (``visible_to``); so teachers see that one exists.
    """
    acting = getattr(user, "acting", None)
    return bool(acting and acting.role in OFFICES and package.pk)
