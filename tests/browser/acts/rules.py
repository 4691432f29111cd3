"""The region: a syllabus and a question set."""

from datetime import date
from io import BytesIO
from types import SimpleNamespace

import xlsxwriter
from django.urls import reverse
from playwright.sync_api import Page, expect

from tests.browser.acts import bank
from tests.browser.stage import Stage, fill, follow, number_in, press, sees

UNITS = [("职业道德与法规", 4, 0), ("识图与构造", 8, 0), ("施工工艺与管理", 8, 4)]
GOOD = 24
HEADINGS = ["题型", "题干", "选项A", "选项B", "选项C", "选项D", "答案", "知识点"]


def publish_a_syllabus(stage: Stage, world: SimpleNamespace, effective: date) -> None:
    page = stage.desk(world.gu)
    stage.look(page, "region-to-do")
    page.goto("/syllabus/")
    stage.look(page, "syllabi")
    follow(page, "起草")
    fill(page, {"版本": "2026.2", "施行日期": f"{effective:%Y-%m-%d}", "依据": "办法第八条"})
    page.locator("[name=job]").select_option(label=str(world.syllabus.job))
    stage.look(page, "syllabus-draft")
    press(page, "下一步：写单元")
    for title, theory, practice in UNITS:
        add_unit(page, title, theory, practice)
    stage.look(page, "syllabus-tree")

    follow(page, "看整份大纲")
    press(page, "发布")
    sees(page, "大纲缺少职业道德单元")
    stage.look(page, "refusal")
    page.go_back()
    follow(page, "写单元和知识点")
    first = page.locator("article.branch").first
    first.locator("summary").first.click()
    first.get_by_label("职业道德").check()
    press(first, "保存")
    expect(first.locator("summary").first).to_contain_text("职业道德 理论", use_inner_text=True)
    follow(page, "看整份大纲")
    press(page, "发布")

    sees(page, "已发布", "总学时", "24", "顾海")
    stage.look(page, "syllabus")


def add_unit(page: Page, title: str, theory: int, practice: int) -> None:
    new = page.locator("#new-unit")
    fill(new, {"单元": title, "理论学时": str(theory), "实操学时": str(practice)})
    press(new, "加单元")
    expect(page.locator("article.branch").filter(has_text=title)).to_be_visible()


def questions() -> dict[str, set[str]]:
    """Each question with the texts of its right options: wall areas, conversions, lengths."""
    asked: dict[str, set[str]] = {}
    for n in range(GOOD // 3):
        asked[f"一面墙长 {n + 5} 米、高 3 米，砌筑面积是多少平方米？"] = {str(3 * n + 15)}
        asked[f"下列长度中，大于 {n + 2}00 毫米的有哪些？"] = {f"{n + 3} 分米", f"{n + 9} 分米"}
        asked[f"{n + 2}500 毫米等于 {n + 2}.5 米。"] = {"正确"}
    return asked


def sheet() -> bytes:
    """The questions as the region keeps them, with one row that cannot be taken."""
    out = BytesIO()
    with xlsxwriter.Workbook(out) as book:
        page = book.add_worksheet("土建施工员")
        page.write_row(0, 0, HEADINGS)
        for row, cells in enumerate([*map(cells_of, questions().items()), BAD], start=1):
            page.write_row(row, 0, cells)
    return out.getvalue()


POINT = UNITS[0][0]
BAD = ["单选", "脚手架作业层的栏杆高度不应小于多少米？", "1.2", "0.8", "", "", "C", POINT]


def cells_of(asked: tuple[str, set[str]]) -> list[str]:
    stem, right = asked
    if right == {"正确"}:
        return ["判断", stem, "", "", "", "", "正确", POINT]
    if len(right) == 1:
        area = int(*right)
        return ["单选", stem, str(area - 3), str(area), str(area + 3), str(area + 6), "B", POINT]
    least = int(stem.split("于 ")[1][0])
    options = [f"{least + 1} 分米", f"{least - 1} 分米", f"{least} 分米", f"{least + 7} 分米"]
    return ["多选", stem, *options, "AD", POINT]


def read_all(stage: Stage, world: SimpleNamespace) -> None:
    for expert in (world.ren, world.ye, world.shi):
        bank.agree_to_all(stage, stage.desk(expert))


def import_questions(stage: Stage, world: SimpleNamespace) -> int:
    """Returns the number of the set. Its bad row is shown and left out; the others are read by
    two experts each.
    """
    page = stage.desk(world.gu)
    page.goto("/questions/")
    stage.look(page, "question-sets")
    fill(page, {"名称": "土建施工员 2026 年题库"})
    page.locator("[name=job]").select_option(label=str(world.syllabus.job))
    press(page, "新建")
    number = number_in(page)
    page.goto(reverse("questions:exchange", args=[number]))
    file = {"name": "题库.xlsx", "mimeType": "application/octet-stream", "buffer": sheet()}
    page.locator("[type=file]").set_input_files(file)
    press(page, "检查")
    sees(page, f"可导入 {GOOD} 题", "需改正 1 题", "答案 C 没有对应的选项")
    stage.look(page, "questions-dry-run")

    press(page, f"导入 {GOOD} 题为草稿")
    sees(page, f"已导入 {GOOD} 题为草稿")
    page.goto(reverse("questions:detail", args=[number]))
    press(page, f"提交我的 {GOOD} 份草稿审题")
    sees(page, f"已提交 {GOOD} 题审题")
    read_all(stage, world)
    page.reload()
    press(page, "发布")
    sees(page, "已发布")
    stage.look(page, "questions")
    return number_in(page)
