"""How each event reads in a timeline."""

from django.utils.translation import gettext_lazy as _

from zhupei.certificates.events import CertificateEvent as E

SENTENCES = {
    E.ISSUED: _("%(actor)s 签发证书 %(thing)s"),
    E.BATCH_ISSUED: _("%(actor)s 签发 %(count)s 张证书，%(first)s 至 %(last)s"),
    E.PRINTED: _("系统制成证书文件并签名，指纹 %(short)s"),
    E.NOT_PRINTED: _("证书文件没有制成：%(reason)s"),
    E.REVOKED: _("%(actor)s 撤销证书（%(reason)s）：%(note)s"),
    E.REVIEW_BEGAN: _("%(actor)s 标记复核：%(note)s"),
    E.REVIEW_ENDED: _("%(actor)s 解除复核标记：%(note)s"),
    E.DOWNLOADED: _("%(actor)s 下载了证书文件"),
    E.EXPORTED: _("%(actor)s 导出了 %(count)s 张证书的清单"),
}
