"""A new institution fills its file, gets its teachers from the pool, applies, and is admitted."""

from io import BytesIO
from types import SimpleNamespace

import xlsxwriter
from playwright.sync_api import Page, expect

from tests import make
from tests.browser.stage import Stage, fetched, fill, follow, hand, number_in, press, sees
from tests.make_institutions import CREDIT_CODE
from zhupei.organizations.models import Role
from zhupei.people.models import User

NAME = "博格达建设职业技能培训学校"
JOB = "土建施工员"
TEACHERS = ("热依汗·买买提", "赵国庆")
POLICIES = 8
LEDGER = [
    ("设备编号", "名称", "规格型号", "存放场地", "数量", "状况"),
    ("SB-001", "全站仪", "NTS-362", "教室 201", "2", "完好"),
    ("SB-002", "水准仪", "DSZ2", "没有这间", "4", "完好"),
    ("SB-003", "砂浆搅拌机", "", "", "1", "待修"),
]


def register(stage: Stage, world: SimpleNamespace) -> tuple[int, User]:
    """The region enters it. Returns its number and its registrar."""
    page = stage.desk(world.gu)
    page.goto("/institutions/admissions/")
    stage.look(page, "admissions")
    follow(page, "登记机构")
    fill(page, {"名称": NAME, "统一社会信用代码": CREDIT_CODE[:-1] + "0"})
    fill(page, {"所在县市": "昌吉州 昌吉市", "投诉电话": "0994-2345678"})
    press(page, "登记并建档")
    sees(page, "校验码")
    stage.look(page, "institution-register")
    fill(page, {"统一社会信用代码": CREDIT_CODE})
    press(page, "登记并建档")
    sees(page, NAME, "建档")
    pk = number_in(page)
    school = make.Organization.objects.get(pk=pk)
    return pk, make.member("哈山·别克", Role.REGISTRAR, school)


def enter_the_licence(stage: Stage, world: SimpleNamespace, pk: int) -> None:
    """The bureau of the place, which has the original before it."""
    page = stage.desk(world.li)
    page.goto(f"/institutions/{pk}/people/")
    follow(page, "登记许可证")
    fill(page, {"许可证号": "人社民 6523014200018 号", "有效期起": "2024-03-01"})
    fill(page, {"有效期止": f"{stage.day(700):%Y-%m-%d}", JOB: True})
    hand(page, "paper", "办学许可证.pdf")
    stage.look(page, "licence")
    press(page, "保存")
    sees(page, "人社民 6523014200018 号", "有效")


def begin(stage: Stage, hasan: User, pk: int) -> int:
    """What the file lacks is named, and the button waits. Returns how whole it is, in percent."""
    page = stage.desk(hasan)
    stage.look(page, "newcomer-to-do")
    page.goto(f"/institutions/{pk}/admission/")
    expect(page.get_by_role("button", name="申请准入")).to_have_attribute("aria-disabled", "true")
    sees(page, "补齐后才能办理")
    stage.look(page, "admission-short")
    page.goto(f"/institutions/{pk}/")
    sees(page, "缺什么", "负责人", "设备台账")
    stage.look(page, "file-empty")
    return share(page)


def share(page: Page) -> int:
    return int(page.locator("#completeness .push b").inner_text().rstrip("%"))


def appoint_people(stage: Stage, hasan: User, pk: int) -> None:
    page = stage.desk(hasan)
    people = [
        ("负责人", "叶尔兰", "高级及以上"),
        *[("管理人员", f"管理员{n}", "中级") for n in "甲乙丙"],
    ]
    for post, name, rank in people:
        page.goto(f"/institutions/{pk}/people/")
        follow(page, "登记人员")
        fill(page, {"岗位": post, "姓名": name, "职称级别": rank, "任职日期": "2021-03-01"})
        fill(page, {"从事教学管理始于": "2012-09-01", "专职": True})
        hand(page, "proof", "聘书.pdf")
        stage.look(page, "appoint")
        press(page, "保存")
        sees(page.locator("#staff"), name)


def adopt_policies(stage: Stage, hasan: User, pk: int) -> None:
    page = stage.desk(hasan)
    page.goto(f"/institutions/{pk}/policies/")
    stage.look(page, "policies-none")
    for _policy in range(POLICIES):
        page.locator("#policies").get_by_role("link", name="登记").first.click()
        fill(page, {"施行日期": "2024-01-01"})
        hand(page, "file", "制度.docx", b"PK\x03\x04 docx")
        stage.look(page, "policy")
        press(page, "保存")
        page.wait_for_url("**/policies/")
    expect(page.locator("#policies").get_by_role("link", name="新版本")).to_have_count(POLICIES)
    stage.look(page, "policies")


def enter_rooms(stage: Stage, hasan: User, pk: int) -> None:
    page = stage.desk(hasan)
    page.goto(f"/institutions/{pk}/places/")
    first_room(stage, page)
    follow(page, "登记场地")
    fill(page, {"名称": "实训车间", "用途": "实训场地", "座位": "40", "产权": "租赁"})
    press(page, "保存")
    sees(page, "租赁或依托的场地要写明租期或协议到哪一天")
    stage.look(page, "room-refused")
    fill(page, {"租期或协议至": f"{stage.day(700):%Y-%m-%d}"})
    press(page, "保存")
    sees(page, "实训车间", "没有记录")
    page.get_by_role("row").filter(has_text="实训车间").get_by_role("link", name="登记检查").click()
    hand(page, "fire_paper", "消防检查.jpg", b"\xff\xd8\xff\xe0 photo")
    press(page, "保存")
    expect(page.locator("#rooms").get_by_text("在期内")).to_have_count(2)
    follow(page, "登记工位")
    fill(page, {"场地": "实训车间", "工种": JOB, "工位": "20"})
    press(page, "保存")
    sees(page.locator("#stations"), "实训车间", "20")
    stage.look(page, "places")


def first_room(stage: Stage, page: Page) -> None:
    follow(page, "登记场地")
    fill(page, {"名称": "教室 201", "用途": "教室", "座位": "60", "地址": "宁边西路 8 号"})
    fill(page, {"消防检查日期": f"{stage.day(-60):%Y-%m-%d}"})
    fill(page, {"下次消防检查不晚于": f"{stage.day(300):%Y-%m-%d}"})
    hand(page, "fire_paper", "消防检查.pdf")
    press(page, "保存")
    sees(page, "教室 201", "在期内")


def sheet() -> bytes:
    out = BytesIO()
    with xlsxwriter.Workbook(out) as book:
        page = book.add_worksheet("设备台账")
        for row, cells in enumerate(LEDGER):
            page.write_row(row, 0, cells)
    return out.getvalue()


def import_the_ledger(stage: Stage, hasan: User, pk: int) -> None:
    """From a spreadsheet; the bad row is named with what to do, the good ones are taken."""
    page = stage.desk(hasan)
    page.goto(f"/institutions/{pk}/equipment/")
    stage.look(page, "equipment-none")
    hand(page, "file", "设备台账.xlsx", sheet())
    press(page, "检查台账")
    sees(page, "可导入 2 行", "需改正 1 行", "没有这间", "“场地与工位”里没有这个名称的场地")
    stage.look(page, "equipment-dry-run")
    assert fetched(page, "下载标好问题的表").read_bytes()[:2] == b"PK"
    press(page, "导入 2 行")
    sees(page, "全站仪", "砂浆搅拌机")
    expect(page.get_by_text("水准仪")).to_have_count(0)
    stage.look(page, "equipment")
    follow(page, "全站仪")
    stage.look(page, "equipment-piece")


def propose_teachers(stage: Stage, hasan: User) -> None:
    page = stage.desk(hasan)
    for place, name in enumerate(TEACHERS):
        page.goto("/teachers/")
        stage.look(page, "pool")
        follow(page, "报送教师入库")
        fill(page, {"姓名": name, "身份证号码": make.id_number(820 + place)})
        fill(
            page, {"手机号": f"1390000820{place}", "职称": "工程师", "职称级别": "中级", JOB: True}
        )
        stage.look(page, "teacher-propose")
        press(page, "保存")
        sees(page, name, "还没有资格证明")
        follow(page, "登记证明")
        fill(page, {"名称": "工程师职称证书", "发证日期": "2019-06-01"})
        hand(page, "file", "职称证.jpg", b"\xff\xd8\xff\xe0 scan")
        stage.look(page, "teacher-evidence")
        press(page, "保存")
        press(page, "提交入库审核")
        sees(page, "待审核")
        stage.look(page, "teacher-applied")


def admit_teachers(stage: Stage, world: SimpleNamespace) -> None:
    """The association: what waits, the scan, and one sentence to admit."""
    page = stage.desk(world.song)
    stage.look(page, "association-to-do")
    for name in TEACHERS:
        page.goto("/teachers/reviews/")
        stage.look(page, "teacher-reviews")
        follow(page, name)
        stage.look(page, "teacher-review")
        press(page, "准予入库")
        sees(page, "在库")


def engage_teachers(stage: Stage, hasan: User, pk: int) -> None:
    page = stage.desk(hasan)
    for name in TEACHERS:
        page.goto("/teachers/?" + f"q={name}")
        follow(page, name)
        follow(page, "聘用这位教师")
        fill(page, {"专兼职": "专职", "聘用日期": f"{stage.today:%Y-%m-%d}"})
        fill(page, {"合同或聘书期限": f"{stage.day(600):%Y-%m-%d}"})
        fill(page, {"社保缴至": f"{stage.day(20):%Y-%m-%d}"})
        hand(page, "contract", "合同.pdf")
        hand(page, "insurance", "社保.pdf")
        stage.look(page, "engage")
        press(page, "保存")
        sees(page, NAME, "专职")
        stage.look(page, "teacher-engaged")
    page.goto(f"/institutions/{pk}/people/")
    stage.look(page, "file-people")


def apply(stage: Stage, hasan: User, pk: int, before: int) -> None:
    page = stage.desk(hasan)
    page.goto(f"/institutions/{pk}/")
    stage.look(page, "file")
    assert share(page) > before
    page.goto(f"/institutions/{pk}/admission/")
    press(page, "申请准入")
    sees(page, "待准入")
    stage.look(page, "admission-applied")


def admit(stage: Stage, world: SimpleNamespace, pk: int) -> None:
    page = stage.desk(world.gu)
    page.goto("/inbox/")
    follow(page, f"机构申请准入：{NAME}")
    page.wait_for_url(f"**/institutions/{pk}/admission/")
    stage.look(page, "admission-review")
    page.get_by_role("button", name="准入", exact=True).click()
    sees(page, "准入日期")
    stage.look(page, "admitted")
    public = stage.phone()
    public.goto("/public/institutions/")
    sees(public, NAME)
    stage.look(public, "public-institutions")
