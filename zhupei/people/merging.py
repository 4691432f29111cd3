"""Two records of one human become one. Who may do so is asked by the caller.

Everything that hangs on a person is found through the registry of models, so that an app above
needs no word here to have its rows moved; only the noun people read is kept in ``NOUNS``.

Source: Measures, art. 15 (real names; one person is one identity).
"""

from collections.abc import Iterator, Mapping
from typing import Any, Final, NamedTuple

from django.apps import apps
from django.db import IntegrityError, models, transaction
from django.db.models.fields.reverse_related import ForeignObjectRel
from django.utils.functional import Promise
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from zhupei.core import audit, messages
from zhupei.core.errors import Refused
from zhupei.core.models import Message, StoredFile
from zhupei.people.events import AccountEvent, PersonEvent
from zhupei.people.models import Consent, Distinction, Merger, Person, User

OWN: Final = "people"  # tables of this app are treated by name: account, consents, mergers
NOUNS: Final[Mapping[str, str | Promise]] = {
    "people.Consent": _("同意"),
    "teachers.Teacher": _("师资库档案"),
    "classes.Enrolment": _("报名"),
    "classes.Waiting": _("候补"),
    "exams.Candidate": _("考核座位"),
    "certificates.Certificate": _("证书"),
    "practical.Turn": _("实操轮次"),
    "patrols.RollLine": _("巡查点名"),
    "organizations.Membership": _("任职"),
}


class Link(NamedTuple):
    """A column somewhere that names a person (or an account)."""

    model: type[models.Model]
    column: str

    @property
    def noun(self) -> str:
        label = self.model._meta.label
        return str(NOUNS.get(label, label))

    def rows(self, of: models.Model) -> models.QuerySet[Any]:
        return self.model._base_manager.filter(**{self.column: of}).order_by("pk")


class Keep(NamedTuple):
    """What of the duplicate stays in use: which login, when both are, and whose telephone."""

    account: User | None = None
    phone_of: Person | None = None


class Outcome(NamedTuple):
    """What a merger moves, by model, and which rows stand in each other's way."""

    moved: dict[str, list[Any]]
    clashes: list[str]

    @property
    def counts(self) -> str:
        """In words: 报名 2、证书 1."""
        parts = [f"{NOUNS.get(label, label)} {len(keys)}" for label, keys in self.moved.items()]
        return "、".join(parts) or _t("没有业务记录")


def links() -> Iterator[Link]:
    """Every column outside this app that names a person, also those without a way back."""
    for found in Person._meta.get_fields(include_hidden=True):
        if isinstance(found, ForeignObjectRel) and found.related_model._meta.app_label != OWN:
            yield Link(found.related_model, found.field.name)


def counted(person: Person) -> list[tuple[str, int]]:
    """How many rows hang on a person, by noun; consents too."""
    every = [(link.noun, link.rows(person).count()) for link in links()]
    return [*every, (str(NOUNS["people.Consent"]), person.consents.count())]


@transaction.atomic
def rehearse(duplicate: Person, into: Person) -> Outcome:
    """What ``merge`` would move and what would clash; nothing is kept."""
    outcome = _move(duplicate, into)
    transaction.set_rollback(True)
    return outcome


@transaction.atomic
def merge(
    duplicate: Person,
    into: Person,
    *,
    by: User,
    reason: str,
    evidence: StoredFile,
    keep: Keep = Keep(),  # noqa: B008 - a tuple
) -> Person:
    """Move everything of ``duplicate`` to ``into``; an empty record stays and leads there.

    Raises Refused "same_person", "merged_already", "reason_required", "account_not_chosen" or
    "merge_clashes", which names the rows that stand in each other's way.

    Source: Measures, art. 15.
    """
    duplicate, into = _locked(duplicate, into)
    if not reason.strip():
        raise Refused("reason_required", _("请写明凭什么认定是同一个人。"), field="reason")
    before = {"duplicate": _state(duplicate), "into": _state(into)}
    _settle_accounts(duplicate, into, keep.account, by)
    outcome = _move(duplicate, into)
    if outcome.clashes:
        raise Refused(
            "merge_clashes",
            _("两份登记有相冲突的记录：%(rows)s。请先把多余的一份办结或退掉，再合并。"),
            rows="；".join(outcome.clashes),
        )
    _copy_consents(duplicate, into)
    _settle_phones(duplicate, into, keep.phone_of)
    Person.objects.filter(merged_into=duplicate).update(merged_into=into)  # no chain of two
    duplicate.merged_into = into
    duplicate.save(update_fields=["merged_into"])
    said = {"reason": reason.strip(), "evidence": evidence, "moved": outcome.moved}
    Merger.objects.create(duplicate=duplicate, into=into, **said)
    _record(duplicate, into, by, before, outcome, said)
    return into


def _locked(duplicate: Person, into: Person) -> tuple[Person, Person]:
    """Both rows, locked in the order of their keys, so that two officers never wait in a ring."""
    if duplicate.pk == into.pk:
        raise Refused("same_person", _("这就是同一份登记，不需要合并。"))
    people = Person.objects.select_for_update(of=("self",)).order_by("pk")
    rows = {one.pk: one for one in people.filter(pk__in=[duplicate.pk, into.pk])}
    for row in rows.values():
        if row.merged_into_id:
            raise Refused(
                "merged_already",
                _("“%(name)s”（%(number)s）已经并入另一份登记。请刷新页面。"),
                name=row.name,
                number=row.masked_id_number,
            )
    return rows[duplicate.pk], rows[into.pk]


def _move(duplicate: Person, into: Person) -> Outcome:
    outcome = Outcome({}, [])
    for link in links():
        _move_rows(link, duplicate, into, outcome)
    return outcome


def _move_rows(link: Link, source: models.Model, target: models.Model, outcome: Outcome) -> None:
    """Row by row: the constraints of the table say what clashes, whatever they are."""
    moved = []
    for row in link.rows(source).select_for_update(of=("self",)):
        if _stays(row):
            continue
        try:
            with transaction.atomic():
                link.model._base_manager.filter(pk=row.pk).update(**{link.column: target})
            moved.append(str(row.pk))
        except IntegrityError:
            outcome.clashes.append(f"{link.noun}“{row}”")
    if moved:
        outcome.moved[link.model._meta.label] = moved


def _stays(row: Any) -> bool:
    """A model may say that a row is history and stays with the empty record."""
    return bool(getattr(row, "stays_when_merged", False))


def _settle_accounts(duplicate: Person, into: Person, chosen: User | None, by: User) -> None:
    """One login stays, with the person; the other is closed and stays with the empty record."""
    rows = User.objects.select_for_update(of=("self",)).filter(person__in=[duplicate, into])
    accounts = {user.person_id: user for user in rows.order_by("pk")}
    old, new = accounts.get(duplicate.pk), accounts.get(into.pk)
    usable = [user for user in (new, old) if user and in_use(user)]
    if len(usable) > 1 and chosen not in usable:
        raise Refused(
            "account_not_chosen",
            _("两份登记都有在用的账号，请选定以后用哪一个登录。"),
            field="account",
        )
    standing = [user for user in (new, old) if user]
    kept = chosen if chosen in usable else next(iter([*usable, *standing]), None)
    if kept is None:
        return
    closed = old if kept == new else new
    if closed:
        User.objects.filter(pk=closed.pk).update(person=None)
    User.objects.filter(pk=kept.pk).update(person=into, name=into.name)
    if closed:
        _close(closed, kept, duplicate, by)


def in_use(user: User) -> bool:
    """Can somebody sign in with it?"""
    return user.is_active and user.has_usable_password()


def _close(closed: User, kept: User, duplicate: Person, by: User) -> None:
    """Nobody signs in with it any more; its roles and its inbox go on with the other."""
    User.objects.filter(pk=closed.pk).update(person=duplicate, is_active=False)
    roles = Link(apps.get_model("organizations", "Membership"), "user")
    outcome = Outcome({}, [])
    _move_rows(roles, closed, kept, outcome)
    if outcome.clashes:
        raise Refused(
            "merge_clashes",
            _("两个账号有相同的任职：%(rows)s。请先在单位人员页结束一个，再合并。"),
            rows="；".join(outcome.clashes),
        )
    Message.objects.filter(recipient=closed).update(recipient=kept)
    moved = outcome.moved.get("organizations.Membership", [])
    audit.record(
        AccountEvent.CLOSED, closed, by=by, account=kept.username, memberships=moved, kept=kept.pk
    )


def _copy_consents(duplicate: Person, into: Person) -> None:
    """Each as it was: given then, taken back then or standing. Where one of the same purpose
    stands already, that one stands, and the other is read from the empty record.
    """
    standing = set(into.consents.filter(withdrawn_at=None).values_list("purpose", flat=True))
    Consent.objects.bulk_create(
        Consent(
            person=into,
            purpose=one.purpose,
            wording_version=one.wording_version,
            given_at=one.given_at,
            withdrawn_at=one.withdrawn_at,
        )
        for one in duplicate.consents.order_by("pk")
        if one.withdrawn_at or one.purpose not in standing
    )


def _settle_phones(duplicate: Person, into: Person, phone_of: Person | None) -> None:
    """The person goes on with the phone chosen. The other is free again, unless a closed login
    goes by it: then it leads there to say so.
    """
    left = (duplicate.phone, duplicate.phone_index)
    nobody = f"merged:{duplicate.pk}"
    Person.objects.filter(pk=duplicate.pk).update(phone="", phone_index=nobody)
    if phone_of and phone_of.pk == duplicate.pk:
        mine = (into.phone, into.phone_index)
        into.phone, into.phone_index = left
        into.save(update_fields=["phone", "phone_index"])
        left = mine
    closed = User.objects.filter(person=duplicate).exists()
    duplicate.phone, duplicate.phone_index = left if closed else ("", nobody)
    duplicate.save(update_fields=["phone", "phone_index"])


def _state(person: Person) -> dict[str, str]:
    """What an event keeps of a record: nothing in full that is masked elsewhere."""
    account = User.objects.filter(person=person).first()
    return {
        "name": person.name,
        "id_number": person.masked_id_number,
        "phone": person.masked_phone,
        "account": account.username if account else "",
    }


def _record(
    duplicate: Person,
    into: Person,
    by: User,
    before: dict[str, dict[str, str]],
    outcome: Outcome,
    said: dict[str, Any],
) -> None:
    facts: dict[str, Any] = {
        "note": said["reason"],
        "evidence": {"name": said["evidence"].name, "sha256": said["evidence"].sha256},
        "before": before,
        "after": {"into": _state(into), "duplicate": _state(duplicate)},
        "moved": outcome.moved,
        "counts": outcome.counts,
    }
    there: dict[str, Any] = {
        "into": into.name,
        "into_number": into.masked_id_number,
        "into_id": into.pk,
    }
    audit.record(PersonEvent.MERGED, duplicate, by=by, **there, **facts)
    here: dict[str, Any] = {
        "duplicate": duplicate.name,
        "duplicate_number": duplicate.masked_id_number,
        "duplicate_id": duplicate.pk,
    }
    audit.record(PersonEvent.TAKEN_IN, into, by=by, **here, **facts)
    words = _t("重复登记的 %(number)s 已并入您本人的档案，原来的报名、考核和证书都在。")
    told = list(User.objects.filter(person=into, is_active=True))
    title = _t("您的两份登记已合成一份")
    messages.tell(told, title, body=words % {"number": duplicate.masked_id_number})


@transaction.atomic
def tell_apart(one: Person, other: Person, *, by: User, note: str) -> Distinction:
    """Two humans who look alike on paper: they are not offered as one again.

    Raises Refused "same_person" or "reason_required".
    """
    if not note.strip():
        raise Refused("reason_required", _("请写明凭什么认定是两个人。"), field="note")
    first, second = sorted(_locked(one, other), key=lambda person: person.pk)
    said, new = Distinction.objects.get_or_create(
        first=first, second=second, defaults={"note": note.strip()}
    )
    if new:
        for person, twin in ((first, second), (second, first)):
            facts: dict[str, Any] = {"other": twin.name, "other_number": twin.masked_id_number}
            audit.record(PersonEvent.TOLD_APART, person, by=by, note=note.strip(), **facts)
    return said


def pointer(closed: User) -> User | None:
    """Where the owner of a closed login signs in now."""
    if closed.is_active or closed.person is None or closed.person.merged_into_id is None:
        return None
    return User.objects.filter(person=closed.person.merged_into_id, is_active=True).first()
