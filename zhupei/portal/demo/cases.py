"""Misconduct in the demo: one case heard and decided, one just opened, each of them begun with what
an invigilator noted; one at the bench, heard and not decided; and of two answer sheets too alike a
bureau has judged one pair.
"""

from datetime import datetime, timedelta

from django.utils import timezone

from zhupei.analysis.actions import leads
from zhupei.analysis.models import Lead
from zhupei.appeals.actions import cases
from zhupei.appeals.grounds import proposed
from zhupei.appeals.models import Misconduct
from zhupei.core.templatetags.ui import beijing
from zhupei.exams.models import Candidate, Sitting, State
from zhupei.invigilation.actions import incidents
from zhupei.invigilation.actions.incidents import Seen
from zhupei.organizations.models import Kind, Organization, Role
from zhupei.organizations.offices import holders
from zhupei.people.models import User
from zhupei.portal.demo import clock, people, pictures
from zhupei.portal.demo.names import chance
from zhupei.portal.demo.region import Body
from zhupei.practical.models import State as Practice
from zhupei.practical.models import Turn

SAID = "手机是放在口袋里忘了交，没有用它看答案。"
HELPED = "砌到第 6 皮时，同班学员从围挡外递进已调好的线锤和靠尺，考评员制止后仍继续使用。"
HELPED_SAID = "工具是我自己的，放在外面忘了拿进来；不知道开始以后不能递东西。"
DECIDED = "监考员当场发现并拍照，本人承认把手机带进考场。按违规携带电子用品处理，当次各科成绩无效。"

ALIKE = "调看录像，后座考生多次前倾看屏幕；两人没有一起复习过。请考核机构研究是否立案。"


def show(body: Body, now: datetime) -> None:
    """In the last sitting whose marks are known somebody who failed had a phone; in the last one
    that is over somebody left the seat; at the bench somebody was handed tools.
    """
    with clock.at(now - timedelta(days=60)):
        today = timezone.localdate()
        second = people.employ("kaowu02b", "古丽娜", Role.EXAMINER, body.organization, since=today)
    mine = Sitting.objects.filter(organization=body.organization).order_by("-starts_at")
    failed = Candidate.objects.filter(attempt__passed=False)
    for sitting in mine.filter(state=State.RELEASED, candidates__in=failed)[:1]:
        seat = sitting.candidates.filter(attempt__passed=False).order_by("seat")[0]
        seen = Seen("material", "serious", "开考 20 分钟后发现口袋里有手机，已代管并拍照", seat)
        _heard(_opened(seat, seen, body.examiner), body.examiner, second)
    for sitting in mine.filter(state=State.CLOSED)[:1]:
        seat = sitting.candidates.filter(attempt__started_at__isnull=False).order_by("seat")[0]
        seen = Seen("left_seat", "serious", "两次离座到邻座交谈，提醒后仍不改正", seat)
        _opened(seat, seen, body.examiner)
    known = Turn.objects.standing().filter(
        session__organization=body.organization, session__state=Practice.RELEASED, passed=False
    )
    for turn in known.select_related("person__account").order_by("-starts_at", "pk")[:1]:
        _at_the_bench(turn, body.examiner)


def _at_the_bench(turn: Turn, examiner: User) -> None:
    """The candidate has nothing to add; another examiner than who opened it may decide."""
    with clock.at(turn.ends_at + timedelta(hours=1)):
        photo = pictures.brickwork("工位现场")
        facts = f"{beijing(turn.starts_at)}（北京时间）开始的轮次，{turn.station} 号工位：{HELPED}"
        case = cases.open_case(turn, by=examiner, breach="order", facts=facts, uploads=[photo])
    with clock.at(turn.ends_at + timedelta(hours=2)):
        case = cases.notify(case, by=examiner)
    with clock.at(turn.ends_at + timedelta(days=1)):
        cases.state(case, by=turn.person.account, statement=HELPED_SAID, waive=True)


def _opened(seat: Candidate, seen: Seen, examiner: User) -> Misconduct:
    sitting = seat.sitting
    chief = sitting.invigilators.called().order_by("-chief", "pk")[0].user
    seen = Seen(
        seen.kind, seen.severity, seen.note, seat, pictures.classroom(chance(seat.pk), "现场")
    )
    with clock.at(sitting.starts_at + timedelta(minutes=20)):
        noted = incidents.note(sitting, seen, by=chief)
    with clock.at(sitting.ends_at + timedelta(hours=2)):
        said = proposed(seat, [noted])
        photos = [noted.photo] if noted.photo else []
        return cases.open_case(seat, by=examiner, photos=photos, **said)


def _heard(case: Misconduct, examiner: User, second: User) -> Misconduct:
    opened = case.opened_at
    with clock.at(opened + timedelta(hours=1)):
        cases.notify(case, by=examiner)
    with clock.at(opened + timedelta(days=1)):
        cases.state(case, by=case.person.account, statement=SAID, waive=True)
    with clock.at(opened + timedelta(days=6)):
        return cases.decide(case, by=second, note=DECIDED)


def judge_a_lead() -> None:
    """The bureau confirms the likelier of the two leads; the body may open a case from it."""
    lead = Lead.objects.open().order_by("chance", "pk").first()
    if lead is None:
        return
    bureau = Organization.objects.filter(
        kind=Kind.PREFECTURE_AUTHORITY, prefecture=lead.study.sitting.prefecture_id
    )
    leads.confirm(lead, by=holders(Role.REVIEWER, bureau)[0], note=ALIKE)
