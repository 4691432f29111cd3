"""What the tables of marking say about people."""

from django.utils.translation import gettext_lazy as _

from zhupei.core.privacy import Personal

_MARKED = Personal(
    _("评定考核成绩（办法第二十条）"), _("随一场一档保存 30 年"), what=_("主观题答案的得分和评语")
)
_MARKER = Personal(
    _("谁评的分可以追溯（办法第二十条）"), _("随一场一档保存 30 年"), what=_("考评员参加阅卷")
)

FIELDS: dict[str, Personal | None] = {
    **dict.fromkeys(["marker.id", "marker.sitting", "script.id", "script.sitting", "reading.id"]),
    **dict.fromkeys(["marker.user", "reading.reader"], _MARKER),
    **dict.fromkeys(["script.place", "script.code", "script.state", "reading.turn"]),
    **dict.fromkeys(
        [
            "script.attempt",
            "script.share_over",
            "script.share_under",
            "reading.script",
            "reading.points",
            "reading.lines",
            "reading.note",
            "reading.given_at",
        ],
        _MARKED,
    ),
}
