"""Two years of the evaluation in the demo region: the last one over, this one in self-report.

The last year is judged by the files of the institutions and by people: the region had no classes
in this system then. It ended long enough ago to go its whole way.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from decimal import Decimal

from django.core.files.base import ContentFile
from django.utils import timezone

from zhupei.evaluation.actions import (
    computing,
    experts,
    objections,
    outlooks,
    reporting,
    results,
    schemes,
    scores,
    vetoes,
)
from zhupei.evaluation.actions.scores import Entry
from zhupei.evaluation.models import Answer, Block, Evaluation, Scheme, Seat, Source
from zhupei.evaluation.rules.points import Status
from zhupei.organizations.models import Membership, Role
from zhupei.people.models import User
from zhupei.portal.demo import clock

DAY = timedelta(days=1)
OPENED, REPORTED, REVIEWED = 140 * DAY, 130 * DAY, 115 * DAY  # ago, of the last year
PUBLISHED, ANSWERED, DECIDED = 100 * DAY, 95 * DAY, 80 * DAY
BEGUN, DONE = 30 * DAY, 20 * DAY  # ago, of this year: frozen, the first are reviewed
LEFT = 20 * DAY  # until reports close
STEPS = 8  # institutions this year needs, one on every step
PAPER = b"%PDF-1.4\n% a record of the demo\n%%EOF\n"
KEPT = (Decimal("0.9"), Decimal("0.75"), Decimal("0.95"), Decimal("0.6"))  # of what people give
THIN = Decimal("0.7")  # of the points: what an expert calls incomplete
TARGET = "8"  # people trained for trades: the demo's classes are small
VETOED, LEAVES = 2, -1  # places: the institution most logins belong to; the one that gives up


def show(*, by: User, now: datetime) -> None:
    """Walk the last year to its notice; freeze this year's scheme and begin."""
    last = timezone.localdate(now - OPENED).year - 1
    panel = [_wearing(user) for user in _experts()]
    if len(panel) < len(Seat):
        return
    _last_year(last, panel, by, now)
    _this_year(last + 1, panel, by, now)
    outlooks.reckon_all()


def _last_year(year: int, panel: Sequence[User], by: User, now: datetime) -> None:
    with clock.at(now - OPENED):
        scheme = _scheme(by, year, LEFT)
    rows = _rows(scheme)
    leaves, judged = rows[LEAVES], rows[:LEAVES]
    with clock.at(now - REPORTED):
        results.leave(leaves, by=by, note="自愿退出建设行业培训，来函已收。")
        for place, row in enumerate(judged):
            _report(row, "全年按大纲组织培训，资料均在档案柜。")
            _score(row, place)
    with clock.at(now - REVIEWED):
        for place, row in enumerate(judged):
            pair = [panel[place % len(panel)], panel[(place + 1) % len(panel)]]
            _review(row, pair, by, place=place)
        if len(judged) > VETOED:
            _veto(judged[VETOED], by)
    with clock.at(now - PUBLISHED):
        results.publicise(scheme, by=by)
    _object(judged, by, now)
    with clock.at(now - DECIDED):
        results.decide(scheme, by=by)
        results.announce(scheme, by=by, number=f"新建科函〔{year + 1}〕12号")


def _object(rows: Sequence[Evaluation], by: User, now: datetime) -> None:
    """One objection holds and is scored again, one does not."""
    for first, code, grounds in (
        (rows[0], "1.1.3", "安全管理制度已于当年十二月印发，请核对。"),
        (rows[-1], "3.1", "两次巡查资料当天都已补齐。"),
    ):
        row = Evaluation.objects.select_related("scheme", "organization").get(pk=first.pk)
        answer = row.answers.select_related("indicator").get(indicator__code=code)
        with clock.at(now - PUBLISHED + DAY):
            made = objections.make(row, by=_registrar(row), answer=answer, grounds=grounds)
        with clock.at(now - ANSWERED):
            if code == "1.1.3":
                whole = answer.indicator.points
                objections.uphold(made, by=by, note="制度文本和印发日期属实", value=whole)
            else:
                objections.reject(made, by=by, note="补齐是在巡查以后，当天没有出示")


def _veto(row: Evaluation, by: User) -> None:
    vetoes.find(
        row,
        by=by,
        kind="stand_ins",
        facts="抽查时点名与名册不符，4 人系他人顶替，本人笔录为证",
        law="2023 通报二（二）4",
        upload=ContentFile(PAPER, "调查笔录.pdf"),
    )


def _this_year(year: int, panel: Sequence[User], by: User, now: datetime) -> None:
    """The first institutions have reported and are further on; the others still write."""
    with clock.at(now - BEGUN):
        scheme = _scheme(by, year, BEGUN + LEFT)
    rows = _rows(scheme)
    if len(rows) < STEPS:
        return
    reviewed, apart, called, reported = rows[4:STEPS]
    with clock.at(now - DONE):
        for row in (reviewed, apart, called, reported):
            _report(row, "全年按大纲组织培训，无投诉。")
        for row in (reviewed, apart, called):
            _score(row, 0)
        _review(reviewed, panel[:2], by)
        _review(apart, panel[:2], by, differ=True)
        experts.appoint(called, by=by, expert=panel[0], seat=Seat.FIRST)


def _rows(scheme: Scheme) -> list[Evaluation]:
    return list(scheme.evaluations.select_related("scheme", "organization").order_by("pk"))


def _scheme(by: User, year: int, days: timedelta) -> Scheme:
    until = timezone.localdate() + days
    scheme = schemes.draft(by=by, year=year, report_until=until)
    few = scheme.indicators.get(code="4.1")
    schemes.change_indicator(few, by=by, points=few.points, figures={"target": TARGET})
    scheme = schemes.freeze(scheme, by=by)
    _compute(scheme, by)
    return scheme


def _compute(scheme: Scheme, by: User) -> None:
    """What the worker would do; the demo does not wait for it."""
    job = computing.job_of(scheme)
    job.owner = by
    computing.run(scheme, job)


def _report(row: Evaluation, summary: str) -> None:
    registrar = _registrar(row)
    first = row.answers.select_related("indicator").earliest("indicator__position")
    reporting.state(first, by=registrar, statement="专职管理人员均已登记，任职证明见人员页。")
    reporting.sum_up(row, by=registrar, summary=summary, declared_pass_rate=Decimal(90))
    reporting.report(row, by=registrar)


def _score(row: Evaluation, place: int) -> None:
    """The bureau checks one thing and leaves the rest to the system."""
    row = Evaluation.objects.select_related("scheme", "organization").get(pk=row.pk)
    reviewer = _acting(row.scorer_id or 0, Role.REVIEWER)
    answer = row.answers.select_related("indicator").get(indicator__code="3.1")
    why = "两次巡查资料准备不及时" if place % 2 == 0 else "一次巡查时负责人不在场"
    entry = Entry(answer.pk, Status.SCORED.value, Decimal("2.5") if place % 2 else Decimal(2), why)
    scores.score_locally(row, [entry], by=reviewer)
    scores.finish(row, by=reviewer)


def _review(
    row: Evaluation, panel: Sequence[User], by: User, *, place: int = 0, differ: bool = False
) -> None:
    seats = zip(panel, (Seat.FIRST, Seat.SECOND), strict=True)
    kept = KEPT[place % len(KEPT)]
    for n, (user, seat) in enumerate(seats):
        made = experts.appoint(row, by=by, expert=user, seat=seat)
        human = row.answers.filter(indicator__source=Source.HUMAN).select_related("indicator")
        answers = human.exclude(
            computed_status=Status.NOT_APPLICABLE, indicator__block=Block.TEACHING
        )
        entries = [
            _entry(one, Decimal("0.25") if differ and n == 1 and first == 0 else kept)
            for first, one in enumerate(answers.order_by("indicator__position"))
        ]
        experts.review(made, entries, by=user)
        experts.hand_in(made, by=user)


def _entry(answer: Answer, part: Decimal) -> Entry:
    worth = (answer.indicator.points * part).quantize(Decimal("0.1"))
    why = "资料不全，只见到部分文本" if part < THIN else "现场核查，资料基本齐全"
    return Entry(answer.pk, Status.SCORED.value, worth, why)


def _experts() -> list[User]:
    worn = Membership.objects.filter(role=Role.EXPERT)
    return list(User.objects.filter(pk__in=worn.values("user")).order_by("pk"))


def _wearing(user: User) -> User:
    user.acting = user.memberships.select_related("organization").get(role=Role.EXPERT)
    return user


def _registrar(row: Evaluation) -> User:
    return _acting(row.organization_id, Role.REGISTRAR)


def _acting(organization: int, role: Role) -> User:
    """Somebody of a body, wearing their role."""
    worn = Membership.objects.filter(organization=organization, role=role).order_by("pk")
    membership = worn.select_related("user", "organization")[0]
    membership.user.acting = membership
    return membership.user
