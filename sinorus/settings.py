"""Settings of sinorus: one file, every value from the environment, each with a safe default.

Variables are listed with their meaning in docs/settings.md. Nonsense is refused when the process starts; dangerous
combinations are system checks (``manage.py check --deploy``).
"""

from __future__ import annotations

import datetime
import re
import secrets
from contextlib import suppress
from pathlib import Path

import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from sinorus import __version__
from sinorus.operations.logs import FORMATS

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()


def _secret_key(folder: Path) -> str:
    """``SECRET_KEY``, or else one made on the first start and kept, readable by its owner alone, in the data folder."""
    if key := env.str("SECRET_KEY", ""):
        if len(key) < 32:
            raise ImproperlyConfigured("SECRET_KEY must have at least 32 characters.")
        return key
    kept = folder / "secret-key"
    if not kept.exists():
        made = folder / f"secret-key.{secrets.token_hex(4)}"
        made.touch(mode=0o600)
        made.write_text(secrets.token_urlsafe(50))
        with suppress(FileExistsError):  # of two processes that start at once the first one's key holds
            kept.hardlink_to(made)
        made.unlink()
    return kept.read_text().strip()


def _switch(name: str) -> bool:
    """A variable that is on or off; off unless given."""
    value = env.str(name, "").strip().lower()
    if value not in ("true", "on", "yes", "1", "false", "off", "no", "0", ""):
        raise ImproperlyConfigured(f"{name} must be true or false, not {value!r}.")
    return value in ("true", "on", "yes", "1")


DATA_DIR = Path(env.str("DATA_DIR", str(BASE_DIR / "var")))
DATA_DIR.mkdir(parents=True, exist_ok=True)
BACKUPS_DIR = Path(env.str("BACKUPS_DIR", str(DATA_DIR / "backups")))
RELEASES_DIR = Path(env.str("RELEASES_DIR", str(DATA_DIR / "releases")))
SECRET_KEY = _secret_key(DATA_DIR)
DEBUG = _switch("DEBUG")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["127.0.0.1", "localhost", "[::1]"])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
VERSION = __version__
LICENCE = {"name": "CC BY 4.0", "url": "https://creativecommons.org/licenses/by/4.0/"}  # of the data

INSTALLED_APPS = [
    "sinorus.desk.config.DeskAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "csp",
    "django_filters",
    "django_htmx",
    "rest_framework",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "sinorus.desk.apps.AttemptsConfig",
    "django_otp",
    "sinorus.desk.apps.SecondFactorsConfig",
    "sinorus.dates",
    "sinorus.facets",
    "sinorus.search",
    "sinorus.publishing",
    "sinorus.operations",
    "sinorus.vocab",
    "sinorus.sources",
    "events",
    "treaties",
    "sinorus.dossiers",
    "sinorus.pages",
    "sinorus.corpus",
    "sinorus.desk",
    "sinorus.releases",
]

MIDDLEWARE = [
    "sinorus.operations.middleware.RequestMiddleware",
    "csp.middleware.CSPMiddleware",  # before whatever may answer or refuse by itself
    "sinorus.publishing.middleware.PublicHeadersMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "sinorus.publishing.language.LanguageMiddleware",
    "sinorus.operations.compress.CompressMiddleware",
    "sinorus.publishing.middleware.EditionMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_otp.middleware.OTPMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "sinorus.urls"
WSGI_APPLICATION = "sinorus.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
APPEND_SLASH = True

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
                "sinorus.publishing.context.site",
            ],
            "builtins": ["django.templatetags.i18n", "django.templatetags.static", "sinorus.dates.templatetags.dates"],
        },
    },
]
FORM_RENDERER = "django.forms.renderers.DjangoTemplates"


DATABASE_TIMEOUT = int(env.float("DATABASE_TIMEOUT", 30) * 1000)  # milliseconds that a statement may take
LOCK_WAIT = env.float("DATABASE_LOCK_WAIT", 20)  # seconds that a writer waits for another


def _database(url: str, *, pooled: bool = True) -> dict:
    """The database of a URL, set up for a server.

    SQLite: write-ahead log, so that readers never wait; transactions take the write lock when they begin, since a
    deferred one fails at once instead of waiting when it has to upgrade; FULL, so that no acknowledged edit is lost
    when the power fails. PostgreSQL: no statement runs for ever; with ``DATABASE_POOL`` the threads of a process share so many
    connections, else each keeps its own. A replica has none: who waits for a pool would not learn soon that it is down.
    """
    config = env.db_url_config(url)
    config["CONN_MAX_AGE"] = env.int("DATABASE_CONN_MAX_AGE", 600)
    config["CONN_HEALTH_CHECKS"] = True
    if config["ENGINE"].endswith("sqlite3"):
        pragmas = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA mmap_size=134217728; PRAGMA cache_size=-20000;"
        config["OPTIONS"] = {"transaction_mode": "IMMEDIATE", "timeout": LOCK_WAIT, "init_command": pragmas}
    elif config["ENGINE"].endswith("postgresql"):
        # Statements here are many and short. Where the planner thinks one dear, as before a table is analysed, PostgreSQL compiles it,
        # which took seconds for what runs in twenty milliseconds.
        told = f"-c statement_timeout={DATABASE_TIMEOUT} -c lock_timeout={int(LOCK_WAIT * 1000)} -c jit=off"
        config.setdefault("OPTIONS", {}).update(options=told, connect_timeout=2)
        # The same statements come again and again, and PostgreSQL takes longer to plan them than to answer them.
        config["OPTIONS"] |= {"server_side_binding": True, "prepare_threshold": 5}
        if pooled and (size := env.int("DATABASE_POOL", 0)):
            # A pool asks ever more rarely for a database that is away, unless it gives up with who waits, and begins anew with the next.
            config["OPTIONS"]["pool"] = {"min_size": 1, "max_size": size, "timeout": 10, "reconnect_timeout": 10}
            config["CONN_MAX_AGE"] = 0
    else:
        raise ImproperlyConfigured("DATABASE_URL and DATABASE_REPLICA_URL must name SQLite or PostgreSQL.")
    return config


DATABASES = {"default": _database(env.str("DATABASE_URL", f"sqlite:///{DATA_DIR / 'sinorus.sqlite3'}"))}
# Readers are answered from these; see sinorus/publishing/replicas.py.
REPLICAS = [f"replica{number}" for number, _url in enumerate(env.str("DATABASE_REPLICA_URL", "").split(), 1)]
for _alias, _url in zip(REPLICAS, env.str("DATABASE_REPLICA_URL", "").split(), strict=True):
    DATABASES[_alias] = _database(_url, pooled=False) | {"TEST": {"MIRROR": "default"}}
DATABASE_ROUTERS = ["sinorus.publishing.replicas.Router"] if REPLICAS else []
READING_TIMEOUT = int(env.float("DATABASE_READING_TIMEOUT", 2) * 1000)  # milliseconds that a statement for a reader may take

# What throttling counts, in each process; with Redis in all of them together.
if _cache_url := env.str("CACHE_URL", ""):
    CACHES = {"default": env.cache_url_config(_cache_url)}
    if _cache_url.startswith(("redis:", "rediss:")):
        _options = {"socket_timeout": 0.05, "socket_connect_timeout": 0.05}  # seconds that a reader may wait for it
        _options["serializer"] = "sinorus.operations.redis.Serializer"
        CACHES["default"] |= {"BACKEND": "sinorus.operations.redis.RedisCache", "OPTIONS": _options}

AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]

LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("zh-hans", "简体中文"), ("ru", "Русский")]  # each by its own name
LOCALE_PATHS = [BASE_DIR / "sinorus" / "locale"]
TIME_ZONE = "UTC"
USE_I18N = True
USE_TZ = True

STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = DATA_DIR / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage" if DEBUG else "sinorus.pages.stylesheets.StylesheetsStorage"
    },
}
WHITENOISE_KEEP_ONLY_HASHED_FILES = True

API_RATE = env.str("API_RATE", "600/min")
if not re.fullmatch(r"[1-9]\d*/(s|sec|m|min|h|hour|d|day)", API_RATE):
    raise ImproperlyConfigured(f"API_RATE must be a number of requests and a time, such as 600/min, not {API_RATE!r}.")
REST_FRAMEWORK = {
    "DEFAULT_RENDERER_CLASSES": ["sinorus.facets.render.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "DEFAULT_AUTHENTICATION_CLASSES": [],
    "DEFAULT_PERMISSION_CLASSES": [],
    "DEFAULT_SCHEMA_CLASS": "sinorus.facets.openapi.Schema",
    "DEFAULT_THROTTLE_CLASSES": ["rest_framework.throttling.AnonRateThrottle"],
    "DEFAULT_THROTTLE_RATES": {"anon": API_RATE},
    "EXCEPTION_HANDLER": "sinorus.facets.problems.problem_response",
    "UNAUTHENTICATED_USER": None,
    "NUM_PROXIES": env.int("NUM_PROXIES", 0),
}
SPECTACULAR_SETTINGS = {
    "TITLE": "sinorus API",
    "DESCRIPTION": "An open, sourced record of Chinese–Russian relations. The same questions and the same answers as the pages.",
    "VERSION": "1",
    "SERVE_INCLUDE_SCHEMA": False,
    "OAS_VERSION": "3.1.1",
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "COMPONENT_SPLIT_REQUEST": True,
    "LICENSE": LICENCE,
    "ENUM_NAME_OVERRIDES": {},
}

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "object-src": [NONE],
        "frame-ancestors": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True

# One switch for a site behind TLS: secure cookies, redirect, HSTS. Off by default, since a local site has no certificate.
HTTPS = _switch("HTTPS")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SILENCED_SYSTEM_CHECKS = ["security.W021"]  # whether a domain is put on the browsers' preload list is for its owner to say
BEHIND_PROXY = _switch("BEHIND_PROXY")
if HTTPS and BEHIND_PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
PREVIEW_HOURS = env.int("PREVIEW_HOURS", 72)  # how long a link to a preview opens
SESSION_COOKIE_AGE = 60 * 60 * env.int("SESSION_HOURS", 12)
SESSION_IDLE = 60 * env.int("SESSION_IDLE_MINUTES", 60)  # in seconds
SECOND_FACTOR_FOR_PUBLISHERS = _switch("SECOND_FACTOR_FOR_PUBLISHERS")
OTP_TOTP_ISSUER = "sinorus"
OTP_ADMIN_HIDE_SENSITIVE_DATA = True

# Sign-in: five wrong passwords from one address for one name lock that pair for a quarter of an hour; every sign-in is noted.
AXES_FAILURE_LIMIT = env.int("SIGN_IN_TRIES", 5)
AXES_COOLOFF_TIME = datetime.timedelta(minutes=15)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_ENABLE_ACCESS_FAILURE_LOG = True
AXES_CLIENT_IP_CALLABLE = "sinorus.desk.signin.address_of"
AXES_HANDLER = "sinorus.desk.signin.Attempts"
AXES_LOCKOUT_TEMPLATE = "admin/desk/locked.html"
AXES_VERBOSE = False
CSRF_FAILURE_VIEW = "sinorus.operations.errors.stale_form"

DATA_UPLOAD_MAX_NUMBER_FIELDS = 5_000

# Limits of what is asked and sent, each also a variable: SEARCH_MAX_TERMS. What they mean is told in docs/settings.md.
LIMITS = {
    "FACETS": {
        "PAGE_SIZE": 25,
        "MAX_PAGE_SIZE": 200,
        "MAX_RECORD": 10_000,
        "MAX_VALUES": 20,
        "MAX_PARAMETERS": 40,
        "MAX_BUCKETS": 200,
    },
    "SEARCH": {"MAX_LENGTH": 200, "MAX_TERMS": 12, "MAX_RANKED": 10_000},
    "DATES": {"MAX_LENGTH": 64, "MAX_ELEMENTS": 20},
    "MARKDOWN": {"MAX_LENGTH": 100_000, "MAX_NESTING": 20, "MAX_MARKS": 5_000},
    "UPLOADS": {
        "MAX_BYTES": 10_000_000,
        "MAX_UNPACKED": 50_000_000,
        "MAX_MEMBERS": 100,
        "MAX_ROWS": 20_000,
        "MAX_COLUMNS": 60,
        "MAX_CELL": 110_000,
    },
}
FACETS, SEARCH, DATES, MARKDOWN, UPLOADS = (
    {name: env.int(f"{group}_{name}", usual) for name, usual in limits.items()} for group, limits in LIMITS.items()
)
FACETS |= {
    "INDEX_FROM": env.int("FACETS_INDEX_FROM", 100),  # records from which facets are counted in memory; below that by the database
    "INDEX_WAIT": 2.0,  # seconds; an index that took longer to make is made anew beside the requests
}

SHARED_MAX_AGE = env.int("SHARED_MAX_AGE", 0)  # seconds that caches between us and readers may answer without asking
ANSWERS_KEPT = env.int("ANSWERS_KEPT", 12) * 1_000_000  # bytes of whole answers for each worker
RECORDS_KEPT = env.int("RECORDS_KEPT", 200) * 1_000_000  # bytes on the disk for what is told of single records

# What whoever runs the site sees of it (docs/deploy.md).
METRICS_TOKEN = env.str("METRICS_TOKEN", "")  # without it there are no metrics
SECURITY_CONTACT = env.str("SECURITY_CONTACT", "")  # mailto: or https:, told in /.well-known/security.txt
SLOW_QUERY_MS = env.int("SLOW_QUERY_MS", 500)  # a statement that takes longer is written down; 0: none
LOG_REQUESTS = _switch("LOG_REQUESTS")
LOG_FORMAT = env.str("LOG_FORMAT", "line")
if LOG_FORMAT not in FORMATS:
    raise ImproperlyConfigured(f"LOG_FORMAT must be one of {', '.join(FORMATS)}, not {LOG_FORMAT!r}.")
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"ours": {"()": FORMATS[LOG_FORMAT]}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "ours"}},
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", "INFO")},
    # Who tried to sign in stands in the database, for those who may know; not in a log that is sent elsewhere.
    "loggers": {"axes": {"level": "ERROR"}, "django": {"handlers": [], "level": "INFO"}},
}
