"""A roster somebody sends: its columns, what each row must keep, and the person a good row names.

Nothing is stored here; inviting the people of a reading to a class is an action.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import BinaryIO, Final

from django.utils.translation import gettext_lazy as _

from zhupei.core import imports, sheets
from zhupei.core.import_kinds import Column, Findings, Kind, Reading, Rule
from zhupei.core.sheets import Mark
from zhupei.people import rules
from zhupei.people.rules import Sex


@dataclass(frozen=True, slots=True)
class Entry:
    """A person on a roster. Sex and birth date are read from the identity number."""

    name: str
    id_number: str
    phone: str
    employer: str
    sex: Sex
    born_on: date


# fmt: off
COLUMNS: Final = (
    Column(
        "name", "姓名", ("学员姓名", "学员名字", "人员姓名", "真实姓名", "名字"),
        required=True, longest=100, example="玛依拉·买买提",
        help=_("与身份证一致；少数民族姓名中的点用“·”。"),
    ),
    Column(
        "id_number", "身份证号",
        ("身份证号码", "身份证", "身份证件号", "身份证件号码", "居民身份证号", "居民身份证号码",
         "公民身份号码", "公民身份证号", "公民身份证号码", "身份号码", "证件号码", "证件号"),
        required=True, digits=True, example="65000019880402416X",
        help=_("18 位，末位可以是 X；单元格须为“文本”格式。"),
    ),
    Column(
        "phone", "手机号",
        ("手机号码", "手机", "移动电话", "联系手机", "联系电话", "电话号码", "电话", "本人电话",
         "联系方式"),
        digits=True, example="13800138000", help=_("11 位手机号，用来发送邀请；没有可以不填。"),
    ),
    Column("sex", "性别", choices=("男", "女"), example="女",
        help=_("只用来核对身份证号，不保存。")),
    Column(
        "employer", "工作单位",
        ("单位", "单位名称", "所在单位", "所属单位", "用工单位", "用人单位", "企业名称",
         "工作单位名称"),
        example="××建筑工程有限公司", help=_("没有单位可以不填。"),
    ),
)
# fmt: on

# What people often ask for and nobody needs to train somebody: it is not taken in.
# Source: 个人信息保护法 art. 6 (the least that serves the purpose), art. 28 (sensitive data).
NOT_COLLECTED: Final[Mapping[str, tuple[str, ...]]] = {
    "民族": (),
    "政治面貌": ("政治身份",),
    "宗教信仰": ("宗教",),
    "婚姻状况": ("婚否",),
    "籍贯": (),
    "户籍地址": ("户籍所在地", "户口所在地", "身份证地址", "身份证住址"),
    "家庭住址": ("家庭地址", "住址", "现住址", "现居住地"),
    "健康状况": ("身体状况", "病史"),
    "血型": (),
    "银行卡号": ("银行账号", "银行卡", "银行账户"),
}

_SEXES: Final[Mapping[str, Sex]] = {"男": "male", "男性": "male", "女": "female", "女性": "female"}

RULES: Final[Mapping[str, Rule]] = {
    "name_missing": Rule(_("没有姓名。"), _("请填写身份证上的姓名。")),
    "name_shape": Rule(
        _("姓名里有数字、括号或别的符号，或者字数不对。"),
        _("请按身份证填写，一行一个人；职务、电话等请放到别的列。"),
    ),
    "id_missing": Rule(_("没有身份证号。"), _("请填写 18 位身份证号。")),
    "id_shape": Rule(
        _("身份证号应为 18 位：17 位数字，末位是数字或 X。"),
        _("请对照证件补全；15 位旧号码请换成现在的 18 位号码。"),
    ),
    "check_digit": Rule(
        _("身份证号的校验码不对，一定有一位输错了（GB 11643）。"),
        _("请对照证件逐位核对。"),
    ),
    "id_date": Rule(
        _("身份证号第 7 至 14 位不是可能的出生日期。"), _("请对照证件核对出生年月日。")
    ),
    "phone": Rule(
        _("这不是大陆手机号：应为 11 位数字，以 13 至 19 开头。"),
        _("请填写一个手机号；没有就留空。"),
    ),
    "sex_contradicts_id": Rule(
        _("性别“%(sex)s”与身份证号不符（第 17 位单数为男，双数为女）。"),
        _("请核对身份证号和性别，改正输错的一处。"),
    ),
    "phone_missing": Rule(_("没有手机号，收不到邀请短信。"), _("请当面告知学员登录后确认。")),
    "area_unknown": Rule(_("身份证号前两位不是任何省份的代码。"), _("请对照证件再看一遍。")),
    "sex_unknown": Rule(_("性别既不是“男”也不是“女”，没有用来核对。"), _("请填写“男”或“女”。")),
}


def kind(*, on: date, minimum_age: int = rules.MINIMUM_WORKING_AGE) -> Kind[Entry]:
    """How a roster is read for a class that begins ``on`` a day; ``minimum_age`` in full years."""
    under_age = Rule(
        _("到 %(on)s 未满 %(minimum_age)d 周岁（劳动法第十五条）。"),
        _("请核对身份证号；未到年龄的人不能报名。"),
    )
    return Kind(
        title="学员名单",
        columns=COLUMNS,
        judge=partial(_judge, on=on, minimum_age=minimum_age),
        rules={**RULES, f"under_age_{minimum_age}": under_age},
        same=lambda entry: entry.id_number,
        same_column="id_number",
        not_collected=NOT_COLLECTED,
        not_used=("序号", "编号", "No.", "No"),
    )


def read(
    file: BinaryIO,
    *,
    on: date,
    minimum_age: int = rules.MINIMUM_WORKING_AGE,
    max_bytes: int = sheets.MAX_BYTES,
    max_rows: int = sheets.MAX_ROWS,
) -> Reading[Entry]:
    """Rehearse the import of a roster: see ``core.imports.read`` for what it refuses."""
    return imports.read(
        file, kind(on=on, minimum_age=minimum_age), max_bytes=max_bytes, max_rows=max_rows
    )


def _judge(row: Mapping[str, str], say: Findings, *, on: date, minimum_age: int) -> Entry | None:
    name = rules.normalise_name(row["name"])
    say.refuse("name", rules.name_fault(name))
    number = rules.normalise_id_number(row["id_number"])
    say.refuse("id_number", _number_fault(number, on=on))
    phone = rules.normalise_phone(row["phone"])
    if not phone:
        say.warn("phone", "phone_missing")
    elif not rules.is_mobile(phone):
        say.refuse("phone", "phone")
    if "id_number" in say.faults:
        return None
    _judge_number(row, number, say, on=on, minimum_age=minimum_age)
    return Entry(name, number, phone, row["employer"], rules.sex(number), rules.born_on(number))


def _number_fault(number: str, *, on: date) -> str | None:
    """As the rule says; a number exported after rounding ends in zeros and fails its check."""
    fault = rules.id_number_fault(number, on=on)
    return Mark.DIGITS_LOST if fault == "check_digit" and number.endswith("000") else fault


def _judge_number(
    row: Mapping[str, str], number: str, say: Findings, *, on: date, minimum_age: int
) -> None:
    """What the identity number says about its holder."""
    if not rules.is_of_age(number, on=on, minimum_age=minimum_age):
        say.refuse("id_number", f"under_age_{minimum_age}", on=on, minimum_age=minimum_age)
    if not rules.is_known_area(number):
        say.warn("id_number", "area_unknown")
    sex = _SEXES.get("".join(row["sex"].split()))
    if sex and sex != rules.sex(number):
        say.refuse("sex", "sex_contradicts_id", sex=row["sex"])
    elif row["sex"] and not sex:
        say.warn("sex", "sex_unknown")
