"""What the front end build made, by name: ``{% vite "site" %}`` and ``{% asset "icons.svg" %}``.

The build (``npm run build``) writes ``frontend/dist`` with a manifest of hashed names. Where
nothing has been built yet the sentence of the refusal says which command to type.
"""

import json
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from django import template
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.templatetags.static import static
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

register = template.Library()


@register.simple_tag
def vite(entry: str) -> SafeString:
    """The stylesheets and the script of one entry, and the files it shares with others, as tags
    for the head: they are fetched together, and a page that is kept knows all it needs.
    """
    chunk = _chunk(f"{entry}/main.ts")
    shared = {name: _chunk(name) for name in _imports(chunk)}
    styles = [css for part in (*shared.values(), chunk) for css in part.get("css", [])]
    return (
        _tags('<link rel="stylesheet" href="{}">', styles)
        + _tags('<link rel="modulepreload" href="{}">', [part["file"] for part in shared.values()])
        + _tags('<script type="module" src="{}"></script>', [chunk["file"]])
    )


def _tags(pattern: str, files: Iterable[str]) -> SafeString:
    return format_html_join("\n", pattern, ((static(file),) for file in files))


def _imports(chunk: dict[str, Any]) -> Iterator[str]:
    """The names of the chunks this one imports, and those import."""
    for name in chunk.get("imports", []):
        yield from _imports(_chunk(name))
        yield name


@register.simple_tag
def asset(name: str) -> str:
    """The address of a built file that is not an entry: ``icons.svg``, ``brand.svg``."""
    return _found(name) if settings.DEBUG else _kept(name)


def _found(name: str) -> str:
    return static(_chunk(name)["file"])


_kept = cache(_found)  # a page asks fifty times, once for each of its icons


def _chunk(source: str) -> dict[str, Any]:
    path = Path(settings.BASE_DIR) / "frontend" / "dist" / "manifest.json"
    try:
        manifest = _read(path, path.stat().st_mtime_ns if settings.DEBUG else 0)
    except FileNotFoundError as missing:
        raise ImproperlyConfigured(
            f"{path} is missing: run `npm ci` and `npm run build`"
        ) from missing
    if source not in manifest:
        raise ImproperlyConfigured(f"the build has no {source!r}; it has {sorted(manifest)}")
    chunk: dict[str, Any] = manifest[source]
    return chunk


@lru_cache(maxsize=1)
def _read(path: Path, _changed: int) -> dict[str, Any]:
    """The manifest; while developing it is read again when the build has written a new one."""
    manifest: dict[str, Any] = json.loads(path.read_text())
    return manifest
