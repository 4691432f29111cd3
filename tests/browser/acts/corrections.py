"""Finding something wrong, ordering it to be put right, answering, looking again."""

from types import SimpleNamespace

from tests.browser.stage import Stage, fill, follow, hand, number_in, press, sees
from zhupei.portal.demo import pictures

LIST = "/corrections/"


def photo() -> bytes:
    return pictures.brickwork("现场").read()


def find(stage: Stage, world: SimpleNamespace) -> int:
    """Li notes what he saw, and is told at once what he left out."""
    page = stage.desk(world.li)
    page.goto(LIST)
    stage.look(page, "corrections-empty")
    follow(page, "登记问题")
    fill(page, {"机构": world.school.name, "类别": "消防和安全", "问题": "灭火器过检验有效期"})
    page.get_by_label("严重").check()
    fill(page, {"依据": ""})
    press(page, "登记")
    sees(page, "必填")
    fill(page, {"依据": "第十四条"})
    hand(page, "file", "现场.png", photo())
    sees(page, "已传完")
    stage.look(page, "corrections-find")
    press(page, "登记")
    sees(page, "灭火器过检验有效期", "现场.png", "待处理")
    stage.look(page, "corrections-finding")
    return number_in(page)


def order(stage: Stage, world: SimpleNamespace) -> int:
    """He puts it into an order with another finding."""
    page = stage.desk(world.li)
    follow(page, "下达限期整改通知")
    for box in page.get_by_role("checkbox").all():
        box.check()
    fill(page, {"整改要求": "整改前不得使用实操场地"})
    stage.look(page, "corrections-issue")
    press(page, "下达")
    sees(page, "已下达", "还没有签收", "整改中")
    stage.look(page, "corrections-order")
    return number_in(page)


def answer(stage: Stage, world: SimpleNamespace, pk: int) -> None:
    """Aygul finds it among what waits, writes in turn, and hands it in from her phone."""
    page = stage.phone(world.aygul)
    page.goto("/home/")
    sees(page, "限期整改")
    stage.look(page, "corrections-todo")
    page.goto(f"{LIST}orders/{pk}/")
    sees(page, "还缺")
    stage.look(page, "corrections-order-own")
    for _ in range(2):
        follow(page, "填写整改情况")
        words = "已更换 4 具，补齐检查记录"
        fill(page, {"原因分析": "没有人负责", "整改措施和结果": words})
        fill(page, {"防止再发生的措施": "每月 1 日检查"})
        hand(page, "file", "整改后.png", photo())
        sees(page, "已传完")
        stage.look(page, "corrections-answer")
        page.get_by_role("button", name="保存", exact=True).click()
    press(page, "报送整改情况")
    sees(page, "待核查")


def verify(stage: Stage, world: SimpleNamespace, pk: int, *, back: bool) -> None:
    """Li looks at each, and sends one back the first time."""
    page = stage.desk(world.li)
    page.goto("/home/")
    sees(page, "核查整改")
    page.goto(f"{LIST}orders/{pk}/verify/")
    for label in page.get_by_label("通过", exact=True).all():
        label.check()
    if back:
        page.get_by_label("退回", exact=True).first.check()
        press(page, "提交核查结论")
        sees(page, "还差什么")
        page.get_by_label("退回理由").first.fill("照片看不清检验日期")
    stage.look(page, "corrections-verify")
    press(page, "提交核查结论")
    sees(page, "退回再改" if back else "已销号")
    stage.look(page, "corrections-returned" if back else "corrections-closed")


def answer_again(stage: Stage, world: SimpleNamespace, pk: int) -> None:
    """What came back says why, and still has what was written."""
    page = stage.phone(world.aygul)
    page.goto(f"{LIST}orders/{pk}/")
    sees(page, "照片看不清检验日期")
    follow(page, "接着写整改情况")
    sees(page, "没有人负责")
    hand(page, "file", "检验日期.png", photo())
    sees(page, "已传完")
    page.get_by_role("button", name="保存", exact=True).click()
    press(page, "报送整改情况")
    sees(page, "待核查")


def read_the_figures(stage: Stage, world: SimpleNamespace) -> None:
    """The region reads what became of it."""
    page = stage.desk(world.gu)
    page.goto(LIST)
    sees(page, "按期率 100.0%")
    stage.look(page, "corrections-list")
    page.goto(f"{LIST}findings/")
    stage.look(page, "corrections-findings")
