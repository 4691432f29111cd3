"""What the tables of classes say about people."""

from django.utils.translation import gettext_lazy as _

from zhupei.core.privacy import Personal

NAMED = Personal(
    purpose=_("向名册上的人发出邀请，供本人确认参加（办法第十一、十二条）"),
    keep=_("随培训档案保存 10 年"),
    what=_("姓名、身份证号码、手机号、单位、答复"),
)
TAKING_PART = Personal(
    purpose=_("记录本人参加了哪个班，计算学时和报考资格（办法第十三条）"),
    keep=_("培训档案保存 10 年"),
    what=_("参加的班、报名时间、状态"),
)
WAITING_LIST = Personal(
    purpose=_("名额放开时按先后通知候补的人（办法第十一条）"),
    keep=_("随培训档案保存 10 年"),
    what=_("候补哪个班、先后、是否递补"),
)
REVIEWING = Personal(
    purpose=_("证明审核人真正看过材料（2023 年度评估通报第二部分）"),
    keep=_("随开班审批材料保存 30 年"),
    what=_("审核人打开了哪些材料、停留时间、逐项意见"),
)
TEACHING = Personal(
    purpose=_("排课和考勤，核对任课教师（办法第十二条）"),
    keep=_("培训档案保存 10 年"),
    what=_("任课教师"),
)

FIELDS: dict[str, Personal | None] = {
    **dict.fromkeys(
        [
            "trainingclass.id",
            "trainingclass.number",
            "trainingclass.organization",
            "trainingclass.prefecture",
            "trainingclass.division",
            "trainingclass.syllabus",
            "trainingclass.title",
            "trainingclass.starts_on",
            "trainingclass.ends_on",
            "trainingclass.seats",
            "trainingclass.room",
            "trainingclass.contact_phone",
            "trainingclass.practice_scheme",
            "trainingclass.state",
            "trainingclass.mode",
            "trainingclass.submitted_at",
            "trainingclass.due_at",
            "lesson.id",
            "lesson.training_class",
            "lesson.unit",
            "lesson.kind",
            "lesson.starts_at",
            "lesson.ends_at",
            "lesson.room",
            "lesson.booked",
            "classdocument.id",
            "classdocument.training_class",
            "classdocument.kind",
            "classdocument.unit",
            "classdocument.file",
            "classdocument.added_at",
            "invitation.id",
            "invitation.training_class",
            "invitation.token",
            "invitation.invited_at",
            "enrolment.id",
            "enrolment.training_class",
            "enrolment.invitation",
            "trainingclass.frozen_since",
            "waiting.id",
            "waiting.training_class",
            "reading.id",
            "reading.training_class",
            "reading.round",
            "reading.paper",
            "finding.id",
            "finding.training_class",
            "finding.round",
            "finding.item",
            "draw.id",
            "draw.day",
            "draw.seed",
            "draw.share",
            "draw.candidates",
            "draw.drawn_at",
            "secondreading.id",
            "secondreading.training_class",
            "secondreading.draw",
            "secondreading.state",
        ]
    ),
    **dict.fromkeys(
        ["waiting.person", "waiting.since", "waiting.offered_until", "waiting.state"], WAITING_LIST
    ),
    **dict.fromkeys(
        [
            "reading.reader",
            "reading.opened_at",
            "reading.seen_at",
            "reading.seconds",
            "finding.reader",
            "finding.verdict",
            "finding.note",
            "finding.found_at",
            "secondreading.first_reader",
            "secondreading.read_at",
            "secondreading.read_by",
        ],
        REVIEWING,
    ),
    "lesson.teacher": TEACHING,
    **dict.fromkeys(
        [
            "invitation.name",
            "invitation.id_number",
            "invitation.id_index",
            "invitation.id_last_four",
            "invitation.phone",
            "invitation.employer",
            "invitation.state",
        ],
        NAMED,
    ),
    **dict.fromkeys(
        ["enrolment.person", "enrolment.state", "enrolment.enrolled_at", "enrolment.came_from"],
        TAKING_PART,
    ),
}
