"""What the tables of practical exams say about people."""

from django.utils.translation import gettext_lazy as _

from zhupei.core.privacy import Personal

_KEPT = _("与考核档案（一场一档）同期保存")
_JUDGED = Personal(
    _("安排实操考核，记录过程和成绩，作为发证的依据"),
    _KEPT,
    what=_("实操考核的时间和工位、每个评分点的得分和备注、成绩"),
)
_JUDGES = Personal(
    _("知道谁在何时怎样评分，出了争议能查清"), _KEPT, what=_("考评员的评分和每次点按的时间")
)
_PICTURES = Personal(_("证明考评员看到的操作过程和成品"), _KEPT, what=_("实操考核的照片和录像"))

FIELDS: dict[str, Personal | None] = {
    **dict.fromkeys(
        [
            "rubric.id",
            "rubric.job",
            "rubric.level",
            "rubric.version",
            "rubric.basis",
            "rubric.content",
            "rubric.mark",
            "rubric.sha256",
            "rubric.state",
            "session.id",
            "session.plan",
            "session.number",
            "session.organization",
            "session.prefecture",
            "session.division",
            "session.rubric",
            "session.title",
            "session.room",
            "session.stations",
            "session.opens_at",
            "session.closes_at",
            "session.pause_from",
            "session.pause_until",
            "session.change_minutes",
            "session.seed",
            "session.pass_mark",
            "session.deviation",
            "session.method",
            "session.state",
            "turn.id",
            "sheet.id",
            "picture.id",
        ]
    ),
    **dict.fromkeys(
        [
            "turn.session",
            "turn.person",
            "turn.enrolment",
            "turn.station",
            "turn.starts_at",
            "turn.ends_at",
            "turn.arrived_at",
            "turn.absent",
            "turn.void",
            "turn.trouble",
            "turn.instead_of",
            "turn.differences",
            "turn.mark",
            "turn.passed",
            "turn.fatal",
            "turn.settled_at",
            "turn.annulled",
        ],
        _JUDGED,
    ),
    **dict.fromkeys(
        [
            "session.panel",
            "sheet.turn",
            "sheet.session",
            "sheet.assessor",
            "sheet.place",
            "sheet.starts_at",
            "sheet.ends_at",
            "sheet.live",
            "sheet.handed_in_at",
            "sheet.total",
            "sheet.fatal",
            "tap.id",
            "tap.sheet",
            "tap.kind",
            "tap.about",
            "tap.value",
            "tap.phone",
            "tap.phone_at",
            "tap.at",
            "tap.clock_error",
            "tap.received_at",
        ],
        _JUDGES,
    ),
    **dict.fromkeys(
        ["picture.sheet", "picture.tap", "picture.file", "picture.taken_at"], _PICTURES
    ),
}
