"""The jobs people are trained for and the code systems others know them by.

Codes of site posts are ours; trades carry the code of the national construction workers'
platform. Systems whose tables are not public yet stand here empty; the region fills them in.

Source: project register of facts, 1.2 and 2.2.
"""

from datetime import date

from zhupei.syllabus.models import Category, CodeSystem, Confidence, Job, JobCode

SITE_POSTS = {
    "SGY-TJ": "土建施工员",
    "SGY-ZS": "装饰装修施工员",
    "SGY-SB": "设备安装施工员",
    "SGY-SZ": "市政工程施工员",
    "ZLY-TJ": "土建质量员",
    "ZLY-ZS": "装饰装修质量员",
    "ZLY-SB": "设备安装质量员",
    "ZLY-SZ": "市政工程质量员",
    "CLY": "材料员",
    "JXY": "机械员",
    "LWY": "劳务员",
    "ZIL": "资料员",
    "BZY": "标准员",
}
TRADES = {
    "010": "砌筑工",
    "020": "钢筋工",
    "030": "架子工",
    "040": "混凝土工",
    "050": "模板工",
    "060": "机械设备安装工",
    "070": "通风工",
    "080": "安装起重工",
    "090": "安装钳工",
    "100": "电气设备安装调试工",
    "110": "管道工",
    "120": "变电安装工",
    "130": "建筑电工",
    "140": "司泵工",
    "150": "挖掘铲运和桩工机械司机",
    "160": "桩机操作工",
    "170": "起重信号工",
    "180": "建筑起重机械安装拆卸工",
    "190": "装饰装修工",
    "200": "室内成套设施安装工",
    "210": "建筑门窗幕墙安装工",
    "220": "幕墙制作工",
    "230": "防水工",
    "240": "木工",
    "250": "石工",
    "270": "电焊工",
    "280": "爆破工",
    "290": "除尘工",
    "300": "测量放线工",
    "310": "线路架设工",
    "320": "古建筑传统石工",
    "330": "古建筑传统瓦工",
    "340": "古建筑传统彩画工",
    "350": "古建筑传统木工",
    "360": "古建筑传统油工",
    "380": "金属工",
    "390": "杂工",
    "900": "管理人员",
    "1000": "其它",
}
NO_TRADES = {"900", "1000"}  # the platform counts people under them; nobody is trained for them

PLATFORM = "workers-platform"
SECOND_HAND = Confidence.SECOND_HAND
SYSTEMS = (
    {
        "key": PLATFORM,
        "name": "全国建筑工人平台工种代码",
        "issuer": "住房和城乡建设部",
        "source": "全国建筑工人管理服务信息平台数据标准",
        "confidence": SECOND_HAND,
        "note": "按公开实现录入，正式文本到手后逐项核对。",
    },
    {
        "key": "mohurd-posts",
        "name": "部编岗位代码",
        "issuer": "住房和城乡建设部",
        "source": "建办人函〔2019〕384号附件（正文未见）",
        "confidence": SECOND_HAND,
        "note": "编码表公布后由自治区住建厅录入。",
    },
    {
        "key": "mohurd-trades",
        "name": "住房城乡建设行业职业工种代码",
        "issuer": "住房和城乡建设部",
        "source": "建办人〔2017〕76号《住房城乡建设行业职业工种目录》（编码表未见）",
        "confidence": SECOND_HAND,
        "note": "含市政、燃气、供水等工种，编码表到手后录入。",
    },
    {
        "key": "hr-occupations",
        "name": "国家职业编码",
        "issuer": "人力资源和社会保障部",
        "source": "《中华人民共和国职业分类大典》（2022年版）",
        "confidence": SECOND_HAND,
        "note": "对照大典逐项核对后录入。",
    },
)
SINCE = date(2020, 1, 1)  # the earliest day this platform speaks of


def load_jobs() -> int:
    """Enter the jobs and codes that are missing; return how many jobs the list has."""
    jobs = [
        Job(code=code, name=name, category=Category.SITE_POST) for code, name in SITE_POSTS.items()
    ]
    jobs += [
        Job(code=f"T{code}", name=name, category=Category.TRADE, offered=code not in NO_TRADES)
        for code, name in TRADES.items()
    ]
    Job.objects.bulk_create(jobs, ignore_conflicts=True)
    CodeSystem.objects.bulk_create(
        [CodeSystem(**fields) for fields in SYSTEMS], ignore_conflicts=True
    )
    _load_platform_codes()
    return len(jobs)


def _load_platform_codes() -> None:
    system = CodeSystem.objects.get(key=PLATFORM)
    trades = Job.objects.filter(code__in=[f"T{code}" for code in TRADES])
    JobCode.objects.bulk_create(
        JobCode(
            job=job,
            system=system,
            code=job.code.removeprefix("T"),
            source=system.source,
            confidence=SECOND_HAND,
            valid_from=SINCE,
        )
        for job in trades.exclude(codes__system=system)
    )
