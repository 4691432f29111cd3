"""Invented people and numbers: names as they occur in the region, numbers that nobody has."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from stdnum.cn import uscc
from stdnum.iso7064 import mod_11_2

# fmt: off
SURNAMES = [
    "王", "李", "张", "刘", "陈", "杨", "赵", "黄", "周", "吴", "徐", "孙", "胡", "朱", "高", "林",
    "何", "郭", "罗", "梁", "宋", "郑", "谢", "韩", "唐", "冯", "于", "董", "萧", "程", "曹", "袁",
]
GIVEN = {
    "male": [
        "建国", "志强", "海涛", "文斌", "永刚", "新民", "德胜", "卫东", "晓峰", "军", "伟", "勇",
        "鹏飞", "立新", "振华", "国庆", "天山", "浩", "宏伟", "学军", "长江", "栋梁", "守信", "明",
    ],
    "female": [
        "秀英", "桂兰", "晓燕", "雪梅", "丽华", "静", "婷", "红霞", "春梅", "海燕", "玉珍", "慧",
        "艳", "淑芬", "文静", "佳怡", "新华", "月华", "冬梅", "敏", "芳", "爱玲", "巧云", "娟",
    ],
}
UYGHUR = {
    "male": [
        "阿迪力", "买买提", "艾力", "吐尔逊", "库尔班", "阿卜杜拉", "艾尼瓦尔", "玉素甫", "亚森",
        "依明", "热合曼", "塔依尔", "帕尔哈提", "努尔麦麦提", "凯赛尔", "伊力亚斯", "木拉提",
        "吾守尔", "萨迪克", "艾合麦提", "如则", "居马洪", "阿不力米提", "穆合塔尔",
    ],
    "female": [
        "阿依古丽", "古丽娜尔", "玛依拉", "热孜万古丽", "帕提古丽", "米热古丽", "阿依努尔",
        "古丽巴哈尔", "祖丽皮亚", "迪丽拜尔", "努尔古丽", "阿孜古丽", "布阿提坎", "曼孜热",
        "茹仙古丽", "海丽且姆", "姑丽米热", "哈尼克孜", "麦尔耶姆", "塔吉古丽", "艾孜买提罕",
        "阿曼古丽",
    ],
}
KAZAKH = {
    "male": [
        "叶尔江", "巴合提", "努尔兰", "赛力克", "阿斯哈尔", "叶尔肯", "哈那提", "别克", "胡安德克",
        "马合沙提", "木合亚提", "沙亚提", "达吾列提", "加纳提", "吐尔逊别克", "托列根",
    ],
    "female": [
        "阿依江", "古丽江", "哈丽玛", "加娜尔", "巴合提古丽", "库丽扎提", "玛丽亚", "沙吾列",
        "叶尔克古丽", "迪娜拉", "阿依波塔", "肯吉古丽", "努尔沙吾列", "萨吾列", "赛丽克", "乌丽江",
    ],
}
HUI_SURNAMES = [
    "马", "丁", "海", "白", "撒", "哈", "买", "纳", "沙", "穆",
]
HUI = {
    "male": [
        "成龙", "文海", "小虎", "伏海", "玉林", "俊", "国栋", "占彪", "学义", "金山",
    ],
    "female": [
        "秀兰", "小梅", "海花", "玉兰", "丽娜", "晓红", "彩霞", "金花", "春燕", "慧芳",
    ],
}
MONGOL = {
    "male": [
        "巴图", "孟克", "道尔吉", "加甫", "巴特尔", "青格勒", "布仁", "那木加甫", "乌力吉", "桑杰",
    ],
    "female": [
        "其其格", "娜仁", "萨仁", "托娅", "乌兰", "阿拉腾花", "图雅", "高娃", "琪琪格玛", "才次克",
    ],
}
# fmt: on
EMPLOYERS = (
    "天山北麓建筑安装工程有限公司",
    "戈壁春建设工程有限公司",
    "绿洲筑业劳务有限公司",
    "雪岭市政工程有限公司",
    "大漠胡杨建筑有限公司",
    "河谷新城建设集团有限公司",
    "丝路驿建筑劳务有限公司",
    "",
    "",
    "",
)

BLOCKS = ("199", "170", "198", "191", "165", "167")  # first digits of the telephone numbers
WEIGHTS = (42, 33, 13, 9, 3)  # Uyghur, Han, Kazakh, Hui, Mongol
OLDEST, YOUNGEST = date(1968, 1, 1), date(2004, 12, 31)


@dataclass(frozen=True)
class Identity:
    """Who an invented person is."""

    name: str
    id_number: str
    phone: str
    employer: str


def chance(*of: object) -> Random:
    """Dice that always fall the same for the same words."""
    return Random(" ".join(map(str, of)))  # noqa: S311 - invented people; nothing secret hangs on it


def people(random: Random) -> Iterator[Identity]:
    """Invented people without end; no two have the same number or telephone, some the same name."""
    numbers: set[str] = set()
    for phone in _phones(random):
        sex = random.choice(("male", "male", "female"))
        number = _id_number(random, sex)
        if number not in numbers:
            numbers.add(number)
            yield Identity(_name(random, sex), number, phone, random.choice(EMPLOYERS))


def _phones(random: Random) -> Iterator[str]:
    """Every number of the blocks, in an order that looks like none."""
    place = random.randrange(10**8)
    while True:
        yield f"{BLOCKS[place % len(BLOCKS)]}{place:08d}"
        place = (place + 7_368_787) % 10**8  # shares no factor with 10**8: none comes twice


def _name(random: Random, sex: str) -> str:
    """A name of one of the peoples; fathers give theirs after the dot."""
    (kind,) = random.choices(("uyghur", "han", "kazakh", "hui", "mongol"), WEIGHTS)
    if kind == "uyghur":
        return _of_father(random, UYGHUR, sex)
    if kind == "kazakh":
        return _of_father(random, KAZAKH, sex)
    if kind == "hui":
        return random.choice(HUI_SURNAMES) + random.choice(HUI[sex])
    if kind == "mongol":
        return random.choice(MONGOL[sex])
    return random.choice(SURNAMES) + random.choice(GIVEN[sex])


def _of_father(random: Random, names: dict[str, list[str]], sex: str) -> str:
    own = random.choice(names[sex])
    return f"{own}·{random.choice([name for name in names['male'] if name != own])}"


def _id_number(random: Random, sex: str) -> str:
    """Area 650000 is nobody's place of birth, so the number is nobody's; its check digit fits."""
    born = OLDEST + timedelta(days=random.randrange((YOUNGEST - OLDEST).days))
    order = random.randrange(500) * 2 + (sex == "male")
    body = f"650000{born:%Y%m%d}{order:03d}"
    return body + str(mod_11_2.calc_check_digit(body))


def credit_code(random: Random, division: str) -> str:
    """A unified social credit code with the right check digit, of a body registered nowhere."""
    body = f"52{division}" + "".join(
        random.choice("0123456789ABCDEFGHJKLMNPQRTUWXY") for _ in "123456789"
    )
    return body + str(uscc.calc_check_digit(body))
