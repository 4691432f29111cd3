"""The configuration of the media server, filled in for this installation.

Nothing typed gets into it unlooked at: nginx would take a brace or a semicolon for its own.
"""

import re
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings

from zhupei.live import hooks

MODULES = (
    "/usr/lib/nginx/modules/ngx_rtmp_module.so",
    "/usr/lib64/nginx/modules/ngx_rtmp_module.so",
    "/usr/local/nginx/modules/ngx_rtmp_module.so",
)
MIME_TYPES = ("/etc/nginx/mime.types", "/usr/local/nginx/conf/mime.types")
PLAIN = re.compile(r"[A-Za-z0-9_./:@\[\]-]+")
USER = re.compile(r"[a-z_][a-z0-9_-]*")
TEMPLATE = settings.BASE_DIR / "ops" / "live" / "nginx.conf.template"
FOLDERS = ("hls", "run")
LOWEST_PORT, HIGHEST_PORT = 1024, 65535  # lower ones need rights


class Unfit(ValueError):
    """Something cannot go into the configuration; the message says what, and what would."""


@dataclass(frozen=True)
class Where:
    """Addresses and folders of this installation. ``application`` is asked by the media server,
    so it may be an inner address; ``public`` is how people know the site. ``user`` is who its
    processes become when root starts it; started by anybody else they stay who they are.
    """

    folder: Path
    application: str
    public: str
    rtmp_port: int = 1935
    hls_port: int = 8088
    hook_port: int = 8089
    listen: str = "127.0.0.1"
    module: str = ""
    user: str = ""


def module() -> str | None:
    """The stream module of nginx on this machine, if it is there."""
    return next((path for path in MODULES if Path(path).exists()), None)


def server() -> str | None:
    """The program on this machine, if it is there."""
    return shutil.which("nginx", path="/usr/sbin:/usr/local/sbin:/usr/bin:/usr/local/bin")


def write(where: Where) -> Path:
    """Write the configuration and make its folders; returns the file for ``nginx -c``.

    It holds the secret the media server shows, so nobody else reads it. Raises Unfit.
    """
    words = _words(where)
    for name in FOLDERS:
        (where.folder / name).mkdir(parents=True, exist_ok=True)
    where.folder.chmod(0o700)
    _keep(where.folder / "application.conf", _application(where))
    text = TEMPLATE.read_text(encoding="utf-8")
    filled = re.sub(r"@([A-Z_]+)@", lambda found: words[found[1]], text)
    return _keep(where.folder / "nginx.conf", filled)


def _words(where: Where) -> Mapping[str, str]:
    found = where.module or module()
    if found is None:
        raise Unfit(
            "nginx's rtmp module was not found; install libnginx-mod-rtmp, or name it (--module)"
        )
    ports = (where.rtmp_port, where.hls_port, where.hook_port)
    if len(set(ports)) != len(ports) or not all(LOWEST_PORT <= p <= HIGHEST_PORT for p in ports):
        raise Unfit(
            f"three different ports from {LOWEST_PORT} to {HIGHEST_PORT} are needed, not {ports}"
        )
    for address in (where.application, where.public):
        if urlsplit(address).scheme not in {"http", "https"} or not urlsplit(address).netloc:
            raise Unfit(f"{address!r} is no address like http://127.0.0.1:8000")
    origin = urlsplit(where.public)
    words = {
        "MODULE": found,
        "FOLDER": str(where.folder.resolve()),
        "MIME_TYPES": next((p for p in MIME_TYPES if Path(p).exists()), MIME_TYPES[0]),
        "RTMP_LISTEN": f"{where.listen}:{where.rtmp_port}",
        "HLS_LISTEN": f"{where.listen}:{where.hls_port}",
        "HOOK_PORT": str(where.hook_port),
        "APPLICATION": where.application.rstrip("/"),
        "ORIGIN": f"{origin.scheme}://{origin.netloc}",
    }
    for name, word in words.items():
        if not PLAIN.fullmatch(word):
            raise Unfit(f"{name} is {word!r}; only letters, digits and . _ - / : @ [ ] can be used")
    words["USER"] = f"user {_user(where)};" if where.user else ""
    return words


def _user(where: Where) -> str:
    if not USER.fullmatch(where.user):
        raise Unfit(f"{where.user!r} is no name of a user")
    return where.user


def _application(where: Where) -> str:
    """The headers under which the application knows the media server for its own."""
    public = urlsplit(where.public)
    return (
        f"proxy_set_header Host {public.netloc};\n"
        f"proxy_set_header X-Forwarded-Proto {public.scheme};\n"
        f"proxy_set_header {hooks.HEADER} {hooks.secret()};\n"
        'proxy_set_header Cookie "";\n'
        "proxy_connect_timeout 3s;\n"
        "proxy_read_timeout 10s;\n"
    )


def _keep(path: Path, text: str) -> Path:
    path.touch(mode=0o600)
    path.chmod(0o600)
    path.write_text(text, encoding="utf-8")
    return path
