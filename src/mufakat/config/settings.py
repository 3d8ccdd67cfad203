"""Django settings. Everything an office changes comes from the environment; the defaults run on one machine."""

from __future__ import annotations

import os
from datetime import timedelta
from pathlib import Path
from typing import Any

import dj_database_url
from csp.constants import NONE, SELF

DATA = Path(os.environ.get("MUFAKAT_DATA", Path.cwd() / ".mufakat"))
DEBUG = False
IS_DEMO = os.environ.get("MUFAKAT_DEMO") == "1"
"""Invented data: the sign-in page shows one sign-in per role, and documents read CONTOH."""

PUBLIC_ADDRESS = os.environ.get("MUFAKAT_ADDRESS", "")
"""Where the public reaches this server, as "https://musrenbang.contoh.go.id"; the QR on papers leads there."""

LIVE_PORT = int(os.environ.get("MUFAKAT_LIVE_PORT", "0"))
"""Port of the live process on this machine; 0 when there is none, and pages ask by themselves."""

LIVE_ADDRESS = os.environ.get("MUFAKAT_LIVE_ADDRESS", "")
"""Where browsers reach the live process through a proxy, as "/langsung/"; empty: its own port."""


PUBLIC_FIGURES_SECONDS = 60
"""How long the public year in figures stands before it is counted again; the page says when it was counted."""


def _secret() -> str:
    """The secret of this installation: given, or made once and kept beside the data."""
    given = os.environ.get("MUFAKAT_SECRET_KEY", "")
    if given:
        return given
    kept = DATA / "secret"
    if not kept.exists():
        DATA.mkdir(parents=True, exist_ok=True)
        kept.touch(mode=0o600)
        kept.write_text(os.urandom(32).hex())
    return kept.read_text()


SECRET_KEY = _secret()
ALLOWED_HOSTS = os.environ.get("MUFAKAT_HOSTS", "127.0.0.1,localhost,testserver").split(",")
INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "django_otp.plugins.otp_static",
    "axes",
    "mufakat.audit",
    "mufakat.documents",
    "mufakat.regions",
    "mufakat.people",
    "mufakat.cycles",
    "mufakat.proposals",
    "mufakat.intake",
    "mufakat.verification",
    "mufakat.prioritisation",
    "mufakat.forums",
    "mufakat.tracking",
    "mufakat.portal",
    "mufakat.ui",
    "mufakat.config",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "mufakat.ui.compression.CompressionMiddleware",
    "csp.middleware.CSPMiddleware",
    "mufakat.ui.headers.HeadersMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "mufakat.ui.language.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "mufakat.people.web.actor.ActorMiddleware",
    "axes.middleware.AxesMiddleware",
]
ROOT_URLCONF = "mufakat.config.urls"
WSGI_APPLICATION = "mufakat.config.wsgi.application"
TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "mufakat.config.context.page",
            ],
            "builtins": [
                "mufakat.config.templatetags.figures",
                "mufakat.ui.templatetags.icons",
                "mufakat.ui.templatetags.rows",
                "django.templatetags.i18n",
                "django.templatetags.static",
                "mufakat.ui.templatetags.constants",
            ],
        },
    },
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "NAME": "rows",
        "APP_DIRS": True,
        "OPTIONS": {"environment": "mufakat.config.rows.environment"},
    },
]


KEPT_OPEN = 60
"""Seconds a connection to the database serves further requests of its thread. Opening SQLite anew for each, with its
settings and the whole schema to be read, cost more than all the questions of a page."""


def _database() -> dict[str, Any]:
    """SQLite beside the data unless DATABASE_URL names another."""
    url = os.environ.get("DATABASE_URL", "")
    if url:
        return dict(dj_database_url.parse(url, conn_max_age=KEPT_OPEN, conn_health_checks=True))
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": DATA / "mufakat.sqlite3",
        "CONN_MAX_AGE": KEPT_OPEN,
        "OPTIONS": {
            # Without IMMEDIATE a transaction that reads before it writes fails at once under load.
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            # FULL: a decision taken in the hall survives a power cut.
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;",
        },
    }


DATABASES = {"default": _database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "people.User"
PASSWORD_HASHERS = ["mufakat.people.passwords.Argon2"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "mufakat.people.web.signed_in.AccountBackend"]
# Five wrong passwords for one account from one address hold it for a quarter of an hour (rule 107).
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_LOCKOUT_TEMPLATE = "429.html"
AXES_RESET_ON_SUCCESS = True
AXES_VERBOSE = False
# The case of a name does not matter at sign-in, so it must not matter for the count of failures either.
AXES_USERNAME_CALLABLE = "mufakat.people.web.hold.username_of"
AXES_CLIENT_IP_CALLABLE = "mufakat.people.web.hold.address_of"
OTP_TOTP_ISSUER = "Mufakat"
LOGIN_URL = "/masuk/"
LOGIN_REDIRECT_URL = "/"
LANGUAGE_CODE = "id"
LANGUAGES = [("id", "Bahasa Indonesia"), ("en", "English")]
LOCALE_PATHS = [Path(__file__).parents[1] / "drafting" / "locale"]
"""Labels of papers that screens show too; slices keep their own catalogues."""
LANGUAGE_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_AGE = 365 * 24 * 60 * 60
TIME_ZONE = "Asia/Jakarta"
USE_TZ = True
USE_THOUSAND_SEPARATOR = False
STATIC_URL = "/static/"
STATIC_ROOT = DATA / "static"
WHITENOISE_USE_FINDERS = True
if (STATIC_ROOT / "staticfiles.json").exists():
    # `mufakat serve` has gathered and compressed the files under names that hold their hash: kept by browsers for a year.
    WHITENOISE_USE_FINDERS = False
    STORAGES = {
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
        "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
    }
SESSION_ENGINE = "mufakat.people.web.signed_in"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "mufakat.people.web.keeping.csrf_failure"
SESSION_COOKIE_AGE = 3 * 60 * 60
"""Seconds a session lives unused; people/web/actor.py prolongs one in use, and ends every one after a long day."""
IS_HTTPS = os.environ.get("MUFAKAT_HTTPS") == "1"
"""The public reaches us by HTTPS, through a proxy that says so in X-Forwarded-Proto."""
IS_BEHIND_PROXY = IS_HTTPS or os.environ.get("MUFAKAT_PROXY") == "1"
"""The last address in X-Forwarded-For is the client's, as our own proxy saw it."""
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = IS_HTTPS
LANGUAGE_COOKIE_HTTPONLY = True
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if IS_HTTPS else None
SECURE_SSL_REDIRECT = IS_HTTPS
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if IS_HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = IS_HTTPS
# Preloading binds the whole domain of a government for good; that is not ours to decide.
SILENCED_SYSTEM_CHECKS = ["security.W021"]
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 25 * 1024 * 1024
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}
