"""Having forms made of a blueprint: for a sitting, or to look at.

Source: Measures, art. 21 (the unified question bank); project register of facts, §5 (forms from a
blueprint, equal forms, a limit of exposure, the seed of the draw is kept).
"""

import base64
import json
import platform
import secrets
import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from decimal import Decimal
from importlib.metadata import version as version_of
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhupei.core import audit, files
from zhupei.core.errors import NotAllowed, Refused
from zhupei.papers import assembly, rules, sentences
from zhupei.papers.access import may_draw, may_keep, may_look
from zhupei.papers.actions.blueprints import labels
from zhupei.papers.assembly import Asked, Assembled, Infeasible, Pick, Shortage
from zhupei.papers.bank import Bank, let_to, rows_of
from zhupei.papers.events import PaperEvent
from zhupei.papers.models import Assembly, Blueprint, Form, State, Use
from zhupei.papers.rules import Chosen, Item, Row
from zhupei.people.models import User
from zhupei.questions.events import QuestionEvent, SealEvent
from zhupei.questions.models import ItemVersion, Picture

LABELS = "ABCDEFGHIJKL"
MOST_FORMS = len(LABELS)

Told = Callable[[int], None]  # is told how many forms there are so far


@transaction.atomic
def assemble(blueprint: Blueprint, *, forms: int, by: User, seed: str | None = None) -> Assembly:
    """Parallel forms that will be sat. What they hold is shown to nobody.

    The blueprint and the sealed sets let to it are locked meanwhile, so that two sittings sealed at
    once do not use an item more often than it may be.

    Raises NotAllowed; Refused "not_published", "forms_out_of_range",
    "cannot_assemble" with what is missing.
    """
    row = Blueprint.objects.select_for_update(of=("self",)).select_related("job", "question_set")
    found = row.get(pk=blueprint.pk)
    if found.state != State.PUBLISHED:
        raise Refused(
            "not_published",
            _("细目表“%(blueprint)s”现在是“%(state)s”，不能组卷。请换一份已发布的细目表。"),
            field="blueprint",
            blueprint=found,
            state=found.get_state_display(),
        )
    if not may_draw(by, found):
        raise NotAllowed("not_allowed", _("只有考核机构的考务员和自治区住建厅能组卷。"))
    list(let_to(found).order_by("pk").select_for_update(no_key=True))
    return _made(found, forms, seed, by=by, trial=False)


@transaction.atomic
def rehearse(blueprint: Blueprint, *, forms: int, by: User, seed: str | None = None) -> Assembly:
    """Forms to look at, from a draft as well; nobody will sit them, and no item counts as used.

    Raises NotAllowed; Refused "forms_out_of_range", "no_rows", "cannot_assemble".
    """
    check(blueprint, forms=forms, by=by)
    return _made(blueprint, forms, seed, by=by, trial=True)


def rehearse_with(blueprint: Blueprint, *, forms: int, by: User, seed: str, told: Told) -> Assembly:
    """``rehearse``, which says how many forms it has after each one: no transaction is open
    meanwhile, so that others see how far it is.
    """
    check(blueprint, forms=forms, by=by)
    run = _run(blueprint, forms, seed, told)
    with transaction.atomic():
        return _stored(blueprint, run, by=by, trial=True)


def check(blueprint: Blueprint, *, forms: int, by: User) -> None:
    """Would a trial be begun? Raises as ``rehearse``, but for what only the solver knows, and for
    what arithmetic says is missing.
    """
    if not may_keep(by, blueprint):
        raise NotAllowed("not_allowed", _("只有自治区住建厅能试组卷。"))
    _check_number(forms)
    rows = rows_of(blueprint)
    if not rows:
        raise Refused("no_rows", _("细目表里还没有题数。请先填写。"))
    bank = Bank.of(blueprint)
    missing = assembly.shortages(bank.items, rows, bank.limits(blueprint, rows), forms)
    if missing:
        raise _cannot(missing, rows, forms)


def _check_number(forms: int) -> None:
    if not 1 <= forms <= MOST_FORMS:
        raise Refused(
            "forms_out_of_range",
            _("一次可组 1 到 %(most)d 套卷。"),
            field="forms",
            most=MOST_FORMS,
        )


@dataclass(frozen=True)
class Run:
    """One run of the solver, with all that went into it."""

    bank: Bank
    rows: list[Row]
    forms: int
    seed: str
    found: Assembled
    seconds: float


def _made(blueprint: Blueprint, forms: int, seed: str | None, *, by: User, trial: bool) -> Assembly:
    _check_number(forms)
    run = _run(blueprint, forms, seed or secrets.token_hex(16), lambda _done: None)
    return _stored(blueprint, run, by=by, trial=trial)


def _run(blueprint: Blueprint, forms: int, seed: str, told: Told) -> Run:
    bank, rows = Bank.of(blueprint, pictures=True), rows_of(blueprint)
    began = time.monotonic()
    found = _solved(blueprint, bank, rows, forms, seed, told)
    return Run(bank, rows, forms, seed, found, round(time.monotonic() - began, 3))


def _stored(blueprint: Blueprint, run: Run, *, by: User, trial: bool) -> Assembly:
    made = Assembly.objects.create(
        blueprint=blueprint,
        seed=run.seed,
        asked=_asked(blueprint, run.bank, run.rows, run.forms),
        trial=trial,
        status=f"{run.found.status}/{run.found.way}",
        gap=run.found.gap,
        seconds=run.seconds,
        versions=_versions(),
        made_at=timezone.now(),
        made_by_name=str(by),
    )
    kept = _keep(made, run.found, run.bank, run.rows)
    _note_sealed(made, run, by)
    audit.record(
        PaperEvent.TRIED if trial else PaperEvent.ASSEMBLED,
        blueprint,
        by=by,
        assembly=made.pk,
        count=run.forms,
        seed=run.seed,
        short=run.seed[:8],
        forms={form.label: form.sha256 for form in kept},
    )
    return made


def _note_sealed(made: Assembly, run: Run, by: User) -> None:
    """Each sealed set that was drawn from has it on its own page, like a look."""
    drawn = {pick.item for picks in run.found.forms for pick in picks}
    of = Counter(run.bank.versions[key].item.question_set_id for key in drawn)
    for question_set in made.sealed_sets.order_by("pk"):
        audit.record(
            SealEvent.DRAWN,
            question_set,
            by=by,
            within=made.blueprint,
            blueprint=str(made.blueprint),
            assembly=made.pk,
            count=of[question_set.pk],
            forms=run.forms,
            what=str(_("试组") if made.trial else _("考试")),
        )


def _solved(
    blueprint: Blueprint, bank: Bank, rows: Sequence[Row], forms: int, seed: str, told: Told
) -> Assembled:
    figures = bank.figures
    asked = Asked(
        forms=forms,
        seed=seed,
        limits=bank.limits(blueprint, rows),
        shares=figures.shares,
        tolerance=figures.tolerance,
        seconds=figures.seconds,
    )
    if not rows:
        raise Refused("no_rows", _("细目表里还没有题数。请先填写。"))
    try:
        return assembly.assemble(bank.items, rows, asked, told)
    except Infeasible as infeasible:
        raise _cannot(infeasible.shortages, rows, forms) from None


def _cannot(missing: Sequence[Shortage], rows: Sequence[Row], forms: int) -> Refused:
    why = sentences.why_not(missing, labels(rows))
    return Refused(
        "cannot_assemble",
        _("组不出 %(forms)d 套卷：%(why)s"),
        field="forms",
        forms=forms,
        why="".join(why),
        reasons=why,
    )


def _asked(blueprint: Blueprint, bank: Bank, rows: Sequence[Row], forms: int) -> dict[str, Any]:
    """All that went into the solver but the texts: with the seed it can be run again."""
    limits = bank.limits(blueprint, rows)
    return {
        "forms": forms,
        "rows": [[r.point, r.kind, r.band, r.count, str(r.points)] for r in rows],
        "overlap": limits.overlap,
        "exposure": limits.exposure,
        "alike": sorted(map(list, limits.alike)),
        "shares": {str(level): share for level, share in bank.figures.shares.items()},
        "tolerance": list(bank.figures.tolerance.pair),
        "items": [_plain(item) for item in bank.items],
    }


def _plain(item: Item) -> dict[str, Any]:
    return {**asdict(item), "under": sorted(item.under)}


def _versions() -> dict[str, str]:
    return {"highspy": version_of("highspy"), "python": platform.python_version()}


def _keep(made: Assembly, found: Assembled, bank: Bank, rows: Sequence[Row]) -> list[Form]:
    kept = []
    for n, picks in enumerate(found.forms):
        form = rules.lay_out(_chosen(bank, rows, pick) for pick in picks)
        inside = {"places": form.places, "keys": form.keys}
        kept.append(
            Form(
                assembly=made,
                label=LABELS[n],
                sealed=json.dumps(inside, ensure_ascii=False),
                points=form.points,
                sha256=form.sha256,
                difficulty=found.difficulty[n],
                information=found.information[n],
            )
        )
    Form.objects.bulk_create(kept)
    uses = Counter(pick.item for picks in found.forms for pick in picks)
    Use.objects.bulk_create(
        Use(assembly=made, version_id=item, forms=count) for item, count in sorted(uses.items())
    )
    return kept


def _chosen(bank: Bank, rows: Sequence[Row], pick: Pick) -> Chosen:
    version = bank.versions[pick.item]
    return Chosen(
        {
            "item": version.pk,
            "kind": version.kind,
            "stem": version.stem,
            "options": version.options,
            "pictures": _pictures(version.pictures.all()),
            "group": _group(version),
        },
        version.key,
        Decimal(rows[pick.row].points),
        version.position or 0,
    )


def _group(version: ItemVersion) -> dict[str, Any] | None:
    if version.case is None:
        return None
    return {
        "number": version.case.pk,
        "stem": version.case.text,
        "pictures": _pictures(version.case.pictures.all()),
    }


def _pictures(pictures: Iterable[Picture]) -> list[dict[str, str]]:
    """Pictures travel inside the form: a candidate without network sees them, and the digest of
    the form covers them.
    """
    return [
        {
            "src": f"data:{one.file.media_type};base64,"
            + base64.b64encode(files.read(one.file)).decode(),
            "alt": one.alt,
        }
        for one in pictures
    ]


@transaction.atomic
def look(form: Form, *, by: User, keys: bool = False) -> rules.Form:
    """What a trial form holds; every look is an event. Raises NotAllowed."""
    if not may_look(by, form):
        raise NotAllowed(
            "not_allowed",
            _(
                "正式考试用的卷谁也不能看；试组的卷只有题库管理员能看，"
                "抽了封存题库的，只有在那个题库具名的人能看。"
            ),
        )
    for question_set in form.assembly.sealed_sets:
        audit.record(QuestionEvent.ITEMS_VIEWED, question_set, by=by)
    verb = PaperEvent.KEYS_VIEWED if keys else PaperEvent.FORM_VIEWED
    audit.record(verb, form.assembly.blueprint, by=by, form=form.pk, label=form.label)
    return form.content
