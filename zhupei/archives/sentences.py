"""How each event reads in a timeline."""

from django.utils.translation import gettext_lazy as _

from zhupei.archives.events import ArchiveEvent as E

SENTENCES = {
    E.MADE: _("%(actor)s 归档：%(files)s 个文件，档案包指纹 %(short)s"),
    E.DOWNLOADED: _("%(actor)s 下载了档案包"),
    E.CHECKED: _("%(actor)s 检测档案包，完整无误"),
    E.FAULTS_FOUND: _("%(actor)s 检测档案包，发现 %(count)s 处问题：%(first)s"),
}
