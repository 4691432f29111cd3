"""The rules of the house for what people look at: templates and styles."""

import re

import pytest

from tests.test_house import ROOT, name

TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
BUILT = sorted((ROOT / "frontend" / "dist" / "assets").rglob("*.css")) + sorted(
    (ROOT / "frontend").glob("*/*.ts")
)
STYLES = sorted((ROOT / "frontend").glob("*/*.*css"))
LATE = re.compile(  # one physical direction of a page in CSS
    r"(?<![\w-])((margin|padding|border|inset|scroll-margin|scroll-padding)-(left|right)\b"
    r"|(left|right)\s*:|(text-align|float|clear)\s*:\s*(left|right)\b|border-(top|bottom)-(left|right))"
)


@pytest.mark.parametrize("path", TEMPLATES, ids=name)
def test_templates_carry_no_style_and_no_script(path):
    text = re.sub(r"{#.*?#}", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)

    assert not re.search(r"\sstyle\s*=", text)
    assert not re.search(r"<style\b", text)
    assert not re.search(r"\son[a-z]+\s*=", text)
    assert not re.search(r"javascript:", text)
    for script in re.findall(r"<script\b[^>]*>", text):
        assert "src=" in script or 'type="application/json"' in script, script


def classes(template: str) -> set[str]:
    """The classes a template names whole; those made of a value are not among them."""
    text = re.sub(r"{{.*?}}", "…", re.sub(r"{%.*?%}|{#.*?#}", " ", template))
    words = (found.split() for found in re.findall(r'class="([^"]*)"', text))
    return {word for found in words for word in found if "…" not in word}


def test_every_class_a_template_names_is_known_to_a_style_or_a_script():
    """A class nobody knows is a page that looks other than it was meant to."""
    known_to = "".join(path.read_text(encoding="utf-8") for path in BUILT)
    unknown = {
        f"{name(path)}: {word}"
        for path in TEMPLATES
        for word in classes(path.read_text(encoding="utf-8"))
        if not re.search(rf"[.\"'\s`]{re.escape(word)}(?![\w-])", known_to)
    }

    assert unknown == set()


@pytest.mark.parametrize("path", STYLES, ids=name)
def test_styles_know_no_left_and_right(path):
    """Uyghur is written from the right."""
    text = re.sub(r"/\*.*?\*/|//.*", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)

    assert [found[0] for found in LATE.finditer(text)] == []
