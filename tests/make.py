"""Builders: the shortest legal way to get a thing in a given state.

A builder takes the world as it is (models) or walks it there (actions); it never writes a state
column behind the workflow's back.
"""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from itertools import count
from types import SimpleNamespace
from typing import Any

from stdnum.iso7064 import mod_11_2

from zhupei.core.crypto import blind_index
from zhupei.core.models import ParameterValue
from zhupei.core.parameters import Parameter
from zhupei.institutions.models import Admission, Licence, Room, StaffMember
from zhupei.organizations.models import Division, Kind, Membership, Organization, Role
from zhupei.people.models import Person, User
from zhupei.questions.contents import Content, said
from zhupei.questions.models import Item, ItemVersion, QuestionSet
from zhupei.syllabus.models import Category, Job, Syllabus, Unit
from zhupei.teachers.models import Engagement, Teacher
from zhupei.venues.models import Designation, ExamRoom, Seat, Site

number = count(1)
LONG_AGO = date(2020, 1, 1)
FAR_OFF = date(2035, 12, 31)
PASSWORD = "zhupei-8888"


def id_number(serial: int, born: date = date(1990, 5, 20)) -> str:
    """A number no person has (area 650000) with the right check digit."""
    body = f"650000{born:%Y%m%d}{serial % 1000:03d}"
    return body + mod_11_2.calc_check_digit(body)


def person(name: str = "", **fields: Any) -> Person:
    n = next(number)
    # Serials from 700 on are for who is named in a test; a whole run makes more than 14,000.
    born = date(1980 + n // 700 % 20, 1 + n // 14_000 % 12, 21)
    identity = fields.pop("id_number", None) or id_number(n % 700, born)
    phone = fields.pop("phone", f"139{n:08d}")
    return Person.objects.create(
        name=name or f"学员{n}",
        id_number=identity,
        id_index=blind_index(identity, purpose="id_number"),
        id_last_four=identity[-4:],
        birth_date=date(int(identity[6:10]), int(identity[10:12]), int(identity[12:14])),
        phone=phone,
        phone_index=blind_index(phone, purpose="phone"),
        **fields,
    )


def member(name: str, role: Role, organization: Organization) -> User:
    user = User.objects.create_user(f"user{next(number)}", PASSWORD, name=name)
    Membership.objects.create(user=user, organization=organization, role=role, since=LONG_AGO)
    return user


def learner(name: str = "", **fields: Any) -> User:
    who = person(name, **fields)
    return User.objects.create_user(f"learner{who.pk}", PASSWORD, name=who.name, person=who)


def divisions() -> None:
    Division.objects.bulk_create(
        [
            Division(code="650000", name="新疆维吾尔自治区", short_name="全区", level="region"),
            Division(
                code="652300",
                name="昌吉回族自治州",
                short_name="昌吉州",
                level="prefecture",
                parent_id="650000",
            ),
            Division(
                code="652301",
                name="昌吉市",
                short_name="昌吉市",
                level="county",
                parent_id="652300",
            ),
            Division(
                code="653100",
                name="喀什地区",
                short_name="喀什",
                level="prefecture",
                parent_id="650000",
            ),
            Division(
                code="653101",
                name="喀什市",
                short_name="喀什市",
                level="county",
                parent_id="653100",
            ),
        ],
        ignore_conflicts=True,
    )


def organization(kind: Kind, name: str, division: str) -> Organization:
    place = Division.objects.get(code=division)
    prefecture = {"region": None, "prefecture": place, "county": place.parent}[place.level]
    made = Organization.objects.create(
        kind=kind, name=name, division=place, prefecture=prefecture, complaint_phone="0994-2345678"
    )
    if kind == Kind.INSTITUTION:
        Admission.objects.create(organization=made, state="active", admitted_on=LONG_AGO)
    return made


def job(code: str = "SGY-TJ", name: str = "土建施工员") -> Job:
    return Job.objects.get_or_create(
        code=code, defaults={"name": name, "category": Category.SITE_POST}
    )[0]


def published_syllabus(version: str = "2026.1") -> Syllabus:
    """24 hours: ethics 4, plans 8, work on site 12 (4 of them practice)."""
    syllabus = Syllabus.objects.create(
        job=job(), version=version, effective_from=LONG_AGO, state="published"
    )
    hours = [("职业道德与法规", 4, 0), ("识图与构造", 8, 0), ("施工工艺与管理", 8, 4)]
    Unit.objects.bulk_create(
        Unit(
            syllabus=syllabus,
            position=n,
            title=title,
            theory_hours=theory,
            practice_hours=practice,
            is_ethics=n == 1,
        )
        for n, (title, theory, practice) in enumerate(hours, 1)
    )
    return syllabus


def published_questions(items: int = 30) -> QuestionSet:
    questions = QuestionSet.objects.create(job=job(), title="土建施工员题库", state="published")
    kinds = [
        ("single", ["一", "二", "三", "四"], "B"),
        ("multiple", ["一", "二", "三", "四"], "ABD"),
        ("judge", ["正确", "错误"], "A"),
    ]
    contents = [
        Content(kind=kind, options=options, key=key, stem=f"第 {n} 题")
        for n, (kind, options, key) in ((n, kinds[n % 3]) for n in range(items))
    ]
    items_in_force(questions, contents)
    return questions


def items_in_force(questions: QuestionSet, contents: Sequence[Content]) -> list[ItemVersion]:
    """Items in use that nobody wrote and nobody read, as those of an older bank are."""
    items = Item.objects.bulk_create(Item(question_set=questions) for _content in contents)
    versions = ItemVersion.objects.bulk_create(
        ItemVersion(item=item, number=1, state="published", **said(content))
        for content, item in zip(contents, items, strict=True)
    )
    for item, version in zip(items, versions, strict=True):
        Item.objects.filter(pk=item.pk).update(current=version, latest=version, state="published")
    return versions


def teacher(name: str, *organizations: Organization) -> Teacher:
    """In the pool, for 土建施工员; full-time at the first of ``organizations``."""
    found = Teacher.objects.create(
        person=person(name), title="工程师", state="admitted", in_pool_since=LONG_AGO
    )
    found.trades.add(job())
    for place, where in enumerate(organizations):
        Engagement.objects.create(
            teacher=found,
            organization=where,
            full_time=not place,
            since=LONG_AGO,
            contract_until=FAR_OFF,
            insured_until=FAR_OFF,
        )
    return found


def staff(organization: Organization) -> None:
    """A head as the rules want one, and managers enough for one category of training."""
    common = {"organization": organization, "since": LONG_AGO}
    StaffMember.objects.create(
        post="head",
        name="负责人赵明",
        title="高级工程师",
        rank="senior",
        managing_since=LONG_AGO,
        **common,
    )
    for name in ("管理员甲", "管理员乙", "管理员丙"):
        StaffMember.objects.create(post="manager", name=name, **common)


def room(organization: Organization, name: str = "", seats: int = 40, **fields: Any) -> Room:
    """A room; of an assessment body, one with a seat map: ``seats`` and a spare for every ten."""
    made = Room.objects.create(
        organization=organization,
        name=name or f"教室 {next(number)}",
        seats=seats,
        **({"use": "classroom"} | fields),
    )
    return furnished(made) if organization.kind == Kind.ASSESSMENT_BODY else made


def furnished(made: Room, columns: int = 8) -> Room:
    """Set it as an examination room of its body's site, and draw its seats."""
    body = made.organization
    site = Site.objects.get_or_create(
        organization=body,
        name=f"{body.name}考点",
        defaults={
            "division": body.division,
            "prefecture": body.prefecture or body.division,
            "address": "北京南路 12 号",
            "contact": "陈静",
            "contact_phone": "0994-2345678",
        },
    )[0]
    ExamRoom.objects.create(site=site, room=made)
    Seat.objects.bulk_create(
        Seat(
            room=made,
            number=n + 1,
            row=n // columns + 1,
            column=n % columns + 1,
            spare=n >= made.seats,
            machine=f"PC-{n + 1:02d}",
        )
        for n in range(made.seats + made.seats // 10)
    )
    return made


def licence(organization: Organization, *jobs: Job) -> Licence:
    found = Licence.objects.create(
        organization=organization,
        number=f"人社民 {next(number):08d} 号",
        valid_from=LONG_AGO,
        valid_until=FAR_OFF,
    )
    found.jobs.set(jobs)
    return found


def parameter_value(
    parameter: Parameter, value: Any, valid_from: date, *, prefecture: str = ""
) -> ParameterValue:
    """A figure of the rules as somebody set it, perhaps long ago."""
    return ParameterValue.objects.create(
        key=parameter.key,
        value=str(value),
        valid_from=valid_from,
        prefecture=prefecture,
        source=f"新建科〔{valid_from.year}〕{value}号",
        set_by_name="顾海",
    )


def designated(body: Organization, *jobs: Job, housing: User, hr: User) -> Designation:
    """That both departments have determined the body, for years."""
    when = datetime(2020, 1, 1, tzinfo=UTC)
    departments = [one.memberships.get().organization for one in (housing, hr)]
    made = Designation.objects.create(
        number=f"KHJG-{next(number):06d}",
        organization=body,
        prefecture=departments[0].prefecture,
        valid_from=LONG_AGO,
        valid_until=FAR_OFF,
        housing=departments[0],
        hr=departments[1],
        housing_signed_at=when,
        housing_signed_by=housing,
        hr_signed_at=when,
        hr_signed_by=hr,
        state="in_force",
    )
    made.jobs.set(jobs)
    return made


def world() -> SimpleNamespace:
    """The region in small; see conftest.py for who is who."""
    divisions()
    region = organization(Kind.REGION_AUTHORITY, "自治区住房和城乡建设厅", "650000")
    bureau = organization(Kind.PREFECTURE_AUTHORITY, "昌吉州住房和城乡建设局", "652300")
    other_bureau = organization(Kind.PREFECTURE_AUTHORITY, "喀什地区住房和城乡建设局", "653100")
    school = organization(Kind.INSTITUTION, "天山建设职业技能培训学校", "652301")
    other_school = organization(Kind.INSTITUTION, "昆仑建设技能培训学校", "653101")
    body = organization(Kind.ASSESSMENT_BODY, "昌吉州建设技能考核中心", "652301")
    association = organization(Kind.ASSOCIATION, "自治区建设教育协会", "650000")
    hr = organization(Kind.HR, "喀什地区人力资源和社会保障局", "653100")
    education = organization(Kind.EDUCATION, "喀什地区教育局", "653100")
    home_hr = organization(Kind.HR, "昌吉州人力资源和社会保障局", "652300")
    tao = member("陶丽", Role.REVIEWER, home_hr)
    li = member("李文涛", Role.REVIEWER, bureau)
    ma = teacher("马建国", school)
    ma_user = User.objects.create_user("ma", PASSWORD, name="马建国", person=ma.person)
    Membership.objects.create(user=ma_user, organization=school, role=Role.TEACHER, since=LONG_AGO)
    licence(school, job())
    licence(other_school, job())
    staff(school)
    staff(other_school)
    return SimpleNamespace(
        region=region,
        bureau=bureau,
        other_bureau=other_bureau,
        school=school,
        other_school=other_school,
        body=body,
        association=association,
        hr=hr,
        education=education,
        room=room(school, "教室 101"),
        workshop=room(school, "实训棚", use="workshop", stations=20),
        exam_room=room(body, "机房 3", use="computers"),
        syllabus=published_syllabus(),
        questions=published_questions(),
        teacher=ma,
        second_teacher=teacher("古丽娜尔·吐尔逊", school),
        aygul=member("阿依古丽·买买提", Role.REGISTRAR, school),
        wang=member("王强", Role.REGISTRAR, other_school),
        li=li,
        home_hr=home_hr,
        tao=tao,
        designation=designated(body, job(), housing=li, hr=tao),
        zhou=member("周敏", Role.REVIEWER, bureau),
        far_reviewer=member("喀什审核员", Role.REVIEWER, other_bureau),
        gu=member("顾海", Role.REGULATOR, region),
        chen=member("陈静", Role.EXAMINER, body),
        song=member("宋岚", Role.REVIEWER, association),
        tian=member("田勇", Role.REVIEWER, hr),
        he=member("何平", Role.REVIEWER, education),
        ma=ma_user,
        adil=learner("阿迪力·吾守尔"),
        mayra=learner("玛依拉·买买提"),
        sun=learner("孙德胜"),
    )
