"""The right to train, in words: a badge, a sentence, and what follows from it."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zhupei.core.templatetags.ui import dated
from zhupei.institutions.rules.licences import Right, Standing

STANDINGS: dict[Standing, tuple[str, str, str | Promise]] = {
    Standing.NONE: ("circle-x", "bad", gettext_lazy("没有许可证")),
    Standing.FUTURE: ("clock", "warn", gettext_lazy("尚未生效")),
    Standing.VALID: ("circle-check", "ok", gettext_lazy("有效")),
    Standing.RUNS_OUT: ("alert-triangle", "warn", gettext_lazy("即将到期")),
    Standing.EXPIRED: ("circle-x", "bad", gettext_lazy("已过期")),
}
CHOICES = [(standing.value, words) for standing, (_icon, _tone, words) in STANDINGS.items()]


@dataclass(frozen=True)
class Seen:
    """A right as a page shows it: badge (icon, tone, word), the last day, a sentence if any."""

    icon: str
    tone: str
    word: str | Promise
    until: str
    sentence: str

    @property
    def must_act(self) -> bool:
        return bool(self.sentence)


def seen(right: Right) -> Seen:
    """What people read of a right to train."""
    icon, tone, word = STANDINGS[right.standing]
    until = dated(right.licence.last) if right.licence else ""
    return Seen(icon, tone, word, until, _sentence(right))


def _sentence(right: Right) -> str:
    """What has to be done about it; nothing is said of a licence that holds."""
    if right.standing is Standing.NONE:
        return _("还没有登记办学许可证，不能提交开班计划。请把原件送属地住建局核对登记。")
    assert right.licence
    facts = {
        "number": right.licence.number,
        "first": dated(right.licence.first),
        "last": dated(right.licence.last),
        "left": right.left,
    }
    sentences = {
        Standing.FUTURE: _("办学许可证 %(number)s 自 %(first)s 起有效，此前不能开班。"),
        Standing.RUNS_OUT: _(
            "办学许可证 %(number)s 还有 %(left)s 天到期（%(last)s）。"
            "到期后不能提交新的开班计划，结课日期超出有效期的班也不能提交，请及时换证。"
        ),
        Standing.EXPIRED: _(
            "办学许可证 %(number)s 已于 %(last)s 到期，不能再提交新的开班计划。"
            "换证后请把原件送属地住建局核对登记。"
        ),
    }
    return sentences.get(right.standing, "") % facts
