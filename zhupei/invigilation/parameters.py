"""The figures of the exam room. All are proposals until the department sets them."""

from django.utils.translation import gettext_lazy as _

from zhupei.core.parameters import Parameter
from zhupei.invigilation.rules import board

OFF_AFTER = Parameter(
    key="invigilation.off_after",
    label=_("考试机多久没有消息算断线"),
    default=board.OFF_AFTER,
    unit=_("秒"),
    source="平台建议值",
    minimum=20,
    maximum=600,
)
IDLE_AFTER = Parameter(
    key="invigilation.idle_after",
    label=_("多久没有新答案算久未作答"),
    default=board.IDLE_AFTER,
    unit=_("秒"),
    source="平台建议值；只作提示，不作判断",
    minimum=60,
    maximum=3600,
)
SIGNATURES = Parameter(
    key="invigilation.signatures",
    label=_("监考日志须有几名监考员签名"),
    default=2,
    unit=_("人"),
    source="每考场两名监考员是多数地方的做法，自治区没有规定，平台建议值",
    minimum=1,
    maximum=4,
)
EXAM_KEYS = Parameter(
    key="invigilation.exam_keys",
    label=_("全区认可的安全考试浏览器密钥（BEK）"),
    default="",
    unit=_("每个 64 位十六进制，前面可写版本，空格分隔；留空只查配置密钥"),
    source="由厅里按浏览器版本登记",
)
