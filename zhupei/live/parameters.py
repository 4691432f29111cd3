"""Figures of looking into rooms from afar. All are proposals until the department sets them."""

from django.utils.translation import gettext_lazy as _

from zhupei.core.parameters import Parameter

_LEAST_DATA = "个人信息保护法第六条、第十九条（最小范围、最短时间）；天数为建议值"

KEY_DAYS = Parameter(
    "live.key_days",
    label=_("推流密钥最长有效"),
    default=30,
    unit=_("天"),
    source="平台建议值；班级或场次结束一天后即失效",
    minimum=1,
    maximum=180,
)
LINK_MINUTES = Parameter(
    "live.link_minutes",
    label=_("打开一次画面，链接多久失效"),
    default=180,
    unit=_("分钟"),
    source="平台建议值；结束查看立即失效",
    minimum=10,
    maximum=720,
)
SILENCE_MINUTES = Parameter(
    "live.silence_minutes",
    label=_("查看页面离开多久算看完"),
    default=5,
    unit=_("分钟"),
    source="平台建议值；教室据此知道还有没有人在看",
    minimum=2,
    maximum=120,
)
SNAPSHOTS = Parameter(
    "live.snapshots",
    label=_("一次查看最多截几张图"),
    default=5,
    unit=_("张"),
    source=_LEAST_DATA,
    minimum=0,
    maximum=30,
)
SNAPSHOT_DAYS = Parameter(
    "live.snapshot_days",
    label=_("截图保存多久"),
    default=90,
    unit=_("天"),
    source=_LEAST_DATA,
    minimum=1,
    maximum=1095,
)
EVIDENCE_DAYS = Parameter(
    "live.evidence_days",
    label=_("留作证据的截图保存多久"),
    default=1095,
    unit=_("天"),
    source="行政处罚法第三十六条（违法行为二年内发现），加一年办理；天数为建议值",
    minimum=90,
    maximum=3650,
)
