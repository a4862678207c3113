"""The one settings file: every outside value is read here, and a wrong one stops the start."""

from pathlib import Path

from celery.schedules import crontab
from django.core.exceptions import ImproperlyConfigured
from django.utils.csp import CSP

from portal.lib import env

BASE_DIR = Path(__file__).resolve().parent.parent

# --- What kind of place this is -------------------------------------------------------
# DEMO=1: a portal on this machine with invented data; no server and no secret is needed.
# TESTING: set by tests/plugin.py alone. Everything else is production and must be told all.
DEMO = env.flag("DEMO")
TESTING = env.flag("TESTING")
if not (DEMO or TESTING):  # a production .env must never be where the demo or a test writes
    env.load_file(BASE_DIR / ".env")
    DEMO = env.flag("DEMO")
DEBUG = env.flag("DEBUG")
LOCAL = DEMO or TESTING
PRODUCTION = not LOCAL
if DEBUG and PRODUCTION:
    raise ImproperlyConfigured("DEBUG=1 shows settings and data to visitors: only with DEMO=1.")

VAR_DIR = Path(env.text("VAR_DIR", str(BASE_DIR / "var"))).resolve()
PORT = env.number("PORT", 8000, least=1, most=65535)
SITE_URL = env.site_url("SITE_URL", f"http://127.0.0.1:{PORT}" if LOCAL else None)
LOCAL_KEY = "local-and-therefore-not-secret-at-all-0123456789-0123456789"
SECRET_KEY = env.text("SECRET_KEY", LOCAL_KEY if LOCAL else None)
if PRODUCTION and (len(SECRET_KEY) < 50 or len(set(SECRET_KEY)) < 10 or SECRET_KEY == LOCAL_KEY):
    raise ImproperlyConfigured("SECRET_KEY: expected at least 50 random characters.")
ALLOWED_HOSTS = env.words("ALLOWED_HOSTS", "127.0.0.1,localhost,[::1]" if LOCAL else None)

# The words of the banner and the footer.
SITE_NAME = env.text("SITE_NAME", "")
SITE_OWNER = env.text("SITE_OWNER", "")
CONTACT_EMAIL = env.text("CONTACT_EMAIL", "help@demo.invalid" if DEMO else "")
CONTACT_PHONE = env.text("CONTACT_PHONE", "")

# --- The application ------------------------------------------------------------------
INSTALLED_APPS = [
    "portal",  # first: its templates and commands win
    "certificates",
    "network",
    "training",
    "projects",
    "portal.apps.BackOfficeConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "crispy_forms",
    "crispy_bootstrap5",
    "django_filters",
    "django_tables2",
    "django_htmx",
    "simple_history",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "portal.middleware.ZeroByteMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "portal.middleware.TokenMiddleware",
    "portal.middleware.PrivateMiddleware",
    "portal.middleware.IdleMiddleware",
    "portal.middleware.LanguageMiddleware",  # after the account, which may hold a language
    "portal.middleware.SignInMiddleware",
    "portal.middleware.SecondStepMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
    "portal.middleware.AccessLogMiddleware",
]
ROOT_URLCONF = "portal.urls"
WSGI_APPLICATION = "portal.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.csp",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "portal.context_processors.portal",
                "portal.context.navigation",
            ]
        },
    }
]
CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"
DJANGO_TABLES2_TEMPLATE = "django_tables2/portal.html"

# --- Data -----------------------------------------------------------------------------


def sqlite() -> dict[str, object]:
    """A file for the demo: IMMEDIATE and WAL let web and worker write side by side."""
    VAR_DIR.mkdir(parents=True, exist_ok=True)
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": VAR_DIR / "db.sqlite3",
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL;PRAGMA synchronous=NORMAL;",
        },
        "TEST": {"NAME": VAR_DIR / "test.sqlite3"},
    }


DATABASES = {"default": env.database("DATABASE_URL", sqlite if LOCAL else None)}
if DATABASES["default"]["ENGINE"] == "django.db.backends.postgresql":
    # A page waits neither for a lock nor for an answer for ever; worker and commands have own values.
    # 0 is without an end. Compiling a statement (jit) costs seconds where running it takes none:
    # the list of accounts needed more than ten on an unanalysed database.
    statement = env.number("DATABASE_STATEMENT_SECONDS", 10)
    lock = env.number("DATABASE_LOCK_SECONDS", 5)
    DATABASES["default"] |= {
        # Without the health check the first request after a restart of the server is a 500.
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {
            "connect_timeout": 5,
            "options": f"-c statement_timeout={statement}s -c lock_timeout={lock}s -c jit=off",
        },
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# Login limits live in the cache: one process has its own memory, several share the database.
# Full, a cache drops what is young too; with Django's 300 places anybody could wash a limit out.
CACHE = (
    {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
    if LOCAL
    else {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "portal_cache"}
)
CACHES = {"default": CACHE | {"OPTIONS": {"MAX_ENTRIES": 100_000}}}
MEDIA_ROOT = VAR_DIR / "media"  # served by views after their access check; there is no MEDIA_URL

# --- Papers (portal/lib/documents) -------------------------------------------------------
DOCUMENT_LEASE_SECONDS = 2 if TESTING else 60  # how long a maker may be silent
DOCUMENT_SWEEP_SECONDS = 1 if TESTING else 30  # how often the beat asks what waits
DOCUMENT_RING_SECONDS = 600  # a ring nobody heard for so long wakes nobody: others came after it

# --- Worker and beat (portal.heartbeat) ------------------------------------------------------
HEARTBEAT_SECONDS = 1 if TESTING else 20  # how often a worker rings for itself
# Silent for so long is dead: the longest task (below), the pulse before it and the one behind.
HEARTBEAT_SILENT_SECONDS = 6 if TESTING else 180

# --- Celery: the broker is only a doorbell, the rows remember the work ------------------
CELERY_BROKER_URL = env.broker("CELERY_BROKER_URL", "filesystem://" if LOCAL else None)
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TIMEZONE = "Europe/Riga"
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
# Papers are drawn where no network is; mails leave from a worker of their own that draws nothing.
CELERY_TASK_DEFAULT_QUEUE = "celery"
CELERY_TASK_ROUTES = {"portal.tasks.remind_trainers": {"queue": "mails"}}
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TASK_SOFT_TIME_LIMIT = 120
CELERY_TASK_TIME_LIMIT = 150
# With REMAP_SIGTERM=SIGQUIT in a worker's environment: what is drawn when a deploy begins may end.
CELERY_WORKER_SOFT_SHUTDOWN_TIMEOUT = 5
CELERY_BEAT_SCHEDULE_FILENAME = str(VAR_DIR / "celerybeat-schedule")
CELERY_BEAT_SCHEDULE = {
    "produce waiting papers": {
        "task": "portal.tasks.produce_waiting",
        "schedule": float(DOCUMENT_SWEEP_SECONDS),
        "options": {"expires": DOCUMENT_RING_SECONDS},
    },
    # Each hour, so that a night without a worker leaves no hole: the first call keeps them.
    "keep yesterday's figures": {
        "task": "portal.tasks.take_snapshots",
        "schedule": crontab(minute=15),
        "options": {"expires": 3600},
    },
    # At the beginning of a working day; who was away then is written to tomorrow.
    "remind trainers": {
        "task": "portal.tasks.remind_trainers",
        "schedule": crontab(hour=6, minute=30),
        "options": {"expires": 6 * 3600},
    },
}
if CELERY_BROKER_URL == "filesystem://":
    queue = VAR_DIR / "queue"
    for folder in ("messages", "control"):
        (queue / folder).mkdir(parents=True, exist_ok=True)
    CELERY_BROKER_TRANSPORT_OPTIONS: dict[str, object] = {
        "data_folder_in": str(queue / "messages"),
        "data_folder_out": str(queue / "messages"),
        "control_folder": str(queue / "control"),
        "store_processed": False,
        "polling_interval": 0.05,
    }
else:
    # A frozen Redis holds neither the worker nor the thread that rings for long.
    CELERY_BROKER_TRANSPORT_OPTIONS = {"socket_timeout": 2, "socket_connect_timeout": 2}

# --- Accounts -------------------------------------------------------------------------
AUTH_USER_MODEL = "portal.User"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = [
    "portal.hashers.Argon2idHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 15},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("email", "first_name", "last_name")},
    },
    {"NAME": "portal.hashers.LongestPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "today"
LOGOUT_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "portal.adapters.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 15 * 60  # the mail may take its time on issue day
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_EMAIL_VERIFICATION = "none"  # accounts come by invitation; a code proves the mailbox
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False  # no mail to strangers; the answer on screen is the same
ACCOUNT_FORMS = {
    "login": "portal.forms.SignInForm",
    "confirm_login_code": "portal.forms.SignInCodeForm",
}
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
ACCOUNT_REAUTHENTICATION_TIMEOUT = 15 * 60  # as long as it takes to set up an app on a telephone
# Generous per address, strict per account: a training site of thirty people is one address. An
# account is guarded twice: against guesses from one address (by the adapter), and from many.
ACCOUNT_RATE_LIMITS = {
    "login": "300/m/ip",
    "login_failed": "120/m/ip,20/900s/key",
    "login_failed_here": "5/300s/key",
    "request_login_code": "200/m/ip,3/m/key",
    "reset_password": "60/m/ip,5/m/key",
    "reset_password_from_key": "60/m/ip",
}
ALLAUTH_TRUSTED_PROXY_COUNT = env.number("TRUSTED_PROXIES", 0, most=5)

# --- The second step of signing in (portal/views/second_step.py) -----------------------------
# Whoever sees more than own groups confirms each sign-in on a device; the demo only offers it.
MFA_REQUIRED = env.flag("MFA_REQUIRED", default=PRODUCTION)
MFA_ADAPTER = "portal.adapters.SecondStepAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_RATE_LIMITS = {
    "webauthn_login": "200/m/ip"
}  # nothing to guess there, and a site is one address
MFA_FORMS = {
    "activate_totp": "portal.forms.AppForm",
    "add_webauthn": "portal.forms.PasskeyForm",
}

# --- Sign-in by an organisation's own OpenID provider: off until these are told ----------------
OIDC_URL = env.text("OIDC_URL", "")
if OIDC_URL:
    OIDC_URL = env.site_url("OIDC_URL")
    if PRODUCTION and not OIDC_URL.startswith("https://"):
        raise ImproperlyConfigured("OIDC_URL: expected an https address.")
SOCIALACCOUNT_ADAPTER = "portal.adapters.OrganisationAdapter"
SOCIALACCOUNT_ONLY = False
SOCIALACCOUNT_EMAIL_AUTHENTICATION = True  # an account is found by its verified address alone
SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT = False
SOCIALACCOUNT_PROVIDERS: dict[str, dict[str, object]] = {"openid_connect": {"APPS": []}}
if OIDC_URL:
    SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"] = [
        {
            "provider_id": "organisation",
            "name": env.text("OIDC_NAME"),
            "client_id": env.text("OIDC_CLIENT_ID"),
            "secret": env.text("OIDC_CLIENT_SECRET"),
            "settings": {"server_url": OIDC_URL, "oauth_pkce_enabled": True},
        }
    ]

# --- Language and time ------------------------------------------------------------------
LANGUAGE_CODE = "lv"
LANGUAGES = [("lv", "Latviešu"), ("en", "English")]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "Europe/Riga"
USE_TZ = True

# --- Files for the browser ----------------------------------------------------------------
STATIC_URL = "static/"
STATIC_ROOT = Path(env.text("STATIC_ROOT", str(BASE_DIR / "staticfiles")))
if LOCAL:  # served straight from the sources, yet whitenoise wants the folder to be there
    STATIC_ROOT.mkdir(exist_ok=True)
STATICFILES_DIRS = [BASE_DIR / "static"]
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "portal.finders.VendorFinder",
]
STORAGES = {
    "default": {  # uploads: for the portal's own user; the static files below are for everybody
        "BACKEND": "portal.lib.storage.WholeFileStorage",
        "OPTIONS": {"file_permissions_mode": 0o600, "directory_permissions_mode": 0o700},
    },
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if PRODUCTION
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = LOCAL
WHITENOISE_AUTOREFRESH = DEBUG or TESTING  # else each start lists every file

# A form of many long texts comes back with its errors instead of a bare refusal.
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024

# --- Safety of pages --------------------------------------------------------------------
SECURE_CSP = {
    "default-src": [CSP.SELF],
    "script-src": [CSP.SELF, CSP.NONCE],
    "style-src": [CSP.SELF],
    "img-src": [CSP.SELF, "data:"],  # Tabler's stylesheet carries small SVGs
    "object-src": [CSP.NONE],
    "base-uri": [CSP.NONE],
    # Chromium follows a form into the redirect to the organisation's provider only if it is named.
    "form-action": [CSP.SELF, *([env.origin(OIDC_URL)] if OIDC_URL else [])],
    "frame-ancestors": [CSP.NONE],
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SESSION_ENGINE = "portal.sessions"  # in the database: whoever empties Redis signs nobody out
SESSION_COOKIE_AGE = 12 * 60 * 60  # since signing in, whatever was done meanwhile
SESSION_IDLE_SECONDS = 30 * 60  # for whoever sees more than own groups
SESSION_COOKIE_NAME = "session" if LOCAL else "__Host-session"
CSRF_COOKIE_NAME = "csrf" if LOCAL else "__Host-csrf"
CSRF_COOKIE_HTTPONLY = True  # scripts read the token from the page
LANGUAGE_COOKIE_NAME = "language"
LANGUAGE_COOKIE_AGE = 365 * 24 * 60 * 60
LANGUAGE_COOKIE_SAMESITE = "Lax"
if PRODUCTION:
    if not SITE_URL.startswith("https://"):
        raise ImproperlyConfigured("SITE_URL: expected an https address; people sign in here.")
    CSRF_TRUSTED_ORIGINS = [SITE_URL]
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = True
    SECURE_SSL_REDIRECT = True
    SECURE_REDIRECT_EXEMPT = [r"^(healthz|readyz)$"]  # asked from inside, past the proxy
    SECURE_PROXY_SSL_HEADER = (
        ("HTTP_X_FORWARDED_PROTO", "https") if ALLAUTH_TRUSTED_PROXY_COUNT else None
    )
    SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    # Browsers' preload lists bind a whole domain for years: that is its owner's step, not ours.
    SILENCED_SYSTEM_CHECKS = ["security.W021"]

# --- Mail -------------------------------------------------------------------------------
DEFAULT_FROM_EMAIL = env.text("DEFAULT_FROM_EMAIL", "portals@demo.invalid" if LOCAL else None)
SERVER_EMAIL = DEFAULT_FROM_EMAIL
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
MAILS_DIR = VAR_DIR / "mails"  # the demo keeps its mails here and shows them on a page
if DEMO:
    MAILER = {
        "BACKEND": "django.core.mail.backends.filebased.EmailBackend",
        "OPTIONS": {"file_path": MAILS_DIR},
    }
elif TESTING:
    MAILER = {"BACKEND": "django.core.mail.backends.console.EmailBackend"}
else:
    MAILER = {
        "BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "OPTIONS": {
            "host": env.text("EMAIL_HOST"),
            "port": env.number("EMAIL_PORT", 587, least=1, most=65535),
            "username": env.text("EMAIL_HOST_USER", ""),
            "password": env.text("EMAIL_HOST_PASSWORD", ""),
            "use_tls": env.flag("EMAIL_USE_TLS", default=True),
            "timeout": 10,
        },
    }
MAILERS = {"default": MAILER}

# --- Log: one line per event on the console, never a personal name (portal.lib.logs) --------------
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"},
        "json": {"()": "portal.lib.logs.JsonFormatter"},
    },
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "formatter": "json" if PRODUCTION else "line",
        }
    },
    "root": {"handlers": ["console"], "level": env.text("LOG_LEVEL", "INFO").upper()},
    "loggers": {
        "django": {"handlers": [], "propagate": True},
        "fontTools": {"level": "WARNING"},  # it tells every table it cuts
        "kombu.connection": {"level": "ERROR"},  # it warns that a folder has no host name
    },
}
