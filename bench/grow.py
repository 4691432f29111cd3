"""A region grown from a small one: all of the demo that belongs to an institution, many times over.

The demo walks every paper through its verbs, which takes a second a class; to see how pages fare
on 3,000 classes and 60,000 learners only the rows are wanted. Copies keep their shape: keys are
moved by a stride, what has to be unique is made so, and the record of deeds is copied with them
(its hashes are not: this is a bench, not evidence).
"""

from collections.abc import Iterator
from typing import Any

STRIDE = 10_000_000  # more than any key the demo gives
SHARED = {  # what the whole region has in common
    "core.parametervalue", "core.workday", "core.storedfile", "core.waitingfile", "core.series",
    "core.event", "core.eventhead", "organizations.division", "classes.draw",
    "evaluation.scheme", "evaluation.indicator", "oversight.legalbasis", "practical.rubric",
}  # fmt: skip
SHARED_APPS = {"syllabus", "questions", "papers", "inspections"}
PART = {  # of these only the rows that are an institution's, or a learner's or officer's of one
    "organizations.organization": "kind IN ('institution', 'assessment_body')",
    "people.user": "id NOT IN (SELECT user_id FROM organizations_membership m"
    " JOIN organizations_organization o ON o.id = m.organization_id"
    " WHERE o.kind NOT IN ('institution', 'assessment_body'))",
}


def grow(times: int) -> None:
    """Let there be ``times`` as much of everything, in the database Django is connected to."""
    from django.db import connection, transaction  # noqa: PLC0415 - the settings come first

    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")  # no triggers, no FK checks
        for label, which in PART.items():
            cursor.execute(f"CREATE TEMP TABLE {_part(label)} AS SELECT id FROM"  # noqa: S608
                           f" {_table(label)} WHERE {which}")  # fmt: skip
        for model in _copied():
            cursor.execute(_copy(model), {"times": times - 1, "stride": STRIDE})
            _move_sequence(cursor, model)
        for model in _copied():
            _check(cursor, model)
        cursor.execute(EVENTS, {"times": times - 1, "stride": STRIDE})
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


EVENTS = r"""
    INSERT INTO core_event (subject, seq, at, verb, within, subject_label, actor_id, actor_name,
                            organization_id, organization_name, facts, request_id, address,
                            previous, hash)
    SELECT split_part(subject, '/', 1) || '/'
             || (split_part(subject, '/', 2)::bigint + copy * %(stride)s),
           seq, at, verb,
           CASE WHEN within = '' THEN '' ELSE split_part(within, '/', 1) || '/'
             || (split_part(within, '/', 2)::bigint + copy * %(stride)s) END,
           subject_label, actor_id, actor_name, organization_id, organization_name, facts,
           request_id, address, previous, hash
      FROM core_event, generate_series(1, %(times)s) AS copy
     WHERE subject ~ '/\d{1,7}$' AND (within = '' OR within ~ '/\d{1,7}$')
"""


def _copied() -> Iterator[Any]:
    from django.apps import apps  # noqa: PLC0415

    for model in apps.get_models(include_auto_created=True):
        ours = model.__module__.startswith("zhupei.") and model._meta.managed
        shared = model._meta.label_lower in SHARED or model._meta.app_label in SHARED_APPS
        if ours and not shared and not model._meta.proxy:
            yield model


def _table(label: str) -> str:
    from django.apps import apps  # noqa: PLC0415

    return str(apps.get_model(label)._meta.db_table)


def _part(label: str) -> str:
    return "part_" + label.replace(".", "_")


def _copy(model: Any) -> str:
    """INSERT … SELECT of every column, moved, made unique, or as it is."""
    copied = set(_copied())
    lone = {field.name for field in model._meta.concrete_fields if field.unique}
    lone |= _alone(model, copied)
    columns, values = [], []
    for field in model._meta.concrete_fields:
        columns.append(f'"{field.column}"')
        values.append(_value(field, copied, unique=field.name in lone))
    label, table = model._meta.label_lower, model._meta.db_table
    source = f"{table} WHERE id IN (SELECT id FROM {_part(label)})" if label in PART else table  # noqa: S608
    return (
        f"INSERT INTO {table} ({', '.join(columns)}) SELECT {', '.join(values)}"  # noqa: S608
        f" FROM (SELECT * FROM {source}) AS row, generate_series(1, %(times)s) AS copy"
        " ON CONFLICT DO NOTHING"  # a post in an authority is one already
    )


def _alone(model: Any, copied: set[Any]) -> set[str]:
    """Fields that have to differ because nothing else of their constraint does: it has them only,
    or what it has besides is no key that moves.
    """
    from django.db.models import UniqueConstraint  # noqa: PLC0415

    names: set[str] = set()
    for constraint in model._meta.constraints:
        if isinstance(constraint, UniqueConstraint):
            parts = constraint.fields or [getattr(x, "name", "") for x in constraint.expressions]
            fields = [model._meta.get_field(name) for name in parts if name]
            if not any(one.remote_field and one.remote_field.model in copied for one in fields):
                names |= {one.name for one in fields if not one.choices}
    return names


def _check(cursor: Any, model: Any) -> None:
    """Nobody checked foreign keys: every copy must point at a row that is there."""
    for field in model._meta.concrete_fields:
        if not field.remote_field:
            continue
        other = field.remote_field.model._meta.db_table
        cursor.execute(
            f"SELECT count(*) FROM {model._meta.db_table} AS row WHERE"  # noqa: S608
            f' "{field.column}" IS NOT NULL AND NOT EXISTS (SELECT FROM {other} AS other'
            f' WHERE other."{field.target_field.column}" = row."{field.column}")'
        )
        if lost := cursor.fetchone()[0]:
            raise SystemExit(f"{lost} copies of {model._meta.label} have no {field.name}")


def _value(field: Any, copied: set[Any], *, unique: bool) -> str:
    """One column of a copy as SQL."""
    from django.db import models  # noqa: PLC0415

    name, moved = f'row."{field.column}"', _moved(field)
    if field.remote_field:
        other = field.remote_field.model
        if other not in copied:
            return "NULL" if unique and field.null else name
        label = other._meta.label_lower
        if label not in PART:
            return moved
        return f"CASE WHEN {name} IN (SELECT id FROM {_part(label)}) THEN {moved} ELSE {name} END"  # noqa: S608
    if field.primary_key or (unique and isinstance(field, models.UUIDField)):
        return moved
    if unique and isinstance(field, models.CharField | models.TextField):
        return f"CASE {name} WHEN '' THEN '' ELSE {_another(name, field)} END"
    return name


def _moved(field: Any) -> str:
    """A key of a copy, the same wherever the row is pointed at."""
    from django.db import models  # noqa: PLC0415

    if isinstance(field.target_field if field.remote_field else field, models.UUIDField):
        return f'md5(row."{field.column}"::text || copy)::uuid'
    return f'row."{field.column}" + copy * %(stride)s'


def _another(name: str, field: Any) -> str:
    """A text that differs from copy to copy: a number with a suffix, or as random as it was."""
    if field.max_length in {12, 18, 20, 40, 64} and field.name != "number":
        return f"left(encode(sha256(({name} || copy)::bytea), 'hex'), {field.max_length})"
    return f"{name} || '~' || copy"


def _move_sequence(cursor: Any, model: Any) -> None:
    """The next key somebody is given lies behind the copies."""
    table, column = model._meta.db_table, model._meta.pk.column
    cursor.execute("SELECT pg_get_serial_sequence(%s, %s)", [table, column])
    sequence = cursor.fetchone()[0]
    if sequence:
        cursor.execute(f"SELECT setval(%s, greatest(1, (SELECT max({column}) FROM {table})))",  # noqa: S608
                       [sequence])  # fmt: skip
