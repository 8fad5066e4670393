"""The one settings module. Everything that differs between installations comes from the environment."""

from pathlib import Path
from typing import Any

from django.utils.translation import gettext_lazy as _
from environs import Env

from trellis.config.logs import LOGGING as LOGGING
from trellis.config.secrets import read_or_make
from trellis.foundation.record import keys as field_keys

env = Env()
ROOT = Path(__file__).resolve().parent.parent.parent
PACKAGE = ROOT / "trellis"
VAR = Path(env.str("TRELLIS_VAR", str(ROOT / "var")))

DEBUG = env.bool("DEBUG", False)
DEMO = env.bool("TRELLIS_DEMO", False)  # mounts the demo door; the database must be marked a demo too
HTTPS = env.bool("TRELLIS_HTTPS", False)

_secrets: dict[str, Any] = {}
#: where the field keys lie, unless the environment names them; read again whenever it was changed
FIELD_KEYS_FILE = None if env.str("FIELD_KEYS", "") else VAR / "secrets.json"
if FIELD_KEYS_FILE or not env.str("SECRET_KEY", ""):
    _secrets = read_or_make(VAR / "secrets.json")
SECRET_KEY = env.str("SECRET_KEY", "") or _secrets["secret_key"]
SECRET_KEY_FALLBACKS: list[str] = env.list("SECRET_KEY_FALLBACKS", [])
FIELD_KEYS = env.list("FIELD_KEYS", []) or field_keys.of(_secrets)

ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", ["localhost", "127.0.0.1", "[::1]"])
CSRF_TRUSTED_ORIGINS: list[str] = env.list("CSRF_TRUSTED_ORIGINS", [])

INSTALLED_APPS = [
    # the house, lowest first; `record` stands before Django's apps because it wraps `migrate`
    "trellis.ui",
    "trellis.foundation.clock",
    "trellis.foundation.outbound",
    "trellis.foundation.record",
    "trellis.foundation.audit",
    "trellis.foundation.access",
    "trellis.foundation.program",
    "trellis.foundation.documents",
    "trellis.foundation.jobs",
    "trellis.foundation.places",
    "trellis.foundation.messaging",
    "trellis.people.accounts",
    "trellis.people.staff",
    "trellis.people.clients",
    "trellis.people.consent",
    "trellis.people.proxies",
    "trellis.people.rights",
    "trellis.people.breaches",
    "trellis.journey.inquiry",
    "trellis.journey.measures",
    "trellis.journey.admission",
    "trellis.journey.schedule",
    "trellis.journey.recovery",
    "trellis.journey.care",
    "trellis.journey.continuity",
    "trellis.doors.public_site",
    "trellis.doors.staff_desk",
    "trellis.doors.client_portal",
    "trellis.doors.family",
    "trellis.doors.reports",
    "trellis.doors.demo",
    "trellis.doors.operations",
    # libraries
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "csp",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "django_linear_migrations",
]
FIRST_PARTY_APPS = [app for app in INSTALLED_APPS if app.startswith("trellis.")]

MIDDLEWARE = [
    "trellis.config.middleware.Headers",
    "trellis.config.middleware.StorageFull",
    "trellis.config.middleware.KnownMethods",
    "csp.middleware.CSPMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "trellis.foundation.access.middleware.RequestId",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "trellis.people.accounts.middleware.ActorOnRequest",
    "trellis.people.accounts.middleware.IdleSignOut",
    "trellis.people.accounts.locking.LockedRoom",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "trellis.people.accounts.middleware.SignInRequired",
    "trellis.people.accounts.middleware.SecondFactorOfStaff",
    "trellis.foundation.access.middleware.PagesSayWhoMayOpen",
    "trellis.foundation.program.middleware.ProgramZone",
    "django_htmx.middleware.HtmxMiddleware",
]

ROOT_URLCONF = "trellis.config.urls"
WSGI_APPLICATION = "trellis.config.wsgi.application"
TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "trellis.ui.context.shell",
                "trellis.people.accounts.context.person",
                "trellis.journey.measures.context.alerts",
                "trellis.doors.demo.context.banner",
            ],
        },
    }
]

# --- the database -----------------------------------------------------------------------------------------------------
DATABASE_URL = env.str("DATABASE_URL", "") or f"sqlite:///{VAR / 'trellis.sqlite3'}"
DATABASES: dict[str, dict[str, Any]] = {"default": Env().dj_db_url("DATABASE_URL", DATABASE_URL)}
#: PostgreSQL: the role that serves pages, where another one owns the tables; `trellis migrate` gives it its rights
SERVING_ROLE = env.str("TRELLIS_SERVING_ROLE", "")
_database = DATABASES["default"]
_database["CONN_MAX_AGE"] = 0
_database["ATOMIC_REQUESTS"] = False  # with IMMEDIATE every page would wait for the writer
if "sqlite" in _database["ENGINE"]:
    VAR.mkdir(parents=True, exist_ok=True)
    _database["CONN_MAX_AGE"] = None
    _database["OPTIONS"] = {
        "timeout": 20,
        "transaction_mode": "IMMEDIATE",
        "init_command": (
            "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;PRAGMA recursive_triggers=ON;"
            "PRAGMA cell_size_check=ON;PRAGMA mmap_size=0;PRAGMA journal_size_limit=67108864;"
            "PRAGMA temp_store=MEMORY;PRAGMA cache_size=-16000;"
        ),
    }
else:
    # Only what is asked to be planned once is (record/planned.py), and nothing by the number of times it was asked.
    # A page waits for some rows out of a fast disk or memory: an index is nearly always the way to them, and starting
    # helpers or compiling a plan takes longer than the answer. A plan that is kept is kept for good.
    _plans = ["random_page_cost=1.1", "max_parallel_workers_per_gather=0", "jit=off"]
    _plans += ["plan_cache_mode=force_generic_plan"]
    _database["OPTIONS"] = {"prepare_threshold": 1_000_000, "options": " ".join(f"-c {one}" for one in _plans)}
    if env.bool("TRELLIS_POOL", False):  # the web server turns it on; short processes do without
        _database["OPTIONS"]["pool"] = {"min_size": 1, "max_size": 4, "timeout": 10}
# Documents lie beside their database, each under a key that lies in it; no address of a page leads there.
MEDIA_ROOT = env.str("TRELLIS_DOCUMENTS", "") or str(
    (VAR if "sqlite" not in _database["ENGINE"] else Path(_database["NAME"]).parent)
    / f"{Path(str(_database['NAME'])).stem}.documents"
)
BACKUP_FOLDER = env.str("TRELLIS_BACKUP_FOLDER", "")  # none: the worker makes no backups
BACKUP_RECIPIENTS: list[str] = env.list("TRELLIS_BACKUP_RECIPIENTS", [])  # age public keys, or files that hold some
CHECKPOINT_FOLDER = env.str("TRELLIS_CHECKPOINT_FOLDER", "")  # another disk, brought elsewhere: none is written without
CHECKPOINT_MAIL: list[str] = env.list("TRELLIS_CHECKPOINT_MAIL", [])  # who keeps one a day in their mail
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Limits and used one-time codes live here: a cache of each process would accept a code once a process.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cache",
        "OPTIONS": {"MAX_ENTRIES": 1_000_000},
    }
}
SESSION_ENGINE = "trellis.people.accounts.session_store"

# --- accounts ---------------------------------------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.Account"
AUTHENTICATION_BACKENDS = ["trellis.people.accounts.backends.Backend"]
#: memory in KiB, passes, lanes; tests choose figures that cost nothing
ARGON2 = env.list("TRELLIS_ARGON2", [65_536, 3, 2], subcast=int)
PASSWORD_HASHERS = ["trellis.people.accounts.hashers.Argon2id"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("email", "username")},
    },
    {"NAME": "trellis.people.accounts.passwords.NotEasilyGuessed"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "accounts:arrive"
ACCOUNT_ADAPTER = "trellis.people.accounts.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email", "username"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = "username"
ACCOUNT_EMAIL_VERIFICATION = "none"  # an invitation reached the address: that is the proof
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_NOTIFICATIONS = False
ACCOUNT_FORMS = {
    "login": "trellis.people.accounts.forms.SignInForm",
    "reset_password": "trellis.people.accounts.forms.ForgottenPasswordForm",
    "reset_password_from_key": "trellis.people.accounts.forms.NewPasswordForm",
    "change_password": "trellis.people.accounts.forms.ChangePasswordForm",
    "reauthenticate": "trellis.people.accounts.forms.PasswordAgainForm",
}
ACCOUNT_RATE_LIMITS = {
    "login": "300/m/ip",
    "login_failed": "30/m/ip,5/5m/key",
    "pin_failed": "10/h/key",  # a PIN is short: a sign-in name bears fewer tries
    "room_pin": "30/h/key",  # beside the five of one lock; given back when the PIN was right
    "reset_password": "20/m/ip,5/m/key",
}
MFA_ADAPTER = "trellis.people.accounts.adapters.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_TOLERANCE = 0  # with 1, the mark of a used code would end before the code does
MFA_FORMS = {
    "authenticate": "trellis.people.accounts.forms.CodeForm",
    "reauthenticate": "trellis.people.accounts.forms.CodeAgainForm",
    "activate_totp": "trellis.people.accounts.forms.FirstCodeForm",
    "authenticate_webauthn": "trellis.people.accounts.forms.ShowPasskeyForm",
    "login_webauthn": "trellis.people.accounts.forms.SignInByPasskeyForm",
    "reauthenticate_webauthn": "trellis.people.accounts.forms.ShowPasskeyAgainForm",
    "add_webauthn": "trellis.people.accounts.forms.AddPasskeyForm",
    "edit_webauthn": "trellis.people.accounts.forms.RenamePasskeyForm",
}
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not HTTPS
USERSESSIONS_TRACK_ACTIVITY = False
IDLE_MINUTES_STAFF = env.int("IDLE_MINUTES_STAFF", 15)
ROOM_LOCK_MINUTES = env.int("ROOM_LOCK_MINUTES", 3)  # a group room of staff with a room PIN; 0: never
IDLE_MINUTES_CLIENT = env.int("IDLE_MINUTES_CLIENT", 30)
SESSION_HOURS_STAFF = env.int("SESSION_HOURS_STAFF", 10)
SESSION_HOURS_CLIENT = env.int("SESSION_HOURS_CLIENT", 12)
SESSION_DAYS_KEPT = env.int("SESSION_DAYS_KEPT", 14)  # a client's own choice for a device of their own
INVITATION_HOURS = env.int("INVITATION_HOURS", 24)
PASSWORD_RESET_TIMEOUT = 60 * 60
SESSION_COOKIE_AGE = 60 * 60 * 12
SESSION_EXPIRE_AT_BROWSER_CLOSE = True

# --- the browser ------------------------------------------------------------------------------------------------------
SESSION_COOKIE_NAME = "__Host-s" if HTTPS else "s"
CSRF_COOKIE_NAME = "__Host-c" if HTTPS else "c"
MESSAGE_COOKIE_NAME = "__Host-m" if HTTPS else "m"  # what is said to nobody in particular
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_AGE = None  # no cookie outlives the browser: it would say a year later that somebody signed in here
MESSAGE_STORAGE = "trellis.people.accounts.message_storage.Storage"  # a sentence may hold a name: never in a cookie
CSRF_FAILURE_VIEW = "trellis.config.errors.csrf"
SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^health/"]  # asked by programs, which are to see that they asked in clear
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
BEHIND_PROXY = env.bool("TRELLIS_BEHIND_PROXY", False)
#: who may say for whom it asks, and whether over https (X-Forwarded-For, X-Forwarded-Proto): addresses or networks.
#: Read in wsgi.py; Django's own SECURE_PROXY_SSL_HEADER would believe whoever sends it.
PROXIES: list[str] = env.list("TRELLIS_PROXIES", ["127.0.0.1", "::1"])
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "blob:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
        "object-src": ["'none'"],
        "frame-ancestors": ["'none'"],
        "manifest-src": ["'self'"],
        "worker-src": ["'self'"],
    }
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
FILE_UPLOAD_HANDLERS = ["trellis.config.bodies.OneFile"]
DATA_UPLOAD_MAX_NUMBER_FIELDS = 500
DATA_UPLOAD_MAX_NUMBER_FILES = 20
DOCUMENT_BYTES = env.int("TRELLIS_DOCUMENT_BYTES", 10_000_000)  # one file
DOCUMENTS_OF_A_RECORD = env.int("TRELLIS_DOCUMENTS_OF_A_RECORD", 20)  # the pages of one consent, say
DOCUMENT_BYTES_OF_A_SUBJECT = env.int("TRELLIS_DOCUMENT_BYTES_OF_A_SUBJECT", 200_000_000)  # all papers of a client
DOCUMENT_POINTS = env.int("TRELLIS_DOCUMENT_POINTS", 40_000_000)  # of a picture: width times height
DOCUMENT_PAGES = env.int("TRELLIS_DOCUMENT_PAGES", 60)  # of a PDF
DOCUMENT_SECONDS = env.int("TRELLIS_DOCUMENT_SECONDS", 20)  # for reading one file, in a process of its own
DOCUMENT_MEGABYTES = env.int("TRELLIS_DOCUMENT_MEGABYTES", 900)  # of memory for that process

# --- words and time ---------------------------------------------------------------------------------------------------
LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("es", _("Spanish"))]
USE_I18N = USE_TZ = True
TIME_ZONE = "UTC"  # the program's zone is put on by ProgramZone, a request at a time

# --- files, mail, jobs ------------------------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
STATICFILES = env.str("TRELLIS_STATIC", "manifest")  # tests serve the files as they lie
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if STATICFILES == "manifest"
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = STATICFILES != "manifest"
WHITENOISE_AUTOREFRESH = False
WHITENOISE_ALLOW_ALL_ORIGINS = False
EMAIL_BACKEND = env.str("EMAIL_BACKEND", "django.core.mail.backends.smtp.EmailBackend")
EMAIL_HOST = env.str("EMAIL_HOST", "localhost")
EMAIL_PORT = env.int("EMAIL_PORT", 25)
EMAIL_HOST_USER = env.str("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = env.str("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_SSL = env.bool("EMAIL_USE_SSL", EMAIL_PORT == 465)
EMAIL_USE_TLS = env.bool("EMAIL_USE_TLS", not EMAIL_USE_SSL and EMAIL_HOST not in {"localhost", "127.0.0.1", "::1"})
EMAIL_TIMEOUT = 20  # seconds; well below the lease of a message
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", "office@localhost")
SITE_URL = env.str("SITE_URL", "http://localhost:8000")  # where links in messages lead
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": []}}
OUTBOUND_PLAIN = env.bool("TRELLIS_OUTBOUND_PLAIN", False)  # read what others publish by http too, unprotected
OUTBOUND_HOSTS: list[str] = env.list("TRELLIS_OUTBOUND_HOSTS", [])  # none named: any public site
EXIT_URL = env.str("EXIT_URL", "https://www.weather.gov/")  # where "leave this page quickly" goes
SILENCED_SYSTEM_CHECKS: list[str] = []
