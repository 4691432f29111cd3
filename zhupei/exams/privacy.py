"""What the tables of exams say about people."""

from django.utils.translation import gettext_lazy as _

from zhupei.core.privacy import Personal

FIELDS: dict[str, Personal | None] = {
    **dict.fromkeys(
        [
            "sitting.id",
            "sitting.number",
            "sitting.organization",
            "sitting.prefecture",
            "sitting.division",
            "sitting.job",
            "sitting.question_set",
            "sitting.title",
            "sitting.room",
            "sitting.starts_at",
            "sitting.minutes",
            "sitting.item_count",
            "sitting.pass_mark",
            "sitting.state",
            "candidate.id",
            "paper.id",
            "paper.sitting",
            "paper.items",
            "paper.keys",
            "paper.seed",
            "paper.sha256",
            "paper.sealed_at",
            "attempt.id",
        ]
    ),
    **dict.fromkeys(
        ["candidate.sitting", "candidate.person", "candidate.enrolment", "candidate.seat"],
        Personal(
            _("安排考场座位，核对谁参加了考核"),
            _("与考核档案（一场一档）同期保存"),
            what=_("考核场次、座位"),
        ),
    ),
    **dict.fromkeys(
        [
            "attempt.candidate",
            "attempt.sitting",
            "attempt.seed",
            "attempt.started_at",
            "attempt.closes_at",
            "attempt.handed_in_at",
            "attempt.handed_in_by_clock",
            "attempt.mark",
            "attempt.passed",
        ],
        Personal(
            _("记录考核过程和成绩，作为发证的依据"),
            _("与考核档案（一场一档）同期保存"),
            what=_("开始和交卷时间、成绩、是否合格"),
        ),
    ),
    **dict.fromkeys(
        [
            "answer.pk",
            "answer.attempt_id",
            "answer.item",
            "answer.choice",
            "answer.turn",
            "answer.saved_at",
        ],
        Personal(
            _("保存作答记录，供阅卷和复核"),
            _("与考核档案（一场一档）同期保存"),
            what=_("每题的选择和时间"),
        ),
    ),
}
