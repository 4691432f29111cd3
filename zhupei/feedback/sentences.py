"""How each event reads in a timeline."""

from django.utils.translation import gettext_lazy as _

from zhupei.feedback.events import FeedbackEvent as E

SENTENCES = {
    E.SELF_EVALUATED: _("%(actor)s 提交了质量自评"),
    E.CALLS_CHOSEN: _("%(actor)s 从 %(of)s 名学员里抽出 %(count)s 名待回访（种子 %(seed)s）"),
    E.CALLED: _("%(actor)s 回访了一名学员"),
    E.NOT_REACHED: _("%(actor)s 回访一名学员，第 %(tries)s 次未接通"),
    E.GIVEN_UP: _("%(actor)s 回访一名学员，多次未接通，不再打"),
    E.DECLINED: _("%(actor)s 回访一名学员，本人不愿接受回访"),
}
