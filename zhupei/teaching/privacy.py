"""What the tables of teaching say about people."""

from django.utils.translation import gettext_lazy as _

from zhupei.core.privacy import Personal

_TAUGHT = Personal(
    _("记录谁上的课、谁检查的（办法第十三条）"),
    _("培训档案保存 10 年"),
    what=_("授课教师、填写人、检查人"),
)
_SEEN = Personal(
    _("留存培训过程的图片和影像（办法第十三条）"),
    _("培训影像保存 1 年，文字材料 10 年"),
    what=_("照片、录像、说明，上传人和时间"),
)
_GIVEN = Personal(
    _("确认教材发到本人手里（2023 年度评估通报第三部分）"),
    _("培训档案保存 10 年"),
    what=_("领到哪本教材、何时、怎样确认"),
)

FIELDS: dict[str, Personal | None] = {
    **dict.fromkeys(
        [
            "lessonlog.id",
            "lessonlog.lesson",
            "lessonlog.training_class",
            "lessonlog.held",
            "lessonlog.content",
            "lessonlog.note",
            "lessonlog.batches",
            "lessonlog.stations_used",
            "lessonlog.briefed",
            "lessonlog.materials",
            "evidence.id",
            "evidence.training_class",
            "evidence.lesson",
            "evidence.kind",
            "teachingcheck.id",
            "teachingcheck.training_class",
            "teachingcheck.lesson",
            "teachingcheck.checked_on",
            "teachingcheck.verdict",
            "teachingcheck.found",
            "teachingcheck.corrected_at",
            "teachingcheck.corrected",
            "classbook.id",
            "classbook.training_class",
            "classbook.textbook",
            "handout.id",
        ]
    ),
    **dict.fromkeys(
        [
            "lessonlog.taught_by",
            "lessonlog.written_by",
            "lessonlog.written_at",
            "teachingcheck.checker",
        ],
        _TAUGHT,
    ),
    **dict.fromkeys(
        [
            "evidence.file",
            "evidence.caption",
            "evidence.added_by",
            "evidence.added_at",
            "evidence.withdrawn_at",
            "evidence.withdrawn_note",
        ],
        _SEEN,
    ),
    **dict.fromkeys(
        [
            "handout.enrolment",
            "handout.book",
            "handout.given_by",
            "handout.given_at",
            "handout.confirmed_at",
            "handout.confirmed_how",
        ],
        _GIVEN,
    ),
}
