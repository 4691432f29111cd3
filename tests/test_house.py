"""The rules of the house which no linter knows. (Floors and rooms: ``lint-imports``.)"""

import ast
import re
import subprocess
from functools import cache
from importlib import import_module
from pathlib import Path
from string import Formatter

import pytest
from django.apps import apps
from django.db import models
from django.utils.module_loading import module_has_submodule

from tools import rulebook
from zhupei.core.constraints import known
from zhupei.core.parameters import DECLARED
from zhupei.core.privacy import Personal, declared

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "zhupei"
APPS = [app for app in apps.get_app_configs() if app.name.startswith("zhupei.")]
MODELS = [model for app in APPS for model in app.get_models()]
MODULES = sorted(path for path in PACKAGE.rglob("*.py") if "migrations" not in path.parts)
VIEWS = sorted(path for path in MODULES if path.stem == "views" or "views" in path.parts[-2:-1])
MIGRATIONS = sorted(path for path in PACKAGE.rglob("migrations/0*.py"))

SEEN_BY = {"visible_to", "own", "public"}  # what a page may ask a table first
OPEN_BOOKS = {  # tables anybody may read in full, asked for in these words
    "objects.published",  # syllabi in force
    "objects.bureaus",  # complaint channels, Measures, art. 24
    "objects.prefectures",  # the map
}


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def submodules(room: str) -> list:
    """``events`` of every app that has them."""
    return [import_module(f"{a.name}.{room}") for a in APPS if module_has_submodule(a.module, room)]


OWNED = [model for model in MODELS if any(f.name == "organization" for f in model._meta.fields)]


@pytest.mark.parametrize("model", OWNED, ids=lambda model: model._meta.label)
def test_what_belongs_to_an_organization_says_who_may_see_it(model):
    if model._meta.label == "organizations.Membership":
        return  # it is what seeing is decided by
    if model._meta.label == "teachers.Engagement":
        return  # seen only as its teacher's
    assert hasattr(model.objects, "visible_to")


@pytest.mark.parametrize("path", VIEWS, ids=name)
def test_views_reach_rows_only_through_visible_to(path):
    asked = {
        (node.attr, ast.unparse(node))
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Attribute)
        and node.value.attr in {"objects", "_base_manager", "_default_manager"}
    }
    direct = [
        words
        for method, words in asked
        if method not in SEEN_BY and words.partition(".")[2] not in OPEN_BOOKS
    ]
    assert direct == []


@pytest.mark.parametrize("path", VIEWS, ids=name)
def test_views_change_nothing_but_through_actions(path):
    """One exception: a line of one's own inbox is marked as read."""
    verbs = {"save", "create", "delete", "update", "bulk_create", "get_or_create", "atomic"}
    modules = {
        alias.asname or alias.name
        for node in ast.walk(tree(path))
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("zhupei.")
        for alias in node.names
    }
    called = {
        ast.unparse(node.func)
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in verbs
        and ast.unparse(node.func.value) not in modules
    }
    assert called <= {"message.save"}


@pytest.mark.parametrize(
    "path", [*MODULES, *(ROOT / "config").glob("*.py"), *(ROOT / "tests").rglob("*.py")], ids=name
)
def test_no_file_outgrows_its_room(path):
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 400


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_every_choice_is_also_a_constraint(model):
    guards = [c for c in model._meta.constraints if isinstance(c, models.CheckConstraint)]
    for field in model._meta.local_fields:
        if not field.choices:
            continue
        values = {value for value, _label in field.flatchoices if value}
        known_to = [allowed(guard.condition, field.name) - {""} for guard in guards]
        assert values in known_to, field.name


def allowed(condition: models.Q, field: str) -> set:
    """The values a condition of ``known`` lets ``field`` have."""
    for child in condition.children:
        if isinstance(child, tuple) and child[0] == f"{field}__in":
            return set(child[1])
    return set()


def test_the_helper_writes_the_constraint_this_test_reads():
    class Word(models.TextChoices):
        YES = "yes", "是"

    assert allowed(known("word", Word, name="word_known").condition, "word") == {"yes"}


def enums(module) -> list:
    return [found for label, found in vars(module).items() if label.endswith("Event")]


def test_every_event_has_a_sentence_and_every_sentence_an_event():
    for app in APPS:
        if not module_has_submodule(app.module, "events"):
            continue
        happened = {e for kind in enums(import_module(f"{app.name}.events")) for e in kind}
        assert set(import_module(f"{app.name}.sentences").SENTENCES) == happened, app.name


def test_no_two_apps_write_the_same_event():
    written = [str(e) for module in submodules("events") for kind in enums(module) for e in kind]

    assert len(written) == len(set(written))
    assert all(re.fullmatch(r"[a-z_]+\.[a-z_]+", verb) for verb in written)


def facts_written() -> set[str]:
    """Every keyword, and every key of a literal, anywhere in the package."""
    found: set[str] = set()
    for path in MODULES:
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.Call):
                found |= {keyword.arg for keyword in node.keywords if keyword.arg}
            elif isinstance(node, ast.Dict):
                found |= {key.value for key in node.keys if isinstance(key, ast.Constant)}
    return found


def test_every_blank_of_a_sentence_is_filled_by_somebody():
    always = {"actor", "thing", "note"}  # audit.sentence fills these itself
    blanks = {
        (str(verb), blank)
        for module in submodules("sentences")
        for verb, sentence in module.SENTENCES.items()
        for blank in re.findall(r"%\((\w+)\)s", str(sentence))
    }
    known_facts = facts_written()

    assert {(verb, blank) for verb, blank in blanks if blank not in always | known_facts} == set()


def test_sentences_have_named_blanks_only():
    for module in submodules("sentences"):
        for sentence in module.SENTENCES.values():
            rest = re.sub(r"%\(\w+\)s|%%", "", str(sentence))
            assert "%" not in rest, sentence
            assert not [part for part in Formatter().parse(str(sentence)) if part[1]], sentence


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_only_the_workflow_writes_a_state(path):
    if path == PACKAGE / "core" / "workflow.py":
        return
    assert list(states_written(tree(path))) == []


def states_written(module: ast.Module) -> list[str]:
    """Assignments to ``x.state``, ``setattr(x, "state", …)`` and ``update(state=…)``."""
    found = []
    for node in ast.walk(module):
        if isinstance(node, ast.Assign | ast.AugAssign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            parts = [part for target in targets for part in ast.walk(target)]
            found += [
                ast.unparse(part)
                for part in parts
                if isinstance(part, ast.Attribute) and part.attr == "state"
            ]
        elif isinstance(node, ast.Call):
            called = ast.unparse(node.func)
            updated = called.endswith(".update") and any(k.arg == "state" for k in node.keywords)
            put = called == "setattr" and "'state'" in map(ast.unparse, node.args)
            found += [ast.unparse(node)] if updated or put else []
    return found


@pytest.mark.parametrize(
    "code",
    [
        "row.state = 'x'",
        "a, row.state = 1, 2",
        "row.state: str = 'x'",
        "rows.update(state='x')",
        "setattr(row, 'state', 'x')",
    ],
)
def test_the_house_sees_every_way_to_write_a_state(code):
    assert states_written(ast.parse(code))


def test_every_field_is_declared_in_the_register_of_personal_data():
    for app in APPS:
        fields = {
            f"{model._meta.model_name}.{field.name}"
            for model in app.get_models()
            for field in (*model._meta.local_fields, *model._meta.local_many_to_many)
        }
        register = {}
        if module_has_submodule(app.module, "privacy"):
            register = import_module(f"{app.name}.privacy").FIELDS
        assert fields - set(register) == set(), f"{app.label}: not declared"
        assert set(register) - fields == set(), f"{app.label}: declared, but there is no such field"


@pytest.mark.parametrize("method", ["own"])
def test_the_shorter_doors_lead_through_the_same_house(method):
    """``own`` is ``visible_to`` and then less."""
    bodies = [
        ast.unparse(node)
        for path in MODULES
        for node in ast.walk(tree(path))
        if isinstance(node, ast.FunctionDef) and node.name == method and "Self" in ast.unparse(node)
    ]
    assert bodies
    assert all("self.visible_to(user)" in body for body in bodies)


def test_personal_data_has_a_purpose_and_an_end():
    for module in submodules("privacy"):
        for field, personal in module.FIELDS.items():
            assert personal is None or isinstance(personal, Personal), field
            assert personal is None or (str(personal.purpose) and str(personal.keep)), field
    assert declared()


def test_every_parameter_says_where_it_comes_from():
    submodules("parameters")  # importing is declaring

    assert DECLARED
    for parameter in DECLARED.values():
        app = parameter.key.partition(".")[0]
        assert app in {config.label for config in APPS}, parameter.key
        assert parameter.source.strip(), parameter.key
        assert str(parameter.label).strip(), parameter.key
        assert parameter.confidence in {"law", "practice", "proposal"}, parameter.key
        if parameter.choices:
            assert parameter.default in dict(parameter.choices), parameter.key
        elif not isinstance(parameter.default, str):
            assert parameter.minimum is not None, parameter.key
            assert parameter.maximum is not None, parameter.key
            assert parameter.minimum <= parameter.default <= parameter.maximum, parameter.key


CITATIONS = sorted({citation.place: citation for citation in rulebook.citations()}.items())


@pytest.mark.parametrize(
    "citation", [c for _, c in CITATIONS], ids=[place for place, _ in CITATIONS]
)
def test_every_article_we_enforce_has_a_test(citation):
    assert rulebook.tests_of(citation), f"no test in tests/{citation.app}/ names {citation.name}"


def test_every_source_is_one_the_rulebook_knows():
    strange = [c.text for c in rulebook.cited_places() if not list(rulebook.articles(c.text))]

    assert strange == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Measures, art. 12.", [("Measures", "12")]),
        ("Measures, art. 9 and 12 (why, not).", [("Measures", "9"), ("Measures", "12")]),
        ("Measures, art. 18–20.", [("Measures", "18"), ("Measures", "19"), ("Measures", "20")]),
        ("Measures, art. 19 (x) and art. 20.", [("Measures", "19"), ("Measures", "20")]),
        ("Measures, art. 12; the figure is a parameter.", [("Measures", "12")]),
        ("劳动法 art. 15.", [("Labour Law", "15")]),
        ("notice, part 2, section 2 (x).", [("notice", "part 2, section 2")]),
        ("GB 11643-1999, 4.1-4.4.", [("GB", "GB 11643-1999, 4.1-4.4")]),
        ("somebody said so.", []),
    ],
)
def test_the_rulebook_reads_sources(text, expected):
    assert list(rulebook.articles(text)) == expected


def test_the_rulebook_is_the_one_the_code_says():
    """Run ``python -m tools.rulebook > docs/rulebook.md``."""
    assert (ROOT / "docs" / "rulebook.md").read_text(encoding="utf-8") == rulebook.book()


def tracked() -> list[Path]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=False)
    if listed.returncode:
        pytest.skip("not a git checkout")
    paths = [ROOT / path for path in listed.stdout.decode().split("\0") if path]
    return [path for path in paths if path.is_file()]


STRANGE = {
    "a folder of somebody's machine": r"(?<![\w.-])/(work|home|Users|root)/\w",
    "the host of a package registry": r"(registry\.npmjs\.org|files\.pythonhosted\.org|"
    r"pypi\.org/simple|mirrors?\.[a-z]+\.(com|cn|edu)|npmmirror)",
    "a merge that was not finished": r"^(<<<<<<<|>>>>>>>) ",
}


@pytest.mark.parametrize("what", STRANGE)
def test_no_tracked_file_holds(what):
    pattern = re.compile(STRANGE[what].encode(), re.MULTILINE)
    found = [
        f"{name(path)}: {match[0].decode()}"
        for path in tracked()
        if path != Path(__file__)
        for match in [pattern.search(path.read_bytes())]
        if match and b"\0" not in path.read_bytes()[:1024]
    ]
    assert found == []


@pytest.mark.parametrize("path", MIGRATIONS, ids=name)
def test_every_migration_says_why_what_it_locks_and_how_it_goes_back(path):
    words = ast.get_docstring(tree(path)) or ""

    assert re.search(r"^Locks: \S", words, re.MULTILINE)
    assert re.search(r"^Reverse: \S", words, re.MULTILINE)
    assert not words.startswith(("Locks:", "Reverse:"))
    assert not re.search(r"_auto_|^0\d+_\w+_\d{8}", path.stem)


@pytest.mark.parametrize("path", MIGRATIONS, ids=name)
def test_migrations_stand_on_their_own(path):
    """What the package says today must not change what a migration did years ago."""
    imported = {
        node.module
        for node in ast.walk(tree(path))
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("zhupei.")
    }
    shapes = {"zhupei.core.crypto", "zhupei.classes.models.plan", "zhupei.classes.models.enrolment"}
    assert imported <= shapes
