"""What the teacher pool says about people."""

from django.utils.translation import gettext_lazy as _

from zhupei.core.privacy import Personal

_POOL = Personal(
    _("建立全区统一师资库，核对任课资格"),
    _("出库后 10 年"),
    what=_("姓名、职称、学历、任教工种、资格证明、任职单位、合同与社保期限、研修经历"),
)

FIELDS: dict[str, Personal | None] = {
    **dict.fromkeys(["teacher.id", "qualification.id", "engagement.id", "study.id"]),
    **dict.fromkeys(
        [
            "teacher.person",
            "teacher.title",
            "teacher.rank",
            "teacher.education",
            "teacher.trades",
            "teacher.proposed_by",
            "teacher.state",
            "teacher.applied_at",
            "teacher.due_at",
            "teacher.in_pool_since",
            "qualification.teacher",
            "qualification.kind",
            "qualification.name",
            "qualification.number",
            "qualification.issued_on",
            "qualification.valid_until",
            "qualification.trades",
            "qualification.file",
            "engagement.teacher",
            "engagement.organization",
            "engagement.full_time",
            "engagement.since",
            "engagement.until",
            "engagement.contract_until",
            "engagement.contract",
            "engagement.insured_until",
            "engagement.insurance",
            "study.teacher",
            "study.title",
            "study.host",
            "study.starts_on",
            "study.ends_on",
            "study.seconds",
            "study.file",
            "study.confirmed_at",
            "study.confirmed_by_name",
        ],
        _POOL,
    ),
}
