"""The moves of a certificate: there is one, and nothing brings it back."""

from django.utils.translation import gettext_lazy as _

from zhupei.certificates.access import may_revoke
from zhupei.certificates.events import CertificateEvent
from zhupei.certificates.models import Certificate
from zhupei.certificates.models import State as S
from zhupei.core.workflow import Move, Workflow

# fmt: off
CERTIFICATE: Workflow[Certificate] = Workflow([
    Move("revoke", {S.VALID}, S.REVOKED, CertificateEvent.REVOKED, may_revoke, _("撤销证书"),
         _("查验页马上显示“已撤销”和原因类别，持证人收到通知，证书文件不再提供下载；撤销不能收回"),
         tone="danger", needs_note=True),
])
# fmt: on
