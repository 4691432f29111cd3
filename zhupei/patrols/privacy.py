"""What the tables of patrols say about people."""

from django.utils.translation import gettext_lazy as _

from zhupei.core.privacy import Personal

_KEPT = _("随巡查记录保存 5 年")
_OFFICIALS = Personal(_("知道谁安排、谁到场、谁负责（第六条）"), _KEPT, what=_("巡查人员和时间"))
_CALLED = Personal(_("核对签到和考核记录是否真实（第十三条）"), _KEPT, what=_("抽点名单、是否在场"))
_SEEN = Personal(
    _("证明现场的情况；拍摄地点和手机信息在保存前去掉"), _KEPT, what=_("现场照片，可能拍到人")
)
_WORDS = Personal(_("说明看到的情况和原因"), _KEPT, what=_("备注，可能写到有关人员"))

FIELDS: dict[str, Personal | None] = {
    **dict.fromkeys(
        f"duty.{name}"
        for name in (
            *("id", "kind", "training_class", "sitting", "session", "organization"),
            *("prefecture", "division", "authority", "category", "number", "title"),
            *("opens_at", "closes_at", "wanted", "looks", "paused_since", "state"),
            *("alerted_at", "missed_at", "ground", "explained_at", "escalated_at"),
        )
    ),
    **dict.fromkeys(
        f"patrol.{name}"
        for name in ("id", "key", "duty", "way", "seed", "form", "state", "planned_for")
    ),
    **dict.fromkeys(["deed.id", "deed.kind", "deed.about", "deed.clock_error"]),
    **dict.fromkeys(["photo.id", "photo.patrol", "photo.deed", "photo.about", "photo.removed"]),
    **dict.fromkeys(f"roll.{name}" for name in ("id", "patrol", "deed", "lesson", "expected")),
    **dict.fromkeys(["rollline.id", "rollline.roll", "rollline.place"]),
    **dict.fromkeys(
        [
            *(
                "duty.explained_by",
                "patrol.planned_at",
                "patrol.planned_by",
                "patrol.members",
                "patrol.looks",
            ),
            *("patrol.looked_at", "patrol.filed_at", "patrol.filed_by"),
            *("deed.patrol", "deed.made_by", "deed.phone", "deed.phone_at", "deed.at"),
            *("deed.received_at", "photo.taken_at", "roll.at"),
        ],
        _OFFICIALS,
    ),
    **dict.fromkeys(
        [f"rollline.{name}" for name in ("person", "enrolment", "found", "signed", "mismatch")],
        _CALLED,
    ),
    **dict.fromkeys(["duty.explanation", "patrol.answers", "deed.value"], _WORDS),
    "photo.file": _SEEN,
}
