"""A bureau and an institution: a stop that is told and heard; a record that is repaired; a matter
the HR department takes on.
"""

import pytest

from tests import make, make_attendance, make_credit, make_measures
from tests.browser.stage import Stage, fill, follow, hand, press, sees
from zhupei.credit.models import CreditRecord
from zhupei.organizations.models import Organization
from zhupei.oversight.models import Measure
from zhupei.people.models import User

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


def test_a_stop_is_told_heard_and_decided(stage: Stage):
    world = make.world()
    make_attendance.class_with_learners(world, world.adil, world.mayra)
    make_measures.basis()
    drafted_and_told(stage, world.li, world.school)
    stated(stage, world.aygul)
    judge = stage.desk(world.zhou)
    judge.goto(f"/oversight/measures/{Measure.objects.get().pk}/steps/decide/")
    stage.look(judge, "measure-decide")
    reasons = {"陈述申辩采纳情况": "证书已核，采纳；防护没有照片，不采纳。"}
    fill(judge, reasons | {"决定和理由": "暂停受理，补齐防护并验收后恢复。"})
    press(judge, "作出决定")
    sees(judge, "已决定，待送达")
    stage.look(judge, "measure-decided")
    judge.goto("/oversight/measures/")
    stage.look(judge, "measures")


def drafted_and_told(stage: Stage, clerk: User, school: Organization) -> None:
    page = stage.desk(clerk)
    page.goto(f"/credit/files/{school.pk}/")
    follow(page, "拟办管理措施")
    page.get_by_label("暂停受理").check()
    page.get_by_label("事实").fill("连续两周由无证人员带实训，学员在无防护的基坑边作业。")
    page.get_by_label("依据").select_option(index=1)
    stage.look(page, "measure-new")
    press(page, "拟办")
    stage.look(page, "measure-draft")
    press(page, "告知机构")
    sees(page, "已告知，待陈述申辩")


def stated(stage: Stage, registrar: User) -> None:
    page = stage.phone(registrar)
    page.goto("/home/")
    follow(page, "陈述申辩")
    stage.look(page, "measure-told")
    follow(page, "陈述申辩")
    page.get_by_role("textbox", name="陈述申辩").fill("带班老师有证，当天没有带；防护已补上。")
    page.get_by_label("放弃听证，也不再补充").check()
    stage.look(page, "measure-statement")
    press(page, "陈述申辩")
    sees(page, "已陈述申辩，待决定")


def test_a_record_is_published_repaired_and_gone(stage: Stage):
    world = make.world()
    clerk, anybody = stage.desk(world.li), stage.phone()
    record = entered(stage, world.li, world.school)
    anybody.goto("/public/credit/")
    sees(anybody, "未开具发票")
    stage.look(anybody, "public-credit")
    follow(anybody, world.school.name)
    stage.look(anybody, "public-credit-institution")
    asked_to_repair(stage, world.aygul, record)
    clerk.goto(record.get_absolute_url())
    stage.look(clerk, "credit-to-repair")
    clerk.get_by_text("准予修复").first.click()
    clerk.locator("#note-grant").fill("整改属实")
    press(clerk, "确定准予修复")
    sees(clerk, "已修复")
    anybody.goto("/public/credit/")
    sees(anybody, "现在没有公示的记录")
    clerk.goto(f"/credit/files/{world.school.pk}/")
    stage.look(clerk, "credit-file")


def entered(stage: Stage, clerk: User, school: Organization) -> CreditRecord:
    page = stage.desk(clerk)
    page.goto(f"/credit/files/{school.pk}/enter/")
    page.get_by_label("一般").check()
    said = {"事由": "收取培训费未开具发票，经核查属实。", "依据": "《办法》第二十三条"}
    fill(page, said | {"认定日期": stage.day(-120).isoformat()})
    press(page, "先看后果")
    stage.look(page, "credit-enter")
    press(page, "登记")
    sees(page, "公示中")
    return CreditRecord.objects.get()


def asked_to_repair(stage: Stage, registrar: User, record: CreditRecord) -> None:
    page = stage.phone(registrar)
    page.goto(record.get_absolute_url())
    stage.look(page, "credit-record")
    follow(page, "申请信用修复")
    page.get_by_label("整改和履行情况").fill("已补开发票 46 张。")
    hand(page, "proof", "整改证明.pdf")
    hand(page, "commitment", "信用承诺书.pdf")
    stage.look(page, "credit-repair")
    press(page, "提交申请")
    sees(page, "修复办理中")


def test_a_matter_is_taken_on_and_reported(stage: Stage):
    world = make.world()
    found = make_measures.sent(world)
    make_credit.grade(world)
    clerk = stage.desk(world.tao)
    clerk.goto("/home/")
    follow(clerk, "回执")
    stage.look(clerk, "handover-sent")
    clerk.get_by_label("回执文号").fill("昌人社收〔2026〕8号")
    press(clerk, "回执接收")
    clerk.get_by_label("进展").select_option("filed")
    clerk.get_by_label("内容").fill("已立案调查。")
    press(clerk, "反馈")
    sees(clerk, "作出处罚决定")
    stage.look(clerk, "handover-filed")
    bureau = stage.phone(world.li)
    bureau.goto(found.get_absolute_url())
    stage.look(bureau, "handover-phone")
    region = stage.desk(world.gu)
    for address, name in (
        ("/oversight/handovers/", "handovers"),
        ("/oversight/law/", "legal-bases"),
        ("/credit/grades/", "credit-grades"),
        ("/credit/files/", "credit-files"),
        ("/credit/", "credit-records"),
    ):
        region.goto(address)
        stage.look(region, name)
