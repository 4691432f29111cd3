"""What credit records say about people: principals, organizers, and who decided."""

from django.utils.translation import gettext_lazy as _

from zhupei.core.privacy import Personal

_PRACTICE = Personal(
    _("校长、举办者的执业信用（民办教育促进法实施条例第四十七条）"),
    _("公示到期限届满或者修复为止；档案 30 年"),
    what=_("当事人姓名、事由、依据"),
)
_DECIDING = Personal(
    _("说明记录由谁登记、谁办理"), _("30 年，随信用档案"), what=_("经办人、办理意见")
)
_ASKED = Personal(
    _("办理信用修复和异议"),
    _("30 年，随信用档案"),
    what=_("整改说明、承诺书、异议理由和材料"),
)

FIELDS: dict[str, Personal | None] = {
    **{
        f"creditrecord.{field}": None
        for field in (
            "id",
            "number",
            "organization",
            "about",
            "seriousness",
            "paper",
            "authority",
            "decided_on",
            "shortest_until",
            "longest_until",
            "shown",
            "shown_why",
            "entered_on",
            "ended_on",
            "state",
            "source",
            "source_label",
            "source_path",
        )
    },
    **dict.fromkeys(
        ["creditrecord.person_name", "creditrecord.ground", "creditrecord.law"], _PRACTICE
    ),
    "creditrecord.entered_by": _DECIDING,
    **{
        f"{model}.{field}": None
        for model in ("repair", "objection")
        for field in ("id", "record", "filed_at", "due_at", "late_told_at", "answered_at", "state")
    },
    **dict.fromkeys(
        ["repair.answer", "repair.answered_by", "objection.answer", "objection.answered_by"],
        _DECIDING,
    ),
    **dict.fromkeys(
        [
            "repair.account",
            "repair.proof",
            "repair.commitment",
            "repair.filed_by",
            "objection.grounds",
            "objection.evidence",
            "objection.filed_by",
        ],
        _ASKED,
    ),
    **{
        f"grade.{field}": None
        for field in (
            "id",
            "organization",
            "year",
            "grade",
            "score",
            "set_at",
            "note",
            "replaced_at",
            "source",
            "source_label",
            "source_path",
        )
    },
    "grade.set_by": _DECIDING,
}
