"""What was looked at, found, put right and held against institutions."""

from django.db.models import Exists, OuterRef, Q, QuerySet, Sum
from django.urls import reverse
from django.utils.translation import gettext as _

from zhupei.assistance.models import Assistance, HelpKind
from zhupei.bulletins.sections import shape
from zhupei.bulletins.sections.shape import Column, Scope, Section
from zhupei.complaints.models import Complaint
from zhupei.complaints.models import State as ComplaintState
from zhupei.corrections.models import Finding, Order, Round
from zhupei.corrections.models.findings import Severity
from zhupei.credit.models import CreditRecord
from zhupei.oversight.models import Handover, Measure, Suspension
from zhupei.oversight.models.measures import MeasureKind, MeasureState
from zhupei.patrols.models.duties import Duty, State, Subject

PLACE = "organization__prefecture"


def patrols(scope: Scope) -> Section:
    """Classes and sittings whose time for a look ended, and how many got one."""
    due = Duty.objects.due_between(*scope.period)
    done, missed = (scope.count(due.filter(state=state)) for state in (State.DONE, State.MISSED))
    ended = {place: done.get(place, 0) + missed.get(place, 0) for place in {*done, *missed}}
    over = due.filter(state__in=[State.DONE, State.MISSED])
    kinds = [
        Column(_("应查：%(kind)s") % {"kind": kind.label}, scope.count(over.filter(kind=kind)))
        for kind in Subject
    ]
    unsaid = scope.count(due.unexplained())
    made = shape.table(
        scope,
        _("巡查督考覆盖"),
        [
            *kinds,
            Column(_("已查"), done),
            Column(_("未查"), missed),
            Column(_("未说明原因"), unsaid),
            Column(_("覆盖率"), done, of=ended),
        ],
        _("按应查截止时间计入本期；覆盖率=已查÷（已查+未查），停办免查的不计。"),
    )
    said = _(
        "%(where)s应巡查、督考 %(all)d 次，已查 %(done)d 次，覆盖率 %(rate)s；未查 %(missed)d 次，"
        "其中 %(unsaid)d 次还没有说明原因。"
    ) % {
        "where": scope.where,
        "all": shape.total(ended),
        "done": shape.total(done),
        "rate": shape.per_cent(shape.total(done), shape.total(ended)),
        "missed": shape.total(missed),
        "unsaid": shape.total(unsaid),
    }
    chart = shape.bars(made, len(made["columns"]) - 1)
    return Section(
        "patrols", _("逢培必巡、逢考必督"), [said], [made], chart, reverse("patrols:map")
    )


def findings(scope: Scope) -> Section:
    """Findings by severity; orders issued, closed in time, late."""
    found = Finding.objects.standing().filter(scope.during("found_at"))
    serious = scope.count(found.filter(severity=Severity.SERIOUS), prefecture=PLACE)
    orders = Order.objects.standing().filter(scope.during("issued_at"))
    issued = scope.count(orders, prefecture=PLACE)
    closed = scope.during("closed_at")
    ended = scope.count(Order.objects.closed().filter(closed), prefecture=PLACE)
    in_time = scope.count(Order.objects.closed_in_time().filter(closed), prefecture=PLACE)
    late = scope.count(_orders_late(scope), prefecture=PLACE)
    every = scope.count(found, prefecture=PLACE)
    made = shape.table(
        scope,
        _("问题与整改"),
        [
            Column(_("发现问题"), every),
            Column(_("其中严重"), serious),
            Column(_("下达整改通知"), issued),
            Column(_("销号"), ended),
            Column(_("按期销号率"), in_time, of=ended),
            Column(_("期末逾期"), late),
        ],
        _(
            "问题按发现时间、通知按下达时间、销号按销号时间计入本期；撤回的不计。"
            "期末逾期是本期最后一天过了期限还没有交整改的，不论哪期下达。"
        ),
    )
    said = _(
        "%(where)s发现问题 %(found)d 个（严重 %(serious)d 个），下达整改通知 %(issued)d 份，"
        "销号 %(ended)d 份，按期销号率 %(rate)s；期末逾期未改 %(late)d 份。"
    ) % {
        "where": scope.where,
        "found": shape.total(every),
        "serious": shape.total(serious),
        "issued": shape.total(issued),
        "ended": shape.total(ended),
        "rate": shape.per_cent(shape.total(in_time), shape.total(ended)),
        "late": shape.total(late),
    }
    url = reverse("corrections:index")
    return Section("corrections", _("问题与整改"), [said], [made], shape.bars(made, 0), url)


def _orders_late(scope: Scope) -> QuerySet[Order]:
    """Orders that were late when the period ended: no answer lay with the bureau."""
    lay = Round.objects.filter(
        scope.before_end("submitted_at"), scope.not_yet("verified_at"), order=OuterRef("pk")
    )
    standing = Order.objects.standing().filter(
        scope.before_end("issued_at"), scope.before_end("due_at"), scope.not_yet("closed_at")
    )
    return standing.exclude(Exists(lay))


def credit(scope: Scope) -> Section:
    """What was entered in the credit record, and what ended."""
    rows = CreditRecord.objects.filter(scope.on_days("entered_on"))
    entered = scope.count(rows, prefecture=PLACE)
    ended_on = Q(ended_on__range=(scope.period.since, scope.period.until))
    ended = scope.count(CreditRecord.objects.filter(ended_on), prefecture=PLACE)
    made = shape.table(
        scope,
        _("信用记录"),
        [Column(_("登记"), entered), Column(_("修复、期满或撤销"), ended)],
        _("按登记日期、终止日期计入本期。"),
    )
    said = _("%(where)s登记信用记录 %(entered)d 条，修复、期满或撤销 %(ended)d 条。") % {
        "where": scope.where,
        "entered": shape.total(entered),
        "ended": shape.total(ended),
    }
    return Section("credit", _("信用"), [said], [made], None, reverse("credit:index"))


def assistance(scope: Scope) -> Section:
    """Help to counties that was confirmed."""
    rows = Assistance.objects.confirmed().filter(scope.on_days("ended_on"))
    times = scope.count(rows, prefecture=PLACE, what=Sum("person_times", default=0))
    bases = scope.count(rows.filter(kind=HelpKind.BASE), prefecture=PLACE)
    made = shape.table(
        scope,
        _("社会化帮扶"),
        [Column(_("帮扶培训人次"), times), Column(_("建成实训基地"), bases)],
        _("按帮扶结束日期计入本期，只计经县（市）所在地住建局确认的；按机构所在地州市统计。"),
    )
    said = _("%(where)s帮扶对口县（市）培训 %(times)d 人次，建成实训基地 %(bases)d 个。") % {
        "where": scope.where,
        "times": shape.total(times),
        "bases": shape.total(bases),
    }
    url = reverse("assistance:index")
    return Section("assistance", _("社会化帮扶"), [said], [made], None, url)


def complaints(scope: Scope) -> Section:
    """What was complained about, found true, and answered in time."""
    filed = scope.count(Complaint.objects.filter(scope.during("filed_at")))
    matters = scope.count(Complaint.objects.matters().filter(scope.during("filed_at")))
    told = scope.during("replied_at")
    upheld = scope.count(Complaint.objects.upheld().filter(told))
    replied = scope.count(Complaint.objects.filter(told))
    in_time = scope.count(Complaint.objects.closed_in_time().filter(told))
    late = scope.count(_complaints_late(scope))
    made = shape.table(
        scope,
        _("投诉举报"),
        [
            Column(_("收到"), filed),
            Column(_("同一件事合并后"), matters),
            Column(_("答复"), replied),
            Column(_("其中属实或部分属实"), upheld),
            Column(_("按期答复率"), in_time, of=replied),
            Column(_("期末逾期"), late),
        ],
        _(
            "按收到时间、答复时间计入本期；没有写明单位的，只计入合计。"
            "期末逾期是本期最后一天过了期限还没有答复的，不论哪期收到。"
        ),
    )
    said = _(
        "%(where)s收到投诉举报 %(filed)d 件，答复 %(replied)d 件，属实或部分属实 %(upheld)d 件，"
        "按期答复率 %(rate)s；期末逾期 %(late)d 件。"
    ) % {
        "where": scope.where,
        "filed": shape.total(filed),
        "replied": shape.total(replied),
        "upheld": shape.total(upheld),
        "rate": shape.per_cent(shape.total(in_time), shape.total(replied)),
        "late": shape.total(late),
    }
    url = reverse("complaints:figures")
    return Section("complaints", _("投诉举报"), [said], [made], shape.bars(made, 0), url)


def _complaints_late(scope: Scope) -> QuerySet[Complaint]:
    """Complaints that were late when the period ended: the first answer, or the result."""
    first = scope.before_end("reply_due") & scope.not_yet("first_reply_at")
    result = scope.before_end("close_due")
    rows = Complaint.objects.filter(scope.before_end("filed_at"), scope.not_yet("replied_at"))
    return rows.exclude(state=ComplaintState.REFERRED).filter(first | result)


def measures(scope: Scope) -> Section:
    """Measures decided, institutions suspended, penalties handed over."""
    decided = Measure.objects.filter(scope.during("decided_at")).exclude(state=MeasureState.DROPPED)
    columns = [
        Column(kind.label, scope.count(decided.filter(kind=kind), prefecture=PLACE))
        for kind in MeasureKind
    ]
    stopped = Suspension.objects.filter(scope.during("ordered_at"))
    handed = Handover.objects.filter(scope.during("sent_at"))
    columns += [
        Column(_("暂停业务"), scope.count(stopped, prefecture=PLACE)),
        Column(_("移送处罚"), scope.count(handed, prefecture=PLACE)),
    ]
    made = shape.table(
        scope, _("管理措施"), columns, _("按决定、暂停、移送的时间计入本期；暂停业务包括紧急暂停。")
    )
    parts = "，".join(f"{column.label} {column.total} 件" for column in columns)
    said = _("%(where)s：%(parts)s。") % {"where": scope.where, "parts": parts}
    url = reverse("oversight:measures")
    return Section("measures", _("管理措施"), [said], [made], None, url)
