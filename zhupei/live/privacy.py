"""What looking from afar says about people: who watched, and pictures of those in the room."""

from django.utils.translation import gettext_lazy as _

from zhupei.core.privacy import Personal

_WATCHERS = Personal(
    _("查看不背着教室：教室知道谁在什么时候看过"),
    _("结班或考试后 10 年，随培训和考核档案"),
    what=_("远程查看的检查人员、时间、看到的情况"),
)
_PICTURES = Personal(
    _("证明培训、考核在进行，或者记下看到的问题（第六条、第十三条）"),
    _("90 天；留作证据的 3 年，到期自动删除（期限是规则参数）"),
    what=_("远程查看时截取的教室、考场画面"),
)
_HELD = Personal(_("说明为什么留作证据"), _("随所留的截图"), what=_("留存证据的人和理由"))

FIELDS: dict[str, Personal | None] = {
    **dict.fromkeys(
        [
            *(
                f"room.{name}"
                for name in (
                    *("id", "training_class", "sitting", "session", "organization", "prefecture"),
                    *("division", "way", "link", "passcode", "hint", "stream", "key"),
                    *("key_until", "registered_at", "withdrawn_at"),
                )
            ),
            *(f"broadcast.{name}" for name in ("id", "room", "client", "began_at", "ended_at")),
            "look.id",
            "look.room",
            "look.authority",
            "snapshot.id",
            "snapshot.look",
            "snapshot.source",
            "snapshot.keep_until",
            "snapshot.removed_at",
        ]
    ),
    **dict.fromkeys(
        [f"look.{name}" for name in ("by", "opened_at", "seen_at", "closed_at", "outcome", "note")],
        _WATCHERS,
    ),
    **dict.fromkeys(["snapshot.file", "snapshot.sha256", "snapshot.taken_at"], _PICTURES),
    **dict.fromkeys(["snapshot.held_by", "snapshot.held_for"], _HELD),
}
