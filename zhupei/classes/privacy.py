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
            "classdocument.file",
            "classdocument.added_at",
            "invitation.id",
            "invitation.training_class",
            "invitation.token",
            "invitation.invited_at",
            "enrolment.id",
            "enrolment.training_class",
            "enrolment.invitation",
        ]
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
    **dict.fromkeys(["enrolment.person", "enrolment.state", "enrolment.enrolled_at"], TAKING_PART),
}
