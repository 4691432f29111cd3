"""How much of what was filmed and photographed lies inside a package."""

from django.utils.translation import gettext_lazy as _

from zhupei.core.parameters import Parameter

# Source: project register of facts, §7 (sound and pictures may be registered by digest, outside).
FILE_LIMIT = Parameter(
    "archives.file_limit",
    _("档案包内单个过程资料最大"),
    default=20,
    unit="MB",
    source="平台建议值；更大的登记大小和指纹，存放在包外（GB/T 42133-2022 对音视频的做法）",
    minimum=1,
    maximum=500,
)
VIDEO_YEARS = Parameter(
    "archives.video_years",
    _("考核音视频保存多久"),
    default=3,
    unit=_("年"),
    source="办法（草案）第二十条只要求妥善保存；年限参照教育考试，待厅确认",
    minimum=1,
    maximum=30,
)
PACKAGE_LIMIT = Parameter(
    "archives.package_limit",
    _("档案包内过程资料合计最大"),
    default=200,
    unit="MB",
    source="平台建议值；超出的登记大小和指纹，存放在包外",
    minimum=1,
    maximum=2000,
)
