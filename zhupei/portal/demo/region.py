"""Who there is in the demo region: authorities, institutions, assessment bodies, their people."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from random import Random

from django.core.files.base import ContentFile
from django.utils import timezone

from zhupei.classes.models import Mode
from zhupei.classes.parameters import MODE
from zhupei.institutions import actions as institutions
from zhupei.institutions.actions import admission
from zhupei.institutions.models import Room
from zhupei.organizations.actions import appoint, register, set_parameter
from zhupei.organizations.models import Division, Kind, Organization, Role
from zhupei.people.models import User
from zhupei.portal.demo import dossiers, people, venues
from zhupei.portal.demo.names import Identity, credit_code
from zhupei.syllabus.models import Job, Syllabus
from zhupei.teachers import actions as pool
from zhupei.teachers.models import EvidenceKind, Rank, Teacher

REGION = "650000"
SECOND = "郑海燕"  # beside the regulator the other stories know
EXPERTS = ("任文秀", "叶建国", "古丽巴哈尔·艾尼", "石润生", "秦朝阳")
FILING = "653100"  # this prefecture takes plans for the record; the others approve them
TEACHERS = 40  # of one part of the region
HOME = 2  # place of the institution that most of the logins have to do with
SCAN = b"%PDF-1.4\n% a certificate of the demo\n%%EOF\n"
EACH = 4  # teachers of an institution; some work for two

# Bureau: login and telephone area of each prefecture. The numbers begin with 0, as no telephone
# does.
# fmt: off
BUREAUS = {
    "650100": ("wulumuqi", "0991"), "650200": ("kelamayi", "0990"), "650400": ("tulufan", "0995"),
    "650500": ("hami", "0902"), "652300": ("changji", "0994"), "652700": ("bozhou", "0909"),
    "652800": ("bazhou", "0996"), "652900": ("akesu", "0997"), "653000": ("kezhou", "0908"),
    "653100": ("kashi", "0998"), "653200": ("hetian", "0903"), "654000": ("yili", "0999"),
    "654200": ("tacheng", "0901"), "654300": ("aletai", "0906"),
}
SCHOOLS = (
    ("650104", "红山建设职业技能培训学校"), ("650103", "雅玛里克建筑职业培训学校"),
    ("652301", "准噶尔建设职业技能培训学校"), ("652302", "博格达建筑职业培训学校"),
    ("653101", "昆仑建设职业技能培训学校"), ("653125", "叶尔羌建筑职业培训学校"),
    ("652901", "多浪建设职业技能培训学校"), ("652801", "孔雀河建筑职业培训学校"),
    ("654002", "伊犁河建设职业技能培训学校"), ("653201", "玉龙河建筑职业培训学校"),
    ("650502", "东天山建设职业技能培训学校"), ("650402", "火焰山建筑职业培训学校"),
)
BODIES = (
    (REGION, "新疆建设职业技能考核中心"), ("652301", "昌吉州建设行业考核站"),
    ("653101", "喀什建设行业考核站"),
)
TITLES = {
    "工程师": Rank.INTERMEDIATE, "高级工程师": Rank.SENIOR, "讲师": Rank.INTERMEDIATE,
    "高级讲师": Rank.SENIOR, "高级技师": Rank.SENIOR, "技师": Rank.INTERMEDIATE,
}
# fmt: on


@dataclass
class School:
    """An institution and those who act for it. ``teachers`` begin with its own."""

    organization: Organization
    registrar: User
    reviewer: User
    teachers: list[Teacher]
    classrooms: list[Room]
    workshop: Room

    @property
    def phone(self) -> str:
        prefecture = self.organization.prefecture_id or REGION
        return f"{BUREAUS[prefecture][1]}-02{self.organization.pk:05d}"


@dataclass
class Body:
    """An assessment body and its examiner."""

    organization: Organization
    examiner: User
    room: Room


@dataclass
class Part:
    """As many institutions, bodies and teachers as the demo region has at scale 1."""

    schools: list[School]
    bodies: list[Body]


@dataclass
class Region:
    """The authorities: the region's, and one reviewer for each prefecture."""

    regulator: User
    reviewers: dict[str, User]
    hr: dict[str, User]  # those who take filings, by prefecture
    officer: User  # of the association, who takes teachers into the pool
    second: User  # another regulator, where two are needed


def found_authorities(cast: Iterator[Identity]) -> Region:
    """The department, the fourteen bureaus, and the one prefecture that files."""
    today = timezone.localdate()
    place = Division.objects.get(code=REGION)
    department = register(
        "新疆维吾尔自治区住房和城乡建设厅",
        Kind.REGION_AUTHORITY,
        place,
        by=None,
        short_name="自治区住建厅",
    )
    regulator = people.employ("ting", next(cast).name, Role.REGULATOR, department, since=today)
    reviewers = {}
    for number, prefecture in enumerate(Division.objects.prefectures(), 1):
        login, area = BUREAUS[prefecture.code]
        bureau = register(
            f"{prefecture.name}住房和城乡建设局",
            Kind.PREFECTURE_AUTHORITY,
            prefecture,
            by=regulator,
            short_name=f"{prefecture.short_name}住建局",
            complaint_phone=f"{area}-01{number:05d}",
        )
        name = next(cast).name
        reviewers[prefecture.code] = people.employ(login, name, Role.REVIEWER, bureau, since=today)
    set_parameter(
        MODE,
        Mode.FILING.value,
        by=regulator,
        valid_from=today,
        source="演示：本地州试行备案",
        prefecture=Division.objects.get(code=FILING),
    )
    second = people.employ("ting2", SECOND, Role.REGULATOR, department, since=today)
    return Region(regulator, reviewers, *_partners(regulator, department, cast), second)


def _partners(
    regulator: User, department: Organization, cast: Iterator[Identity]
) -> tuple[dict[str, User], User]:
    """HR and education of every prefecture, and the association."""
    today = timezone.localdate()
    officers = {}
    for prefecture in Division.objects.prefectures():
        login, short = BUREAUS[prefecture.code][0], prefecture.short_name
        hr = register(
            f"{prefecture.name}人力资源和社会保障局", Kind.HR, prefecture, by=regulator,
            short_name=f"{short}人社局",
        )  # fmt: skip
        education = register(
            f"{prefecture.name}教育局", Kind.EDUCATION, prefecture, by=regulator,
            short_name=f"{short}教育局",
        )  # fmt: skip
        name = next(cast).name
        officers[prefecture.code] = people.employ(
            f"renshe-{login}", name, Role.REVIEWER, hr, since=today
        )
        name = next(cast).name
        people.employ(f"jiaoyu-{login}", name, Role.REVIEWER, education, since=today)
    association = register(
        "新疆建设教育协会", Kind.ASSOCIATION, department.division, by=regulator,
        short_name="建设教育协会",
    )  # fmt: skip
    for number, expert in enumerate(EXPERTS, 1):
        people.employ(f"zhuanjia{number}", expert, Role.EXPERT, association, since=today)
    name = next(cast).name
    return officers, people.employ("xiehui", name, Role.REVIEWER, association, since=today)


def found_part(region: Region, number: int, cast: Iterator[Identity], random: Random) -> Part:
    """Institutions, bodies and teachers; ``number`` 0 is the one the logins belong to."""
    teachers = _teachers(region, cast, random)
    schools = [_school(region, number, place, cast, random) for place in range(len(SCHOOLS))]
    _engage(schools, teachers)
    for place, school in enumerate(schools):
        dossiers.compile_file(
            school.organization,
            place,
            registrar=school.registrar,
            rooms_of=[*school.classrooms, school.workshop],
            cast=cast,
            random=random,
        )
        dossiers.admit(school.organization, registrar=school.registrar, regulator=region.regulator)
    _let_a_teacher_help_in_the_office(schools[HOME])
    bodies = [_body(region, number, place, cast) for place in range(len(BODIES))]
    _determine(region, bodies)
    return Part(schools, bodies)


def _determine(region: Region, bodies: list[Body]) -> None:
    """A body of the whole region in every prefecture, the others at home; some on the way."""
    for body in bodies:
        home = body.organization.prefecture_id
        for place in [home] if home else BUREAUS:
            venues.determine(body.organization, region.reviewers[place], region.hr[place])
        if home:
            for state in ("draft", "signed", "suspended", "withdrawn"):
                venues.determine(
                    body.organization,
                    region.reviewers[home],
                    region.hr[home],
                    until=state,
                )


def _teachers(region: Region, cast: Iterator[Identity], random: Random) -> list[Teacher]:
    trades = list(Job.objects.filter(syllabi__in=Syllabus.objects.published()).distinct())
    titles = list(TITLES)
    return [
        _admit(people.register(next(cast)), random.choice(titles), trades, by=region.officer)
        for _ in range(TEACHERS)
    ]


def _admit(user: User, title: str, trades: list[Job], *, by: User) -> Teacher:
    """Somebody applies with the certificate of their title, and is taken into the pool."""
    applied = pool.apply(by=user, title=title, rank=TITLES[title], education="本科", trades=trades)
    pool.add_qualification(
        applied,
        by=user,
        kind=EvidenceKind.TITLE,
        name=f"{title}证书",
        issued_on=timezone.localdate() - timedelta(days=1500),
        trades=trades,
        file=ContentFile(SCAN, f"{title}证书.pdf"),
    )
    return pool.admit(pool.submit(applied, by=user), by=by)


def _school(
    region: Region, number: int, place: int, cast: Iterator[Identity], random: Random
) -> School:
    code, name = SCHOOLS[place]
    division = Division.objects.select_related("parent").get(code=code)
    assert division.parent
    serial = number * len(SCHOOLS) + place + 1
    if number:
        name = f"{division.parent.short_name}第 {serial} 建设职业技能培训学校"
    organization = admission.register(
        name,
        division,
        by=region.regulator,
        short_name=name.removesuffix("职业技能培训学校").removesuffix("职业培训学校"),
        uscc=credit_code(random, code),
    )
    reviewer = region.reviewers[division.parent.code]
    today = timezone.localdate()
    registrar = people.employ(
        f"jiaowu{serial:02d}", next(cast).name, Role.REGISTRAR, organization, since=today
    )
    trained = Syllabus.objects.published().values_list("job__code", flat=True)
    days = dossiers.licence_days(place)
    dossiers.licence(organization, reviewer, list(trained), days)
    rooms = dossiers.rooms_of(organization, registrar, place)
    return School(organization, registrar, reviewer, [], rooms[:2], rooms[2])


def _engage(schools: list[School], teachers: list[Teacher]) -> None:
    """Four each: the pool is shared out in turn; where it does not reach, people work for two."""
    since = timezone.localdate()
    for place in range(EACH * len(schools)):
        school = schools[place % len(schools)]
        own = place < len(teachers)
        teacher = teachers[place if own else place - len(teachers) + 2 * len(schools)]
        dossiers.engage(teacher, school.organization, by=school.registrar, full_time=own)
        user = teacher.person.account
        appoint(school.organization, user, Role.TEACHER, by=school.registrar, since=since)
        school.teachers.append(teacher)


def _let_a_teacher_help_in_the_office(school: School) -> None:
    """One person with two roles."""
    user = school.teachers[1].person.account
    since = timezone.localdate()
    appoint(school.organization, user, Role.REGISTRAR, by=school.registrar, since=since)


def _body(region: Region, number: int, place: int, cast: Iterator[Identity]) -> Body:
    code, name = BODIES[place]
    serial = number * len(BODIES) + place + 1
    division = Division.objects.select_related("parent").get(code=code)
    if number:
        name = f"{division.short_name}第 {serial} 建设行业考核站"
    organization = register(name, Kind.ASSESSMENT_BODY, division, by=region.regulator)
    today = timezone.localdate()
    examiner = people.employ(
        f"kaowu{serial:02d}", next(cast).name, Role.EXAMINER, organization, since=today
    )
    room = institutions.add_room(
        organization,
        by=examiner,
        name="机房 1",
        seats=60,
        use="computers",
        address=f"{division.name}人民路 {serial} 号",
    )
    venues.furnish(room, serial, examiner, cast)
    return Body(organization, examiner, room)
