"""The whole story, acted out through the real pages: a week ago a class is planned, for three days
it is taught, today it is examined, certified and archived.
"""

from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.utils import timezone

from tests import make, make_officials
from tests.browser.acts import exam, joining, papers, plan, room, rules
from tests.browser.stage import Stage, noon
from zhupei.classes.models import Lesson
from zhupei.people.models import User

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


def test_from_a_syllabus_to_a_certificate_anyone_can_verify(stage: Stage, hot, worker, tmp_path):
    world = make_officials.add(make.world())
    now = timezone.now().replace(second=0, microsecond=0)

    stage.be(noon(stage.day(-6)))
    rules.publish_a_syllabus(stage, world, effective=stage.day(-30))
    rules.import_questions(stage, world)
    taught = a_class_is_planned(stage, world)
    aynur, mayra, zhu = three_join(stage, world, taught)
    the_class_is_taught(stage, world, taught, aynur, mayra)

    stage.be(now - timedelta(minutes=40))
    sitting = exam.plan(stage, world, starts_at=now)
    exam.seat(stage, world, eligible=[aynur, mayra], barred=zhu)
    stage.be_now()
    exam.sit_with_a_bad_network(stage, aynur)
    exam.sit_with_the_keyboard(stage, mayra)
    exam.hand_in(stage, aynur, "95 分")
    exam.release(stage, world, sitting)

    certificates_are_issued_and_one_is_revoked(stage, world, aynur, mayra)
    archives_and_record_prove_themselves(stage, world, taught, tmp_path)


def a_class_is_planned(stage: Stage, world: SimpleNamespace) -> int:
    taught = plan.draft_a_class(stage, world, first=stage.day(-3), last=stage.day(-1))
    plan.lay_out_the_timetable(stage, world)
    plan.invite_by_roster(stage, world, "报名花名册.xlsx", good=18)
    plan.submit(stage, world, taught)
    plan.send_back(stage, world)
    plan.correct(stage, world, taught)
    plan.approve(stage, world, taught)
    return taught


def three_join(stage: Stage, world: SimpleNamespace, taught: int) -> tuple[User, User, User]:
    """One from the catalogue, two by invitation; another one joins and leaves."""
    aynur = joining.register_from_the_catalogue(
        stage, "阿依努尔·艾合买提", make.id_number(801), "13912345678"
    )
    mayra, yerken, zhu = map(joining.account, ["玛依拉·买买提", "叶尔肯·买买提", "朱雪梅"])
    link = joining.confirm_invitation(stage, mayra)
    joining.find_nothing_there(stage, world.sun, link)
    joining.confirm_invitation(stage, yerken)
    joining.withdraw(stage, yerken)
    joining.confirm_invitation(stage, zhu)
    joining.stand_in_the_roster(stage, world, taught)
    return aynur, mayra, zhu


def the_class_is_taught(
    stage: Stage, world: SimpleNamespace, taught: int, aynur: User, mayra: User
) -> None:
    lessons = list(Lesson.objects.filter(training_class=taught).order_by("starts_at"))
    room.attend(stage, world, lessons, scans=aynur, types=mayra)
    room.correct(stage, world, lessons[0], mayra)
    room.read_hours(stage, mayra, "24 学时")
    stage.be(noon(stage.day(-1)) + timedelta(hours=8))
    room.finish(stage, world, taught)


def certificates_are_issued_and_one_is_revoked(
    stage: Stage, world: SimpleNamespace, aynur: User, mayra: User
) -> None:
    papers.issue(stage, world, count=2)
    papers.verify_signature(papers.download(stage, aynur))
    papers.check(stage, aynur, "证书有效", "土建施工员", name="verify-valid")
    papers.revoke(stage, world, aynur, reason="考核违规", note="替考，经监考录像核实。")
    papers.check(stage, aynur, "证书已撤销", "考核违规", name="verify-revoked")
    papers.check(stage, mayra, "证书有效", name="verify-other")


def archives_and_record_prove_themselves(
    stage: Stage, world: SimpleNamespace, taught: int, folder: Path
) -> None:
    of_class = papers.archive(stage, world.aygul, "class-archive")
    papers.verify_package(of_class, folder / "class")
    of_sitting = papers.archive(stage, world.chen, "sitting-archive")
    papers.verify_package(of_sitting, folder / "sitting")
    papers.the_record_is_whole()
    papers.altering_it_is_found(f"classes.trainingclass/{taught}")
