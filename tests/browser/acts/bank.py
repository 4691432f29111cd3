"""Experts and regulators at the question bank."""

from types import SimpleNamespace

from django.urls import reverse
from playwright.sync_api import Page, expect

from tests.browser.stage import Stage, fill, follow, press, sees
from tests.make_questions import PNG, awaited, wearing
from zhupei.questions.models import Item, Opinion

STEM = "砖砌体的水平灰缝厚度宜为多少毫米？"
EVIL = "<img src=x onerror=alert(1)>"


def write(stage: Stage, world: SimpleNamespace) -> None:
    """Ren writes an item; beside it grows what the candidate will see, and what it looks like."""
    page = stage.desk(world.ren)
    stage.look(page, "expert-to-do")
    follow(page, "题库")
    stage.look(page, "queue-empty")
    page.goto(reverse("questions:detail", args=[world.questions.pk]))
    follow(page, "写一道题")
    stage.look(page, "editor-new")
    page.get_by_label("多选题").check()
    sees(page, "勾出全部正确的选项")
    page.get_by_label("单选题").check()
    sees(page, "点出正确的那一个")
    fill(page, {"题干": STEM, "选项 A": "5 mm", "选项 B": "10 mm", "选项 C": EVIL})
    fill(page, {"选项 D": "20 mm", "解析": "宜为 10 mm。"})
    page.get_by_label("B 是正确答案").check()
    beside = page.locator("#beside")
    expect(beside).to_contain_text(STEM)
    expect(beside).to_contain_text(EVIL)
    expect(beside).to_contain_text("您看不到的一道题")
    press(page, "存为草稿")
    sees(page, "草稿已保存")
    finish(stage, page)


def finish(stage: Stage, page: Page) -> None:
    """A picture without words is refused beside it; then the item is handed in."""
    follow(page, "改草稿")
    file = {"name": "灰缝.png", "mimeType": "image/png", "buffer": PNG}
    page.locator("[name=upload_0]").set_input_files(file)
    press(page, "存为草稿")
    sees(page, "每张图片都要有文字说明")
    stage.look(page, "editor-fault")
    page.locator("[name=alt_0]").fill("一面砖墙")
    page.get_by_label("知识点").select_option("识图与构造")
    fill(page, {"出处": "自编"})
    stage.look(page, "editor-filled")
    press(page, "保存并提交审题")
    sees(page, "系统已请两位专家审题", "审题中")
    stage.look(page, "item-in-review")
    follow(page, "题库")
    follow(page, "我写的题")
    stage.look(page, "mine")


def read(stage: Stage, world: SimpleNamespace, item: Item) -> None:
    """Each of the two who were asked reads it on its page."""
    for opinion in awaited(item):
        page = stage.desk(wearing(opinion.expert))
        page.goto("/home/")
        sees(page, "审题")
        stage.look(page, "expert-to-do-full")
        page.goto(reverse("questions:queue"))
        stage.look(page, "queue")
        page.goto(reverse("questions:opinion", args=[opinion.pk]))
        sees(page, STEM, EVIL, "正确答案")
        stage.look(page, "opinion")
        page.get_by_label("退回修改").check()
        press(page, "提交意见")
        sees(page, "退回要写明哪里有问题")
        stage.look(page, "opinion-fault")
        page.get_by_label("同意").check()
        press(page, "提交意见")
        sees(page, "意见已提交")


def read_the_rest(stage: Stage, world: SimpleNamespace) -> None:
    """What is left is read on one sheet."""
    for expert in (world.ren, world.ye, world.shi):
        if Opinion.objects.awaited().filter(expert=expert).exists():
            agree_to_all(stage, stage.desk(expert))
    assert not Opinion.objects.awaited().exists()


def agree_to_all(stage: Stage, page: Page) -> None:
    """Sheet after sheet, until nothing waits."""
    while True:
        page.goto(reverse("questions:sheet"))
        stage.look(page, "sheet")
        choices = page.get_by_label("同意")
        if not choices.count():
            return
        for choice in choices.all():
            choice.check()
        press(page, "提交选好的意见")
        sees(page, "题的意见")


def send_back_and_mend(stage: Stage, world: SimpleNamespace) -> None:
    """Two send a new version back; its author reads why, and what the next one changes."""
    page = stage.desk(world.ren)
    item = Item.objects.latest("pk")
    address = reverse("questions:item", args=[item.pk])
    page.goto(address)
    press(page, "写新版")
    fill(page, {"题干": f"{STEM}（选一个）"})
    press(page, "保存并提交审题")
    sees(page, "新版审题中", "在用")
    for opinion in awaited(item):
        reader = stage.desk(wearing(opinion.expert))
        reader.goto(reverse("questions:opinion", args=[opinion.pk]))
        sees(reader, "与第 1 版比较", "（选一个）")
        stage.look(reader, "opinion-second-version")
        reader.get_by_label("退回修改").check()
        reader.locator("details summary", has_text="逐项写意见").click()
        reader.locator("[name$=reason_stem]").fill("不用写“选一个”。")
        press(reader, "提交意见")
        sees(reader, "意见已提交")
    page.goto(address)
    sees(page, "新版已退回", "不用写“选一个”。")
    stage.look(page, "item-returned")
    follow(page, "与第 1 版比较")
    stage.look(page, "difference")


def look_around(stage: Stage, world: SimpleNamespace, flagged: Item) -> None:
    """The region's pages: sets, one set, its items, how it covers the syllabus, one item."""
    page = stage.desk(world.gu)
    stage.look(page, "region-to-do-bank")
    page.goto(reverse("questions:index"))
    stage.look(page, "sets")
    key = world.questions.pk
    for name in ("detail", "items", "coverage"):
        page.goto(reverse(f"questions:{name}", args=[key]))
        stage.look(page, f"set-{name}")
    page.goto(f"{reverse('questions:items', args=[key])}?q=灰缝&standing=in_force")
    sees(page, "共 1 条")
    page.goto(reverse("questions:item", args=[flagged.pk]))
    sees(page, "区分度为负", "-0.12")
    stage.look(page, "item-flagged")
    page.goto(reverse("questions:queue"))
    stage.look(page, "queue-region")
    follow(page, "改派")
    stage.look(page, "reassign")
    page.goto(f"{reverse('questions:items', args=[key])}?kind=essay")
    follow(page, "简述砌体留槎的要求")
    follow(page, "第 1 小题")
    sees(page, "某工程砌筑一砖墙。")
    stage.look(page, "case")
    follow(page, "改案例")
    stage.look(page, "case-editor")


def judge_pairs(stage: Stage, world: SimpleNamespace) -> None:
    page = stage.desk(world.gu)
    page.goto(reverse("questions:pairs", args=[world.questions.pk]))
    stage.look(page, "pairs")
    press(page, "不是同一道")
    sees(page, "这里没有")
    stage.look(page, "pairs-empty")


def seal(stage: Stage, world: SimpleNamespace) -> None:
    """One seals it and names an expert; another one confirms."""
    address = reverse("questions:detail", args=[world.questions.pk])
    page = stage.desk(world.gu)
    page.goto(address)
    press(page, "封存")
    sees(page, "现在没有人能打开这个题库")
    page.get_by_label("谁").select_option(label=str(world.ren))
    fill(page, {"事由": "统考组卷"})
    press(page, "提出")
    sees(page, "等另一位管理员确认")
    second = stage.desk(world.second)
    second.goto(address)
    press(second, "确认")
    sees(second, "已确认")
    expert = stage.desk(world.ren)
    expert.goto(reverse("questions:items", args=[world.questions.pk]))
    sees(expert, "这次查看已记下")
    page.goto(address)
    sees(page, "任红梅 查看了试题和答案")
    stage.look(page, "set-sealed")
