"""How each event reads in a timeline."""

from django.utils.translation import gettext_lazy as _

from zhupei.archives.events import ArchiveEvent as E
from zhupei.archives.events import RecordingEvent

SENTENCES = {
    RecordingEvent.REGISTERED: _("%(actor)s 登记考场录像“%(label)s”：%(file)s，指纹 %(short)s"),
    RecordingEvent.WITHDRAWN: _("%(actor)s 撤回了考场录像“%(label)s”：“%(note)s”"),
    RecordingEvent.SEEN: _("%(actor)s 打开了考场录像“%(label)s”"),
    E.MADE: _("%(actor)s 归档：%(files)s 个文件，档案包指纹 %(short)s"),
    E.DOWNLOADED: _("%(actor)s 下载了档案包"),
    E.CHECKED: _("%(actor)s 检测档案包，完整无误"),
    E.FAULTS_FOUND: _("%(actor)s 检测档案包，发现 %(count)s 处问题：%(first)s"),
}
