"""Builders of teachers: each walks an application there by its verbs."""

from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

from django.core.files.base import ContentFile
from django.utils import timezone

from tests import make
from zhupei.organizations.models import Organization
from zhupei.people.models import User
from zhupei.teachers import actions
from zhupei.teachers.actions import roster
from zhupei.teachers.models import Qualification, Study, Teacher


def scan(name: str = "证书.pdf") -> ContentFile[bytes]:
    return ContentFile(b"%PDF-1.7 " + name.encode(), name)


def drafted(world: SimpleNamespace, name: str = "热依汗·买买提", **fields: Any) -> Teacher:
    """Proposed by Aygul, for 土建施工员, still without evidence."""
    said = {"title": "工程师", "rank": "intermediate", "education": "本科", "trades": [make.job()]}
    person = make.person(name)
    return actions.propose(person, by=world.aygul, organization=world.school, **(said | fields))


def proven(world: SimpleNamespace, name: str = "热依汗·买买提", **fields: Any) -> Teacher:
    """The same with the evidence her trades ask for."""
    teacher = drafted(world, name, **fields)
    qualification(teacher, by=world.aygul, trades=list(teacher.trades.all()))
    return teacher


def qualification(teacher: Teacher, *, by: User, **fields: Any) -> Qualification:
    said = {
        "kind": "title",
        "name": "工程师职称证书",
        "number": "ZC2020-118",
        "issued_on": date(2020, 6, 1),
        "trades": [make.job()],
        "file": scan(),
    }
    return actions.add_qualification(teacher, by=by, **(said | fields))


def applied(world: SimpleNamespace, name: str = "热依汗·买买提", **fields: Any) -> Teacher:
    return actions.submit(proven(world, name, **fields), by=world.aygul)


def admitted(world: SimpleNamespace, name: str = "热依汗·买买提", **fields: Any) -> Teacher:
    return actions.admit(applied(world, name, **fields), by=world.song)


def engaged(
    world: SimpleNamespace, teacher: Teacher, school: Organization, by: User, **fields: Any
) -> Any:
    """With every paper a full file has."""
    today = timezone.localdate()
    said = {
        "full_time": False,
        "since": today - timedelta(days=30),
        "contract_until": today + timedelta(days=300),
        "contract": scan("聘书.pdf"),
        "insured_until": today + timedelta(days=100),
        "insurance": scan("社保.pdf"),
    }
    return actions.engage(teacher, school, by=by, **(said | fields))


def study(teacher: Teacher, *, by: User, **fields: Any) -> Study:
    today = timezone.localdate()
    said = {
        "title": "装配式建筑施工技术研修班",
        "host": "自治区建设教育协会",
        "starts_on": today - timedelta(days=4),
        "ends_on": today - timedelta(days=2),
        "seconds": 24 * 2700,
        "file": scan("结业证明.pdf"),
    }
    return actions.add_study(teacher, by=by, **(said | fields))


# For tests/test_site.py: whose the pages are, and what stands in for the blanks of an address.
SITE_PEOPLE = {
    "teachers": "aygul",
    "teachers:shared": "song",
    "teachers:studies": "song",
    "teachers:send_back": "song",
    "teachers:confirm_study": "song",
    "teachers:mine": "adil",
    "teachers:apply": "adil",
}
SITE_OBJECTS = {
    "teachers": {"pk": "drafted_teacher", "name": "submit", "key": "teacher_roster"},
    **{
        f"teachers:{name}": {"pk": thing}
        for thing, names in {
            "evidence": ("scan", "attach", "remove_evidence"),
            "engagement": ("renew", "end", "contract", "insurance"),
            "study": ("proof", "confirm_study", "remove_study"),
            "applied_teacher": ("send_back",),
            "pooled_teacher": ("engage",),
        }.items()
        for name in names
    },
    "classes:teacher_calendar": {"pk": "drafted_teacher"},
}


def for_the_site(world: SimpleNamespace) -> dict[str, Any]:
    """One of each thing of the pool, all of them Aygul's."""
    teacher = drafted(world)
    head = "姓名,身份证号,手机号,任教工种"
    row = f"帕提古丽,{make.id_number(996)},13900008889,SGY-TJ"
    upload = ContentFile(f"{head}\n{row}".encode(), "教师花名册.csv")
    return {
        "drafted_teacher": teacher,
        "evidence": qualification(teacher, by=world.aygul),
        "applied_teacher": applied(world, "赵国庆"),
        "pooled_teacher": make.teacher("买合木提"),
        "engagement": engaged(world, make.teacher("王海燕"), world.school, world.aygul),
        "study": study(world.teacher, by=world.ma),
        "teacher_roster": roster.receive(world.school, by=world.aygul, upload=upload),
    }
