"""What the front end build made, by name: ``{% vite "site" %}`` and ``{% asset "icons.svg" %}``.

The build (``npm run build``) writes ``frontend/dist`` with a manifest of hashed names. Where
nothing has been built yet the sentence of the refusal says which command to type.
"""

import json
from functools import lru_cache
from pathlib import Path
from typing import Any

from django import template
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.templatetags.static import static
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

register = template.Library()


@register.simple_tag
def vite(entry: str) -> SafeString:
    """The stylesheets and the script of one entry, as tags for the head."""
    chunk = _chunk(f"{entry}/main.ts")
    styles = format_html_join(
        "\n", '<link rel="stylesheet" href="{}">', ((static(css),) for css in chunk.get("css", []))
    )
    script = format_html('<script type="module" src="{}"></script>', static(chunk["file"]))
    return styles + script


@register.simple_tag
def asset(name: str) -> str:
    """The address of a built file that is not an entry: ``icons.svg``, ``brand.svg``."""
    return static(_chunk(name)["file"])


def _chunk(source: str) -> dict[str, Any]:
    path = Path(settings.BASE_DIR) / "frontend" / "dist" / "manifest.json"
    try:
        manifest = _read(path, path.stat().st_mtime_ns)
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
    """The manifest, read again only when the build has written a new one."""
    manifest: dict[str, Any] = json.loads(path.read_text())
    return manifest
