"""How each event reads in a timeline."""

from django.utils.translation import gettext_lazy as _

from zhupei.live.events import LookEvent as L
from zhupei.live.events import RoomEvent as R
from zhupei.live.events import SnapshotEvent as S

SENTENCES = {
    R.REGISTERED: _("%(actor)s 登记了远程查看：%(kind)s"),
    R.CHANGED: _("%(actor)s 改了远程查看的登记：%(kind)s"),
    R.KEY_RENEWED: _("%(actor)s 换了推流密钥，%(until)s 前有效"),
    R.WITHDRAWN: _("%(actor)s 撤下了远程查看的登记：“%(note)s”"),
    R.ON_AIR: _("教室画面接通"),
    R.OFF_AIR: _("教室画面断开，持续 %(minutes)s 分钟"),
    L.OPENED: _("%(authority)s 的 %(actor)s 开始远程查看"),
    L.CLOSED: _("%(actor)s 结束远程查看，看了 %(minutes)s 分钟：%(outcome)s"),
    L.WENT_AWAY: _("%(watcher)s 已离开页面，远程查看自动结束"),
    S.TAKEN: _("%(actor)s 在远程查看时截了一张图，保存到 %(until)s"),
    S.VIEWED: _("%(actor)s 打开了一张截图"),
    S.HELD: _("%(actor)s 把一张截图留作证据，保存到 %(until)s：“%(note)s”"),
    S.REMOVED: _("一张截图到期删除"),
}
