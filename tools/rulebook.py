"""Print docs/rulebook.md: every article we enforce, where, and the tests that prove it.

    python -m tools.rulebook > docs/rulebook.md

Read from the ``Source:`` lines of docstrings and comments. A line names one source or several,
with semicolons between them: ``Source: Measures, art. 9 and 12; notice, part 2 (why).``
"""

import ast
import re
from collections.abc import Iterator
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "zhupei"
SOURCES = {  # as the code writes them, in the order of the book
    "Measures": "《自治区住房城乡建设领域从业人员职业培训管理办法》（草案） Measures",
    "notice": "通报（2023 年度评估） notice",
    "PIPL": "《个人信息保护法》 PIPL",
    "Electronic Signature Law": "《电子签名法》 Electronic Signature Law",
    "Archives Law": "《档案法》 Archives Law",
    "Labour Law": "《劳动法》 Labour Law",
    "Administrative Penalty Law": "《行政处罚法》 Administrative Penalty Law",
    "Private Education Regulations": "《民办教育促进法实施条例》 Private Education Regulations",
    "GB": "国家标准 National standards",
    "DA/T": "档案行业标准 Archival standards",
    "numbering plan": "《电信网编号计划》 Telephone numbering plan",
    "yearly notice": "国务院办公厅年度放假通知 Yearly notice on holidays",
    "[MS-XLS]": "文件格式 File formats",
    "practice": "行业惯例 Practice",
    "project register of facts": "本项目事实登记 Project register of facts",
}
SAME = {
    "个人信息保护法": "PIPL",
    "劳动法": "Labour Law",
    "电信网编号计划": "numbering plan",
    "the yearly notice": "yearly notice",
    "notice of 2023": "notice",
}
NAMED = {"GB", "DA/T", "practice", "yearly notice"}  # shown with their whole names
HEAD = """# 规则手册 Rulebook

每一条写进系统的规定：依据哪一条、由哪个函数执行、由哪些测试证明。
Every article the system enforces: the function that does it and the tests that prove it.

由 `python -m tools.rulebook` 从源代码的 `Source:` 行生成，不手工修改。
Generated from the `Source:` lines of the code; never edited by hand."""


class Citation(NamedTuple):
    """One place of the code that rests on one article."""

    source: str
    article: str
    place: str  # classes.rules.plan.hours_fit, or the module classes.actions.plan
    module: str  # zhupei.classes.rules.plan
    promise: str  # the first sentence of what stands there

    @property
    def app(self) -> str:
        return self.module.split(".")[1]

    @property
    def name(self) -> str:
        """What a test has to name."""
        return self.place.rpartition(".")[2]


class Cited(NamedTuple):
    """The words after ``Source:`` and what they stand at."""

    place: str
    module: str
    text: str
    promise: str


def citations() -> list[Citation]:
    """Every citation of the package, in the order of the book."""
    order = list(SOURCES)
    found = {
        Citation(source, article, cited.place, cited.module, cited.promise)
        for cited in cited_places()
        for source, article in articles(cited.text)
    }
    return sorted(found, key=lambda c: (order.index(c.source), _by_number(c.article), c.place))


def _by_number(article: str) -> list[tuple[int, str]]:
    return [
        (int(part), "") if part.isdigit() else (0, part) for part in re.split(r"(\d+)", article)
    ]


def cited_places() -> Iterator[Cited]:
    """Every ``Source:`` of every module, with the name it stands at."""
    for path in sorted(PACKAGE.rglob("*.py")):
        if "migrations" in path.parts:
            continue
        module = ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
        code = path.read_text(encoding="utf-8")
        for name, words in _docstrings(ast.parse(code)):
            place = f"{module}.{name}".removeprefix("zhupei.").rstrip(".")
            for text in _sources(words):
                yield Cited(place, module, text, _first_sentence(words))
        for name, words in _comments(code):
            for text in _sources(words):
                yield Cited(f"{module}.{name}".removeprefix("zhupei."), module, text, "")


def _docstrings(tree: ast.Module, prefix: str = "") -> Iterator[tuple[str, str]]:
    """Names with their docstrings; a constant's is the string on the line after it."""
    yield prefix.rstrip("."), ast.get_docstring(tree) or ""
    before: ast.stmt | None = None
    for node in tree.body:
        if isinstance(node, ast.FunctionDef):
            yield prefix + node.name, ast.get_docstring(node) or ""
        elif isinstance(node, ast.ClassDef):
            yield from _docstrings(node, f"{prefix}{node.name}.")  # type: ignore[arg-type]  # has a body too
        elif isinstance(before, ast.Assign | ast.AnnAssign) and isinstance(node, ast.Expr):
            yield prefix + _target(before), str(getattr(node.value, "value", ""))
        before = node


def _target(node: ast.Assign | ast.AnnAssign) -> str:
    return ast.unparse(node.targets[0] if isinstance(node, ast.Assign) else node.target)


def _comments(code: str) -> Iterator[tuple[str, str]]:
    """Names of constants with the comment above them."""
    for block in re.finditer(r"((?:^#.*\n)+)(\w+)\s*[:=]", code, re.MULTILINE):
        yield block[2], re.sub(r"^# ?(fmt: off)?", "", block[1], flags=re.MULTILINE)


def _sources(words: str) -> Iterator[str]:
    """The texts after ``Source:``, each up to the end of its paragraph."""
    for found in re.finditer(r"Source: (.+?)(?:\n\s*\n|\Z)", words, re.DOTALL):
        yield " ".join(found[1].split())


def _first_sentence(words: str) -> str:
    paragraph = " ".join(words.split("\n\n", maxsplit=1)[0].split())
    if paragraph.startswith("Source:"):
        return ""
    return re.split(r"(?<=[.?])\s", paragraph)[0].split(" Source:")[0]


def articles(text: str) -> Iterator[tuple[str, str]]:
    """Source and article of each reference: ``Measures, art. 18–20`` gives three.

    What names no source (a remark after a semicolon) gives nothing.
    """
    bare = re.sub(r"\([^)]*\)", "", text)
    for part in re.split(r";|(?<!art)\. ", bare):
        source = _source(part.strip())
        if source is None:
            continue
        numbers = re.search(r"art\. ([\d ,–and.rt]+)", part)
        if numbers:
            yield from ((source, number) for number in _expand(numbers[1]))
        else:
            yield source, _rest(part.strip(), source)


def _source(part: str) -> str | None:
    for written in (*SAME, *SOURCES):
        if part.startswith(written):
            return SAME.get(written, written)
    return None


def _expand(numbers: str) -> Iterator[str]:
    for first, last in re.findall(r"(\d+)(?:–(\d+))?", numbers):
        yield from (str(n) for n in range(int(first), int(last or first) + 1))


def _rest(part: str, source: str) -> str:
    """Where in a source without articles: ``part 2, section 2``, ``GB 11643-1999, 4.2.3``."""
    if source not in NAMED:
        for written in (*(name for name, same in SAME.items() if same == source), source):
            part = part.removeprefix(written)
    return re.sub(r"\s+(?=,)", "", part).strip(" ,.")


def tests_of(citation: Citation) -> list[str]:
    """The test files of the app that name what is cited.

    A module, and a private function, is named by a test that imports its module; the registers of
    personal data are read whole by the tests of the house.
    """
    if citation.module.endswith(".privacy"):
        return ["tests/test_house.py"]
    tests = ROOT / "tests" / citation.app
    return [
        path.relative_to(ROOT).as_posix()
        for path in sorted(tests.rglob("test_*.py"))
        if _names(path, citation)
    ]


def _names(path: Path, citation: Citation) -> bool:
    words, imported = _words(path)
    is_module = f"zhupei.{citation.place}" == citation.module
    if is_module or citation.name.startswith("_"):
        room = re.sub(r"(\.models)\..*", r"\1", citation.module)  # its package lists the models
        return any(name == room or name.startswith(f"{room}.") for name in imported)
    return citation.name in words


@cache
def _words(path: Path) -> tuple[frozenset[str], frozenset[str]]:
    """The identifiers of a test file, and the modules it imports (each name of a ``from`` too)."""
    code = path.read_text(encoding="utf-8")
    imported: set[str] = set()
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.Import):
            imported |= {name.name for name in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            imported |= {node.module, *(f"{node.module}.{name.name}" for name in node.names)}
    return frozenset(re.findall(r"\w+", code)), frozenset(imported)


def book() -> str:
    """The whole page."""
    parts = [HEAD]
    for source, group in groupby(citations(), key=lambda citation: citation.source):
        parts += ["", f"## {SOURCES[source]}", ""]
        parts += [
            "| 条款 Article | 代码 Code | 内容 What it says | 测试 Tests |",
            "|---|---|---|---|",
        ]
        parts += [_row(citation) for citation in group]
    return "\n".join(parts) + "\n"


def _row(citation: Citation) -> str:
    article = f"第 {citation.article} 条" if citation.article.isdigit() else citation.article or "—"
    tests = "<br>".join(f"`{test}`" for test in tests_of(citation)) or "**—**"
    promise = citation.promise.replace("|", "\\|")
    return f"| {article} | `{citation.place}` | {promise} | {tests} |"


if __name__ == "__main__":
    print(book(), end="")
