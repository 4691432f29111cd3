"""The jobs people are trained for. Codes of site posts are ours; trades carry the code of the
national construction workers' platform. The ministry's own codes are filled in when published.
"""

from zhupei.syllabus.models import Category, Job

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
    "190": "装饰装修工",
    "210": "建筑门窗幕墙安装工",
    "230": "防水工",
    "240": "木工",
    "250": "石工",
    "270": "电焊工",
    "300": "测量放线工",
}


def load_jobs() -> int:
    """Enter the jobs that are missing; return how many the list has."""
    jobs = [
        Job(code=code, name=name, category=Category.SITE_POST) for code, name in SITE_POSTS.items()
    ]
    jobs += [
        Job(code=f"T{code}", name=name, category=Category.TRADE) for code, name in TRADES.items()
    ]
    Job.objects.bulk_create(jobs, ignore_conflicts=True)
    return len(jobs)
