"""The figures assembly works with. All are proposals until the department sets them."""

from django.utils.translation import gettext_lazy as _

from zhupei.core.parameters import Parameter

_SHARE = "平台建议值；题目有实测数据后改用实测得分率"
SHARES = {
    level: Parameter(
        key=f"papers.share_{level}",
        label=label,
        default=default,
        unit=_("%（普通考生的得分率）"),
        source=_SHARE,
        minimum=2,
        maximum=98,
    )
    for level, label, default in (
        (1, _("难度 1（易）的题预计得分率"), 85),
        (2, _("难度 2（较易）的题预计得分率"), 70),
        (3, _("难度 3（中）的题预计得分率"), 55),
        (4, _("难度 4（较难）的题预计得分率"), 40),
        (5, _("难度 5（难）的题预计得分率"), 25),
    )
}
DIFFICULTY_TOLERANCE = Parameter(
    key="papers.difficulty_tolerance",
    label=_("同次组的各套卷，预计平均分最多相差"),
    default=1,
    unit=_("分（满分 100）"),
    source="平台建议值",
    minimum=1,
    maximum=20,
)
INFORMATION_TOLERANCE = Parameter(
    key="papers.information_tolerance",
    label=_("同次组的各套卷，信息量最多相差"),
    default=2,
    unit=_("%"),
    source="平台建议值",
    minimum=1,
    maximum=50,
)
EXPOSURE_DAYS = Parameter(
    key="papers.exposure_days",
    label=_("试题上过卷后，多少天内算作曝光"),
    default=365,
    unit=_("天"),
    source="平台建议值（曝光率上限见《事实登记》第 5 节）",
    minimum=1,
    maximum=3650,
)
MEASURED_LEAST = Parameter(
    key="papers.measured_least",
    label=_("至少多少人答过，才用实测数据组卷"),
    default=50,
    unit=_("人"),
    source="平台建议值",
    minimum=10,
    maximum=5000,
)
SOLVER_SECONDS = Parameter(
    key="papers.solver_seconds",
    label=_("组卷求解最多用时"),
    default=60,
    unit=_("秒"),
    source="平台建议值",
    minimum=5,
    maximum=600,
)
