"""What is kept about the teaching of a class of the demo, and what people say of it afterwards."""

from collections.abc import Iterator, Sequence
from datetime import datetime, time, timedelta
from random import Random
from typing import Any

from django.utils import timezone

from zhupei.classes.models import Enrolment, Lesson, LessonKind, TrainingClass
from zhupei.feedback import actions as feedback
from zhupei.feedback.models import FollowUp, Question, Work
from zhupei.people.models import User
from zhupei.portal.demo import pictures
from zhupei.syllabus.models import Textbook
from zhupei.teaching.actions import books, checks, evidence, logs
from zhupei.teaching.models import ClassBook, HandOut, Held, Verdict

DAY = timedelta(days=1)
SPEAK, CONFIRM, FORGET, NOT_REACHED = 0.7, 0.85, 0.06, 0.25
PRACTISED = {"batches": 2, "stations_used": 12, "briefed": True, "materials": "砂浆搅拌机；砖"}
# fmt: off
REMARKS = (
    "老师讲得慢，听得懂。", "实操多练一天就更好了。", "教室冬天有点冷。", "签到方便，不用排队。",
    "书上的图看不清，希望换新版。", "中午能不能早点下课接孩子。", "",
)
SELF = {
    "plan": "按课表上完全部学时，一节课因停电改到当天下午，已在日志写明。",
    "teaching": "每节课扫码签到，迟到和缺勤当天核对；教务员听课一次，查出的问题已整改。",
    "means": "教室和实训棚够用，工位每 4 人一个；两台切割机老旧，已列入更换计划。",
    "effect": "多数学员能独立完成练习；匿名评价里对实操安排的意见最多。",
    "improve": "下一期把实操提前到第二天，增加半天练习。",
}
# fmt: on


def hand_out(
    training_class: TrainingClass, enrolments: Sequence[Enrolment], *, registrar: User,
    random: Random,
) -> None:  # fmt: skip
    """A book for everybody on the first day; most say at once that they have it."""
    job = training_class.syllabus.job_id
    book = Textbook.objects.approved().filter(jobs=job).order_by("pk").first()
    if book is None or not enrolments:
        return
    chosen: ClassBook = books.choose(training_class, book, by=registrar)
    books.give(chosen, enrolments, by=registrar)
    rows = HandOut.objects.filter(book=chosen).select_related("enrolment__person__account")
    for row in rows.order_by("pk"):
        if random.random() < CONFIRM:
            books.confirm(row, by=row.enrolment.person.account)


def keep(lesson: Lesson, place: int, *, registrar: User, random: Random) -> None:
    """The log of one lesson and a picture of it; a few lessons are forgotten."""
    if random.random() < FORGET:
        return
    said: dict[str, Any] = dict(PRACTISED) if lesson.kind == LessonKind.PRACTICE else {}
    if place == 1:
        said |= {"held": Held.CHANGED, "note": "上午停电半小时，顺延到中午补上。"}
    logs.write(lesson, by=registrar, **said)
    picture = pictures.classroom(random, f"上课{place + 1}")
    caption = f"{lesson.unit.title}上课"
    found = lesson.training_class
    evidence.add(found, by=registrar, found=picture, caption=caption, lesson=lesson)


def look_in(training_class: TrainingClass, lesson: Lesson, *, registrar: User, fault: bool) -> None:
    """The institution checks a lesson of its own; a fault is put right."""
    row = checks.check(
        training_class,
        by=registrar,
        checked_on=timezone.localdate(),
        lesson=lesson,
        verdict=Verdict.BAD if fault else Verdict.GOOD,
        found="后排三名学员没有教材。" if fault else "按课表授课，学员都有教材，考勤与人数一致。",
    )
    if fault:
        checks.correct(row, by=registrar, corrected="当天下午补发，三人已签收。")


def afterwards(
    training_class: TrainingClass, enrolments: Sequence[Enrolment], *, registrar: User,
    random: Random,
) -> Iterator[datetime]:  # fmt: skip
    """Learners speak on the last evening, the institution two days later; calls follow."""
    last = training_class.ends_on
    yield timezone.make_aware(datetime.combine(last, time(20)))
    for enrolment in enrolments:
        if random.random() < SPEAK:
            scores = {question.value: random.choice((3, 4, 4, 5, 5)) for question in Question}
            remark = random.choice(REMARKS)
            feedback.speak(enrolment, by=enrolment.person.account, scores=scores, remark=remark)
    yield timezone.make_aware(datetime.combine(last + 2 * DAY, time(15)))
    row = feedback.write_self_evaluation(training_class, by=registrar, **SELF)
    feedback.hand_in(row, by=registrar)
    yield timezone.make_aware(datetime.combine(last + 57 * DAY, time(10)))
    feedback.choose_calls()
    rows = FollowUp.objects.filter(enrolment__training_class=training_class).order_by("pk")
    for call in rows:
        if random.random() < NOT_REACHED:
            feedback.miss(call, by=registrar)
            continue
        feedback.reach(
            call,
            by=registrar,
            work=random.choice((Work.TRADE, Work.TRADE, Work.OTHER)),
            score=random.choice((3, 4, 5)),
            book_taken_back=False,
            said=random.choice(REMARKS),
        )
