"""Settings of the site: one file; what differs between machines comes from the environment.

Names begin with ``ZHUPEI_``. A laptop needs none of them: ``make demo`` makes the keys and the
database. A server sets the keys, ``DATABASE_URL``, ``ZHUPEI_HOSTS`` and ``ZHUPEI_PRODUCTION=1``.
"""

import base64
import hashlib
import os
from pathlib import Path
from urllib.parse import unquote, urlsplit

import django_stubs_ext
from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from config.cluster import socket_dir

django_stubs_ext.monkeypatch()

BASE_DIR = Path(__file__).resolve().parent.parent
DATA_DIR = Path(os.environ.get("ZHUPEI_DATA", BASE_DIR / "var")).resolve()


def flag(name: str) -> bool:
    """True for "1", False for "" or "0"; anything else stops the start with a sentence."""
    value = os.environ.get(name, "0")
    if value not in {"", "0", "1"}:
        raise RuntimeError(f"{name} is {value!r}; it must be 0 or 1")
    return value == "1"


PRODUCTION = flag("ZHUPEI_PRODUCTION")
DEMO = flag("ZHUPEI_DEMO")
DEBUG = flag("ZHUPEI_DEBUG")


def key(name: str) -> bytes:
    """A 32-byte key from the environment; outside production a fixed one, so that tests repeat."""
    value = os.environ.get(name)
    if value:
        return base64.b64decode(value)
    if PRODUCTION:
        raise RuntimeError(f"{name} is missing: 32 random bytes in base64")
    return hashlib.sha256(name.encode()).digest()


SECRET_KEY = key("ZHUPEI_SECRET_KEY").hex()
FIELD_KEY = key("ZHUPEI_FIELD_KEY")
INDEX_KEY = key("ZHUPEI_INDEX_KEY")

ALLOWED_HOSTS = os.environ.get("ZHUPEI_HOSTS", "*" if not PRODUCTION else "").split(",")
CSRF_TRUSTED_ORIGINS = [o for o in os.environ.get("ZHUPEI_ORIGINS", "").split(",") if o]
PUBLIC_URL = os.environ.get("ZHUPEI_PUBLIC_URL", "http://127.0.0.1:8000")
HOT_PORT = int(os.environ.get("ZHUPEI_HOT_PORT", "8001"))
# Where the exam page saves: an address behind the same proxy; on a laptop the next port.
HOT_URL = os.environ.get("ZHUPEI_HOT_URL", "")

# Pictures of rooms (ops/live): where cameras send, and where browsers fetch. While they are empty
# rooms register the link of a meeting only.
LIVE_RTMP_URL = os.environ.get("ZHUPEI_LIVE_RTMP_URL", "")
LIVE_HLS_URL = os.environ.get("ZHUPEI_LIVE_HLS_URL", "")

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
AUTH_USER_MODEL = "people.User"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.forms",
    "csp",
    "template_partials",
    "django_htmx",
    "procrastinate.contrib.django",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "zhupei.core",
    "zhupei.people",
    "zhupei.organizations",
    "zhupei.syllabus",
    "zhupei.teachers",
    "zhupei.institutions",
    "zhupei.questions",
    "zhupei.filings",
    "zhupei.classes",
    "zhupei.attendance",
    "zhupei.teaching",
    "zhupei.feedback",
    "zhupei.papers",
    "zhupei.venues",
    "zhupei.exams",
    "zhupei.invigilation",
    "zhupei.practical",
    "zhupei.marking",
    "zhupei.appeals",
    "zhupei.plans",
    "zhupei.certificates",
    "zhupei.analysis",
    "zhupei.archives",
    "zhupei.corrections",
    "zhupei.live",
    "zhupei.oversight",
    "zhupei.credit",
    "zhupei.complaints",
    "zhupei.patrols",
    "zhupei.assistance",
    "zhupei.leads",
    "zhupei.inspections",
    "zhupei.evaluation",
    "zhupei.duty",
    "zhupei.bulletins",
    "zhupei.portal",
]
MIDDLEWARE = [
    "zhupei.core.middleware.ForEverybodyMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "zhupei.core.middleware.RequestContextMiddleware",
    "zhupei.organizations.middleware.ActingMiddleware",
    "zhupei.people.middleware.SecondFactorMiddleware",
    "zhupei.invigilation.middleware.SafeBrowserMiddleware",
    "zhupei.core.middleware.RefusalMiddleware",
]


def database() -> dict[str, object]:
    """The server named by ``DATABASE_URL``, or the private cluster in the data folder."""
    common: dict[str, object] = {
        "ENGINE": "django.db.backends.postgresql",
        "CONN_HEALTH_CHECKS": True,  # after a restart of the server the pool's old ones are dead
        "OPTIONS": {"pool": {"min_size": 1, "max_size": 8, "timeout": 10}},
    }
    url = os.environ.get("DATABASE_URL")
    if not url:
        return common | {"NAME": "zhupei", "USER": "zhupei", "HOST": str(socket_dir(DATA_DIR))}
    parts = urlsplit(url)
    host, _colon, port = parts.netloc.rpartition("@")[2].partition(":")
    return common | {
        "NAME": parts.path.lstrip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(host),  # a folder when the server listens on a socket
        "PORT": port,
    }


DATABASES = {"default": database()}
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "core_cache",
    }
}
SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_AGE = 12 * 3600
MESSAGE_STORAGE = "django.contrib.messages.storage.cookie.CookieStorage"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "zhupei.portal.shell.shell",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "template_partials.templatetags.partials",
                "zhupei.core.templatetags.ui",
                "zhupei.core.templatetags.assets",
            ],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

# Only languages every page has words in; a second one comes with its catalogue in locale/ and with
# Django's LocaleMiddleware. Until then no browser's wish mixes a library's words into the pages.
LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", _("中文"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "frontend" / "dist"]
WHITENOISE_USE_FINDERS = not PRODUCTION
WHITENOISE_IMMUTABLE_FILE_TEST = r"^.+-[\w-]{8}\.\w+$"  # how the front-end build names files
FILES_DIR = DATA_DIR / "files"
FONTS_DIR = BASE_DIR / "node_modules" / "@expo-google-fonts" / "noto-sans-sc"
SIGNING_DIR = Path(os.environ.get("ZHUPEI_SIGNING_DIR", DATA_DIR / "signing"))
DATA_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "jobs"  # the room of an app; the library's own is tasks

# See people/hashers.py: a class of sixty signs in at once.
PASSWORD_HASHERS = ["zhupei.people.hashers.ClassroomArgon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10 if PRODUCTION else 8},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
AUTHENTICATION_BACKENDS = ["zhupei.people.backends.NameOrPhoneBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "portal:home"
ACCOUNT_ADAPTER = "zhupei.people.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_USER_MODEL_EMAIL_FIELD = None
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
ACCOUNT_RATE_LIMITS = {"login": "60/m/ip", "login_failed": "30/m/ip,5/300s/key"}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_TOTP_ISSUER = "筑培"
# A role that can change something for others signs in with a second factor.
SECOND_FACTOR_REQUIRED = PRODUCTION or flag("ZHUPEI_SECOND_FACTOR")

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "connect-src": [SELF, HOT_URL or (SELF if PRODUCTION else f"http://*:{HOT_PORT}")],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
if PRODUCTION:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_SSL_REDIRECT = True
    SECURE_HSTS_SECONDS = 31_536_000
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_SECURE = True

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "INFO"},
    "loggers": {"procrastinate": {"level": "WARNING"}},  # each job has a row that says more
}
MEDIA_ROOT = FILES_DIR
TEXT_MESSAGE_CARRIER = os.environ.get(
    "ZHUPEI_TEXT_MESSAGE_CARRIER", "zhupei.core.messages.print_carrier"
)
# For the carrier zhupei.core.carriers.gateway: where it posts to, and what it says of itself.
TEXT_MESSAGE_GATEWAY = os.environ.get("ZHUPEI_TEXT_MESSAGE_GATEWAY", "")
TEXT_MESSAGE_TOKEN = os.environ.get("ZHUPEI_TEXT_MESSAGE_TOKEN", "")
TEXT_MESSAGE_SIGNATURE = os.environ.get("ZHUPEI_TEXT_MESSAGE_SIGNATURE", "【筑培】")
# Letters go to the log until a server is named.
EMAIL_HOST = os.environ.get("ZHUPEI_MAIL_HOST", "")
EMAIL_PORT = int(os.environ.get("ZHUPEI_MAIL_PORT", "465"))
EMAIL_HOST_USER = os.environ.get("ZHUPEI_MAIL_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("ZHUPEI_MAIL_PASSWORD", "")
EMAIL_USE_SSL = True
EMAIL_TIMEOUT = 10
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if EMAIL_HOST else 'console'}.EmailBackend"
DEFAULT_FROM_EMAIL = os.environ.get("ZHUPEI_MAIL_FROM", "筑培 <noreply@localhost>")
# Asks whether a name belongs to an identity number; this one asks nobody and says so.
REAL_NAME_CHECKER = os.environ.get("ZHUPEI_REAL_NAME_CHECKER", "zhupei.people.identity.offline")
# How somebody at the door proves who they are; a region adds ways, such as a card reader, here.
IDENTITY_METHODS = {
    "document": "zhupei.invigilation.identity.by_document",
    "temporary": "zhupei.invigilation.identity.by_temporary_paper",
}
