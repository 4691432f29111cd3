"""一场一档: the plan as notified, who sat where and why they might, paper, answers, marks, events.

Source: Measures, art. 20 (time, place, content, people, results); project register of facts, §5.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from zhupei.archives import recompute_marks
from zhupei.archives.contents import evidence, judgement, papers, patrols, room
from zhupei.archives.contents.papers import PEOPLE, Files
from zhupei.certificates.models import Certificate
from zhupei.core import bag, files
from zhupei.exams import rules
from zhupei.exams.actions.eligibility import verdicts
from zhupei.exams.models import Answer, Attempt, Candidate, Sitting
from zhupei.exams.sentences import why_not
from zhupei.people.models import Purpose

REQUIRED = (
    "考核计划.json",
    "座位表.csv",
    "监考安排.csv",
    "入场核验.csv",
    "监考日志.json",
    "异常情况.csv",
    patrols.LOOKS,
    recompute_marks.PAPER,
    recompute_marks.KEYS,
    recompute_marks.ANSWERS,
    recompute_marks.MARKS,
    recompute_marks.READINGS,
    judgement.CORRECTIONS,
    "复核和申诉.csv",
    "违纪处理.json",
    "证书签发清单.csv",
    "音视频登记.csv",
    bag.EVENTS,
)


def gather(sitting: Sitting) -> Files:
    """Every file of the package, the register of files last."""
    candidates = list(
        sitting.candidates.select_related(
            "person",
            "attempt__paper",
            "enrolment__training_class__syllabus",
            "enrolment__person",
        ).order_by("seat")
    )
    attempts = [one.attempt for one in candidates if _sat(one)]
    certificates = list(
        Certificate.objects.filter(attempt__sitting=sitting).with_chain().order_by("number")
    )
    plan = _plan(sitting)
    packed = evidence.pack(
        [*room.pieces(sitting), *judgement.pieces(sitting), *patrols.pieces(sitting)]
    )
    return papers.with_properties(
        papers.with_register(
            {
                "考核计划.json": papers.as_json(dict(plan)),
                "考核计划.txt": papers.as_text(plan),
                "考核经过.csv": papers.sentences(sitting),
                "座位表.csv": _seats(candidates),
                "资格.json": papers.as_json(_entitlements(sitting, candidates)),
                **_papers(sitting, attempts),
                recompute_marks.ANSWERS: papers.as_json_lines(_answers(attempts)),
                recompute_marks.MARKS: _marks(candidates),
                recompute_marks.NAME: Path(recompute_marks.__file__).read_bytes(),
                **_certificates(certificates),
                **room.gather(sitting, packed),
                **judgement.gather(sitting, attempts, packed),
                **patrols.gather(sitting, packed),
                "组卷.json": papers.as_json(_assembly(sitting)),
                **packed.files,
                bag.EVENTS: papers.events(
                    [sitting, *attempts, *certificates, *judgement.things(sitting)]
                ),
            }
        ),
        required=REQUIRED,
    )


def _assembly(sitting: Sitting) -> dict[str, Any]:
    """From which blueprint, by which solver and seed the forms came."""
    forms = sitting.papers.select_related("form__assembly__blueprint").order_by("number")
    made = next((one.form.assembly for one in forms if one.form), None)
    if made is None:
        return {}
    return {
        "blueprint": str(made.blueprint),
        "seed": made.seed,
        "solver": made.versions,
        "status": made.status,
        "gap": made.gap,
        "asked": made.asked,
        "forms": {
            one.label: {"difficulty": one.form.difficulty, "information": one.form.information}
            for one in forms
            if one.form
        },
    }


def _plan(one: Sitting) -> list[tuple[str, Any]]:
    return [
        ("编号", one.number or ""),
        ("场次名称", one.title),
        ("考核计划", "" if one.plan is None else f"{one.plan.number or ''} {one.plan.title}"),
        ("考核机构", one.organization.name),
        ("地州市", one.prefecture.name),
        ("县市", one.division.name),
        ("岗位或工种", one.job.name),
        ("考场", one.room.name),
        ("考场地址", one.room.address),
        ("开考时间", one.starts_at),
        ("结束时间", one.ends_at),
        ("考试时长（分钟）", one.minutes),
        ("细目表", str(one.blueprint)),
        ("平行卷份数", one.forms),
        ("合格线", "" if one.pass_mark is None else str(one.pass_mark)),
        ("状态", one.get_state_display()),
    ]


def _seats(candidates: Sequence[Candidate]) -> bytes:
    rows = [
        (
            one.seat,
            *papers.who(one.person),
            one.enrolment.training_class.number,
            one.enrolment.training_class.title,
            one.attempt.pk if _sat(one) else "缺考",
            one.attempt.paper.label if _sat(one) else "",
        )
        for one in candidates
    ]
    return papers.as_csv(("座位", *PEOPLE, "培训班编号", "培训班", "答卷", "试卷"), rows)


def _entitlements(sitting: Sitting, candidates: Sequence[Candidate]) -> list[dict[str, Any]]:
    """The facts each candidate was seated on, as they stand when the package is made.

    They were asked for at the seating and again at the sealing; both are events.
    """
    found = verdicts(sitting, [one.enrolment for one in candidates])
    return [
        {
            "seat": one.seat,
            "class": one.enrolment.training_class.number,
            "enrolled_at": one.enrolment.enrolled_at,
            "counted_seconds": found[one.enrolment_id].counted,
            "needed_seconds": found[one.enrolment_id].needed,
            "against": why_not(found[one.enrolment_id]),
            "consents": list(
                one.person.consents.filter(purpose=Purpose.EXAM)
                .order_by("pk")
                .values("wording_version", "given_at", "withdrawn_at")
            ),
        }
        for one in candidates
    ]


def _sat(one: Candidate) -> bool:
    return hasattr(one, "attempt") and one.attempt.started_at is not None


def _papers(sitting: Sitting, attempts: Sequence[Attempt]) -> Files:
    """The forms, their keys apart from them, and the order in which each candidate saw theirs."""
    forms = list(sitting.papers.all())
    orders = (
        {
            "attempt": one.pk,
            "paper": one.paper.label,
            "seed": one.seed,
            "order": [
                shown._asdict()
                for shown in rules.order(one.seed, one.paper.places, shuffle=one.paper.shuffle)
            ],
        }
        for one in attempts
    )
    shown = [
        {
            "paper": form.label,
            "items": form.places,
            "sha256": form.sha256,
            "seed": form.seed,
            "shuffle": form.shuffle,
            "sealed_at": form.sealed_at,
        }
        for form in forms
    ]
    keys = {
        form.label: {
            "kinds": form.marking.kinds,
            "keys": form.marking.keys,
            "points": {place: str(worth) for place, worth in form.marking.points.items()},
            "corrections": {
                place: {"item": form.places[place]["item"], "ruling": one.ruling, "keys": one.keys}
                for place, one in form.in_force.corrections.items()
            },
        }
        for form in forms
    }
    return {
        recompute_marks.PAPER: papers.as_json(shown),
        recompute_marks.KEYS: papers.as_json({"papers": keys, "pass_mark": str(sitting.pass_mark)}),
        "题序.jsonl": papers.as_json_lines(orders),
    }


def _answers(attempts: Sequence[Attempt]) -> list[dict[str, Any]]:
    """What was stored for each attempt, with the time and turn of each answer."""
    stored: dict[int, list[dict[str, Any]]] = {one.pk: [] for one in attempts}
    rows = Answer.objects.filter(attempt_id__in=stored).order_by("attempt_id", "item")
    for row in rows:
        stored[row.attempt_id].append(
            {"item": row.item, "choice": row.choice, "turn": row.turn, "saved_at": row.saved_at}
        )
    return [
        {
            "attempt": one.pk,
            "paper": one.paper.label,
            "started_at": one.started_at,
            "closes_at": one.closes_at,
            "handed_in_at": one.handed_in_at,
            "handed_in_by_clock": one.handed_in_by_clock,
            "receipt": rules.receipt(
                {
                    a["item"]: a["choice"]
                    for a in stored[one.pk]
                    if a["item"] < one.paper.place_count
                }
            ),
            "answers": stored[one.pk],
        }
        for one in attempts
    ]


def _marks(candidates: Sequence[Candidate]) -> bytes:
    rows = [
        (
            one.attempt.pk,
            one.seat,
            *papers.who(one.person),
            one.attempt.mark,
            "无效" if one.attempt.void else "合格" if one.attempt.passed else "不合格",
        )
        for one in candidates
        if _sat(one)
    ]
    return papers.as_csv(("答卷", "座位", *PEOPLE, "成绩", "结论"), rows)


def _certificates(certificates: Sequence[Certificate]) -> Files:
    """The list of certificates issued, and their signed files."""
    heads = (*PEOPLE, "证书编号", "国家编号", "答卷", "学时", "发证日期", "状态", "文件 SHA-256")
    rows = [
        (
            *papers.who(one.person),
            one.number,
            one.national_number,
            one.attempt_id,
            one.hours,
            one.issued_on,
            one.get_state_display(),
            one.file.sha256 if one.file else "",
        )
        for one in certificates
    ]
    pdfs = {
        f"证书/{bag.safe_name(one.number)}.pdf": files.read(one.file)
        for one in certificates
        if one.file
    }
    return {"证书签发清单.csv": papers.as_csv(heads, rows), **pdfs}
