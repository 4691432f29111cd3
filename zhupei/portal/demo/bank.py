"""The question bank of the demo region: three spreadsheets, taken in as anybody's would be, read
by two experts each; then items on every step of their road, to look at.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

from django.core.files.base import ContentFile

from zhupei.papers.actions import blueprints
from zhupei.papers.models import Blueprint
from zhupei.people.models import User
from zhupei.portal.demo import clock, pictures
from zhupei.questions import actions
from zhupei.questions.actions import cases, flags, items, likeness, reviews, sealing
from zhupei.questions.actions import pictures as kept
from zhupei.questions.actions.turns import experts
from zhupei.questions.contents import Content, Shown
from zhupei.questions.models import Item, ItemVersion, Opinion, Pair, QuestionSet
from zhupei.syllabus.models import Job

FOLDER = Path(__file__).with_name("questions")
UNPUBLISHED = "ZLY-TJ"  # begun, nothing in it yet
SHOWN = "SGY-TJ"  # whose set the items of every kind and state stand in
DAY = timedelta(days=1)
WALL = "一面砖墙，水平灰缝旁标着 14 mm，竖缝有两处没有砂浆"


WRITTEN = "written"  # the blueprint of re-sits, with answers people mark
WRITTEN_ITEMS = (
    (
        "砌筑 240 墙以前要做哪些准备？",
        (("砖提前浇水湿润", "3"), ("放线、立皮数杆", "4"), ("检查砂浆", "3")),
    ),
    (
        "雨天施工怎样保证混凝土质量？",
        (("测定砂石含水率，调整配合比", "5"), ("覆盖，不让雨水冲刷", "5")),
    ),
)

ITEMS = 20
MINUTES = 60
ALIKE = 100  # percent two forms may share: these sets are small


def fill(*, by: User) -> dict[str, Blueprint]:
    """A published blueprint on one published set for each file, by job; and a set that is still
    being put together.
    """
    written = _written_set(by=by)  # before the others: the newest set of a job is shown in full
    sets = {file.stem: _publish(file, by=by) for file in sorted(FOLDER.glob("*.csv"))}
    published = {code: _blueprint(questions, by=by) for code, questions in sets.items()}
    published[WRITTEN] = _blueprint(written, by=by, items=4, title="土建施工员补考细目表（含简答）")
    unpublished = Job.objects.get(code=UNPUBLISHED)
    actions.start(unpublished, by=by, title=f"{unpublished.name}题库（整理中）")
    return published


def _blueprint(
    questions: QuestionSet, *, by: User, items: int = ITEMS, title: str = ""
) -> Blueprint:
    made = blueprints.proportional(questions, items=items, minutes=MINUTES, by=by, title=title)
    rows = blueprints.proportional_rows(made, items)
    made = blueprints.change(made, by=by, mark=made.mark, rows=rows, overlap=ALIKE)
    return blueprints.publish(made, by=by)


def _publish(file: Path, *, by: User) -> QuestionSet:
    job = Job.objects.get(code=file.stem)
    questions = actions.start(job, by=by, title=f"{job.name}统一题库 2026.1")
    upload = ContentFile(file.read_bytes(), name=f"{job.name}试题.csv")
    actions.take_in(questions, actions.receive(questions, by=by, upload=upload), by=by)
    reviews.submit_all(questions, by=by)
    _all_agree(questions.items.all())
    return actions.publish(questions, by=by)


def _written_set(*, by: User) -> QuestionSet:
    """Two questions for the machine, two for people."""
    job = Job.objects.get(code=SHOWN)
    questions = actions.start(job, by=by, title=f"{job.name}简答题库 2026.1")
    kinds: list[Content] = [
        Content("judge", "砌体留直槎时不用放拉结筋。", "B", ("正确", "错误")),
        Content("judge", "砖砌体的水平灰缝厚度宜为 10 mm。", "A", ("正确", "错误")),
    ]
    for stem, lines in WRITTEN_ITEMS:
        rubric = [{"what": what, "points": points} for what, points in lines]
        kinds.append(Content("essay", stem, {"rubric": rubric, "sample": ""}))
    said = [replace(one, point="施工技术", source="自编") for one in kinds]
    for one in said:
        items.draft(questions, one, by=by)
    reviews.submit_all(questions, by=by)
    _all_agree(questions.items.all())
    return actions.publish(questions, by=by)


def _all_agree(found: Iterable[Item]) -> None:
    waiting = Opinion.objects.awaited().filter(review__version__item__in=found)
    for opinion in waiting.select_related("expert"):
        reviews.decide(opinion, by=opinion.expert, decision="agree")


def _all_object(item: Item, **reasons: str) -> None:
    waiting = Opinion.objects.awaited().filter(review__version__item=item)
    for opinion in waiting.select_related("expert"):
        reviews.decide(opinion, by=opinion.expert, decision="object", reasons=reasons)


def show(*, by: User, second: User, now: datetime) -> None:
    """Items of every kind on every step; likely duplicates; a sealed set with its keys."""
    questions = QuestionSet.objects.published().filter(job__code=SHOWN).latest("pk")
    author = experts(questions)[0]
    with clock.at(now - 6 * DAY):
        _used(questions, author)
        _case(questions, author)
        _doubtful(questions, author, by)
        _retired(questions, author, by)
    with clock.at(now - 2 * DAY):
        _under_way(questions, author)
        _alike(questions, author, by)
        _sealed(questions.job, by, second)


def _written(questions: QuestionSet, said: Content, author: User) -> Item:
    return items.draft(questions, said, by=author)


def _read(item: Item, author: User) -> ItemVersion:
    """Handed in and agreed to by two."""
    version = reviews.submit(item.versions.latest("number"), by=author)
    _all_agree([item])
    version.refresh_from_db()
    return version


def _used(questions: QuestionSet, author: User) -> None:
    """One of every kind beyond the files, in force; one of them in its second version."""
    picture = Shown(kept.keep(questions, pictures.brickwork("灰缝"), by=author), WALL)
    asked = Content(
        "single", "图中这面砖墙首先应当处理的问题是什么？", "C",
        ("灰缝过薄", "砖的颜色不一致", "竖缝没有砂浆", "墙面没有抹灰"),
        point="施工技术", difficulty=4, cognition="analyse", source="自编",
        analysis="竖缝不得出现透明缝、瞎缝和假缝。", pictures=(picture,),
    )  # fmt: skip
    blank = Content(
        "blank", "砖砌体的水平灰缝厚度宜为 ____ mm，砂浆饱满度不得低于 ____ %。",
        {"blanks": [["10", "十"], ["80", "八十"]], "ordered": True},
        point="施工技术", cognition="recall", source="砌体结构工程施工质量验收规范",
        analysis="水平灰缝厚度宜为 10 mm，不应小于 8 mm，也不应大于 12 mm。",
    )  # fmt: skip
    essay = Content(
        "essay", "砖墙转角处和交接处不能同时砌筑时，应当怎样留槎？",
        {
            "rubric": [
                {"what": "留斜槎，水平投影长度不小于高度的 2/3", "points": "3"},
                {"what": "确有困难、非转角处才可留直槎，做成凸槎并加拉结筋", "points": "2"},
            ],
            "sample": "应留斜槎，普通砖砌体斜槎水平投影长度不小于高度的 2/3；……",
        },
        point="施工技术", difficulty=4, cognition="apply", source="自编",
    )  # fmt: skip
    for said in (asked, blank, essay):
        _read(_written(questions, said, author), author)
    item = ItemVersion.objects.filter(stem=blank.stem).get().item
    items.revise(item, by=author)
    clearer = "砖砌体的水平灰缝厚度宜为 ____ mm（填数），砂浆饱满度不得低于 ____ %（填数）。"
    version = item.versions.latest("number")
    items.change(version, replace(blank, stem=clearer), by=author)
    _read(item, author)


def _case(questions: QuestionSet, author: User) -> None:
    """A case group: three items that share a text and a picture."""
    picture = Shown(kept.keep(questions, pictures.brickwork("砌筑现场"), by=author), WALL)
    text = (
        "某住宅楼二层砌筑 240 mm 厚普通砖墙。质检员抽查一面墙：水平灰缝平均厚 14 mm，"
        "砂浆饱满度 72%，两处竖缝没有砂浆；转角处留了直槎，没有放拉结筋。"
    )
    case = cases.write(questions, text, by=author, pictures=[picture])
    parts: Sequence[Content] = (
        Content("judge", "这面墙的水平灰缝厚度合格。", "B", ("正确", "错误")),
        Content(
            "multiple", "这面墙有哪些问题？", "ABD",
            ("灰缝过厚", "砂浆不饱满", "砖的规格不对", "转角处留槎不当"),
        ),
        Content(
            "essay", "请提出整改的做法。",
            {"rubric": [{"what": "返工不合格的砌体", "points": "2"},
                        {"what": "改进铺灰、补灌竖缝", "points": "2"},
                        {"what": "转角留斜槎或同时砌筑", "points": "1"}], "sample": ""},
        ),
    )  # fmt: skip
    for position, said in enumerate(parts, 1):
        whole = replace(
            said, case=case, position=position, point="质量、安全与环境保护", source="自编"
        )
        _read(_written(questions, whole, author), author)


def _doubtful(questions: QuestionSet, author: User, by: User) -> None:
    """One that was flagged and waits to be read again; one that was found at fault."""
    asked = Content(
        "single", "普通混凝土浇水养护，一般不少于几天？", "B", ("3 d", "7 d", "21 d", "28 d"),
        point="施工技术", source="自编",
    )  # fmt: skip
    waits = _read(_written(questions, asked, author), author)
    figures = {"区分度": "-0.08", "难度（通过率）": "0.31", "作答人数": "126"}
    flags.flag(waits, reason="区分度为负：成绩好的考生反而答错得多。", facts=figures)
    asked = Content(
        "judge", "冬期施工时，砂浆可以随意提高强度等级代替保温。", "B", ("正确", "错误"),
        point="施工技术", source="自编",
    )  # fmt: skip
    faulty = _read(_written(questions, asked, author), author)
    flags.flag(faulty, by=by, reason="考生反映说法有歧义。")
    _all_object(faulty.item, stem="“随意”二字使答案一望而知，请改写。")


def _retired(questions: QuestionSet, author: User, by: User) -> None:
    asked = Content(
        "single", "冷拉钢筋的常用级别是哪一级？", "B", ("Ⅰ级", "Ⅱ级", "Ⅲ级", "Ⅳ级"),
        point="施工技术", source="旧教材",
    )  # fmt: skip
    version = _read(_written(questions, asked, author), author)
    items.retire(version.item, by=by, note="工艺已淘汰，规范已废止。")


def _under_way(questions: QuestionSet, author: User) -> None:
    """A draft, one that experts have before them, one they differ on, one that was sent back."""
    draft = Content(
        "multiple", "下列哪些属于施工现场“四口”防护？", "ABCD",
        ("楼梯口", "电梯井口", "预留洞口", "通道口", "窗口"),
        point="质量、安全与环境保护", source="自编",
    )  # fmt: skip
    _written(questions, draft, author)
    waits = Content(
        "single", "单位工程施工组织设计由谁主持编制？", "A",
        ("项目负责人", "监理工程师", "质检员", "班组长"), point="施工组织与进度", source="自编",
    )  # fmt: skip
    reviews.submit(_written(questions, waits, author).versions.get(), by=author)
    differ = Content(
        "blank", "网络计划中，总时差为零的工作称为 ____ 工作。",
        {"blanks": [["关键"]], "ordered": True}, point="施工组织与进度", source="自编",
    )  # fmt: skip
    item = _written(questions, differ, author)
    reviews.submit(item.versions.get(), by=author)
    first, other = Opinion.objects.awaited().filter(review__version__item=item)
    reviews.decide(first, by=first.expert, decision="agree")
    reasons = {"key": "应写明“计划工期等于计算工期”时才成立。"}
    reviews.decide(other, by=other.expert, decision="object", reasons=reasons)
    back = Content(
        "judge", "脚手架都要验收。", "A", ("正确", "错误"), point="质量、安全与环境保护",
    )  # fmt: skip
    item = _written(questions, back, author)
    reviews.submit(item.versions.get(), by=author)
    _all_object(item, stem="太笼统：哪种脚手架、谁验收、什么时候？", source="请写规范条款。")


def _alike(questions: QuestionSet, author: User, by: User) -> None:
    """Two pairs that look alike: one waits, one was judged."""
    rail = Content(
        "single", "脚手架作业层防护栏杆的高度不应小于多少？", "B",
        ("1.0 m", "1.2 m", "1.5 m", "1.8 m"), point="质量、安全与环境保护", source="自编",
    )  # fmt: skip
    _written(questions, rail, author)
    stem = "脚手架作业层的防护栏杆，高度不应小于多少？"
    _written(questions, replace(rail, stem=stem), by)
    other = replace(rail, stem="脚手架作业层防护栏杆的中栏杆高度应为多少？")
    item = _written(questions, other, author)
    for pair in Pair.objects.filter(second=item):
        likeness.judge(pair, by=by, verdict="different", note="一道问上栏杆，一道问中栏杆。")


def _sealed(job: Job, by: User, second: User) -> None:
    """A set for the exam of the whole region: one expert may open it, another is proposed."""
    sealed = actions.start(job, by=by, title=f"{job.name}统考封存题库 2026.2")
    sealing.seal(sealed, by=by, note="统考前不公开。")
    one, other = experts_of(job)[:2]
    sealing.confirm(sealing.name(sealed, one, by=by, reason="统考命题"), by=second)
    sealing.name(sealed, other, by=by, reason="统考审题")
    asked = Content(
        "single", "基坑开挖深度超过多少米时应编制专项施工方案？", "B",
        ("2 m", "3 m", "5 m", "8 m"), point="质量、安全与环境保护", source="自编",
    )  # fmt: skip
    item = items.draft(sealed, asked, by=one)
    items.look(item, by=one)


def experts_of(job: Job) -> list[User]:
    return experts(QuestionSet.objects.published().filter(job=job).latest("pk"))
