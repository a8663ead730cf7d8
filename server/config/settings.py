"""All settings, in one place. With no variable set everything works (DESIGN §8); each variable upgrades one part."""

import sys
from datetime import timedelta
from importlib import import_module
from pathlib import Path

from django.utils.functional import SimpleLazyObject

from config import env
from config.backups import backup_keep, backup_store
from config.encryption import encryption_keys
from config.file_stores import file_store_origins, file_stores
from config.logs import configure_logging
from config.production import Start, insecure_settings, missing_gateway_keys, refuse_insecure_production
from config.watching import report_errors, share_metrics, trace

BASE_DIR = Path(__file__).resolve().parent.parent
REPOSITORY_DIR = BASE_DIR.parent
DATA_DIR = Path(env.text("DATA_DIR", str(REPOSITORY_DIR / "var"))).resolve()
DATA_DIR.mkdir(parents=True, exist_ok=True)

JOBSPHERE_ENV = env.text("JOBSPHERE_ENV", "development")
PRODUCTION = JOBSPHERE_ENV == "production"
TESTING = "pytest" in sys.modules or JOBSPHERE_ENV == "test"

INSECURE_SECRET_KEY = "insecure-development-key-that-production-refuses-to-start-with"  # noqa: S105  production refuses it
SECRET_KEY = env.text("SECRET_KEY", INSECURE_SECRET_KEY)
#: What seals documents and secrets in the database and on disk: the first seals, all of them open.
ENCRYPTION_KEYS = encryption_keys(DATA_DIR, make=not PRODUCTION)
DEBUG = env.flag("DEBUG", default=False)
PORT = env.integer("PORT", 8000)
PUBLIC_URL = env.text("PUBLIC_URL", f"http://localhost:{PORT}").rstrip("/")
ALLOWED_HOSTS = env.words("ALLOWED_HOSTS", () if PRODUCTION else ("*",))
CORS_ORIGINS = env.words("CORS_ORIGINS")

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "rest_framework",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "django_filters",
    "django_tasks",
    "django_tasks_db",
    "allauth",
    "allauth.account",
    "allauth.headless",
    "allauth.usersessions",
    *[
        f"jobsphere.{name}"
        for name in (
            "web",
            "outbox",
            "audit",
            "mail",
            "users",
            "files",
            "realtime",
            "notifications",
            "accounts",
            "moderation",
            "profiles",
            "ledger",
            "payments",
            "escrow",
            "messaging",
            "plans",
            "jobs",
            "contracts",
            "reviews",
            "bookings",
            "hours",
            "repeats",
            "invoices",
            "reporting",
            "backups",
            "backoffice",
            "demo",
        )
        # While the tree grows an app is installed once it exists.
        if (BASE_DIR / "jobsphere" / name / "apps.py").exists()
    ],
]

MIDDLEWARE = [
    "jobsphere.web.middleware.RequestContextMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "jobsphere.web.middleware.SecurityHeadersMiddleware",
    "jobsphere.web.middleware.CorsMiddleware",
    "jobsphere.web.middleware.ApiLaneMiddleware",
    "jobsphere.mail.readers.AcceptLanguageMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "jobsphere.web.middleware.ForgivingSlashMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
ASGI_APPLICATION = "config.asgi.application"
APPEND_SLASH = False
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {"context_processors": ["django.template.context_processors.request"]},
    }
]

DATABASES = {"default": env.database(env.text("DATABASE_URL"), DATA_DIR)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL = env.text("REDIS_URL")
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL}
    if REDIS_URL
    else {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
}

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

# Real time
#: A port of its own for `manage.py realtime`; 0 serves the socket beside HTTP, on the same port.
SOCKET_PORT = env.integer("SOCKET_PORT", 0)
#: Where browsers find the socket, where that is neither the page's own address nor SOCKET_PORT on its host.
SOCKET_URL = env.text("SOCKET_URL")
SOCKETS_PER_PROCESS = env.integer("SOCKETS_PER_PROCESS", 10_000)
SOCKETS_PER_PERSON = env.integer("SOCKETS_PER_PERSON", 10)

# Processes in production (`manage.py serve --role`)
#: Processes and threads of one web server, tasks at once of one worker.
WEB_PROCESSES = env.integer("WEB_PROCESSES", 2)
WEB_THREADS = env.integer("WEB_THREADS", 4)
WORKER_THREADS = env.integer("WORKER_THREADS", 2)
#: How long a process that was told to stop may take to finish what it has begun. Whoever stops it must wait longer.
DRAIN_SECONDS = env.integer("DRAIN_SECONDS", 25)

# People
AUTH_USER_MODEL = "users.User"
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
_VALIDATORS = "django.contrib.auth.password_validation"
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": f"{_VALIDATORS}.MinimumLengthValidator",
        "OPTIONS": {"min_length": env.integer("PASSWORD_MIN_LENGTH", 12)},
    },
    # Django's own list of some 20,000 passwords that are tried first.
    {"NAME": f"{_VALIDATORS}.CommonPasswordValidator"},
    {
        "NAME": f"{_VALIDATORS}.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("name", "email"), "max_similarity": 0.7},
    },
    {"NAME": f"{_VALIDATORS}.NumericPasswordValidator"},
    {"NAME": "jobsphere.users.passwords.EasilyGuessedValidator"},
]
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
#: allauth keeps the address book; people have no user name.
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
REQUIRE_VERIFIED_EMAIL = env.flag("REQUIRE_VERIFIED_EMAIL")
ACCESS_TOKEN_LIFETIME = timedelta(minutes=env.integer("ACCESS_TOKEN_MINUTES", 10))
REFRESH_TOKEN_LIFETIME = timedelta(days=env.integer("REFRESH_TOKEN_DAYS", 30))
#: However often it is refreshed, a session ends after so long.
SESSION_LIFETIME = timedelta(days=env.integer("SESSION_DAYS", 180))
#: Two tabs, or an answer lost on the way: the same device may send a used refresh token again for so long.
REFRESH_GRACE = timedelta(seconds=env.integer("REFRESH_GRACE_SECONDS", 10))
#: Step-up: withdrawals, bank changes and the like ask for a proof of identity that is no older than this.
RECENT_SIGN_IN = timedelta(minutes=env.integer("RECENT_SIGN_IN_MINUTES", 15))
#: After a few failures from an address the client must work for its next try; "off" never asks.
PROOF_OF_WORK = env.text("PROOF_OF_WORK", "off")
PROOF_OF_WORK_BITS = env.integer("PROOF_OF_WORK_BITS", 18)
#: A MaxMind DB file that tells country and city of an address; without one, sessions show the address range.
GEOIP_FILE = env.text("GEOIP_FILE")
#: Where else passkeys may come from (apps: "android:apk-key-hash:…"); the web's is PUBLIC_URL.
WEBAUTHN_ORIGINS = env.words("WEBAUTHN_ORIGINS")
#: Where else Google and Facebook may send people back to (apps: "jobsphere://social"); the web's is /social/<name>.
SOCIAL_REDIRECT_URIS = env.words("SOCIAL_REDIRECT_URIS")
#: Sign-in with others: a provider without an id does not exist here. What each speaks is OpenID Connect.
SOCIAL_PROVIDERS = {
    "google": {
        "title": "Google",
        "client_id": env.text("GOOGLE_CLIENT_ID"),
        "client_secret": env.text("GOOGLE_CLIENT_SECRET"),
        "issuer": env.text("GOOGLE_ISSUER", "https://accounts.google.com"),
    },
    "facebook": {
        "title": "Facebook",
        "client_id": env.text("FACEBOOK_CLIENT_ID"),
        "client_secret": env.text("FACEBOOK_CLIENT_SECRET"),
        "issuer": env.text("FACEBOOK_ISSUER", "https://www.facebook.com"),
        # Its discovery document names no token endpoint.
        "token_endpoint": env.text("FACEBOOK_TOKEN_ENDPOINT", "https://graph.facebook.com/v21.0/oauth/access_token"),
    },
}

# HTTP
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["jobsphere.users.api.authentication.BearerAuthentication"],
    "DEFAULT_PERMISSION_CLASSES": ["jobsphere.web.access.AccessPermission"],
    "DEFAULT_RENDERER_CLASSES": ["jobsphere.web.json.JsonRenderer"],
    "DEFAULT_PARSER_CLASSES": ["jobsphere.web.json.JsonParser"],
    "DEFAULT_PAGINATION_CLASS": "jobsphere.web.pagination.KeysetPagination",
    "DEFAULT_SCHEMA_CLASS": "jobsphere.web.schema.JobSphereSchema",
    "DEFAULT_THROTTLE_CLASSES": ["jobsphere.web.throttles.ActionThrottle"],
    "EXCEPTION_HANDLER": "jobsphere.web.problems.exception_handler",
    "UNAUTHENTICATED_USER": None,
    # Whose address a throttle counts: the last hop that our own proxy saw, never what a client claims.
    "NUM_PROXIES": env.integer("NUM_PROXIES", 1) if env.flag("TRUST_PROXY") else 0,
}
#: Requests per period by action, for one person or (signed out) one address.
THROTTLE_RATES = {
    "read": env.text("THROTTLE_READ", "1200/min"),
    "write": env.text("THROTTLE_WRITE", "300/min"),
    "money": env.text("THROTTLE_MONEY", "60/min"),
    "sign-in": env.text("THROTTLE_SIGN_IN", "20/min"),
    "report": env.text("THROTTLE_REPORT", "10/hour"),
    # Begin or change a plan: each asks a card.
    "subscribe": env.text("THROTTLE_SUBSCRIBE", "10/hour"),
}
SPECTACULAR_SETTINGS = {
    "TITLE": "JobSphere",
    "DESCRIPTION": "Local services and freelance work, where the money is held until the work is done.",
    "VERSION": "0.1.0",
    "OAS_VERSION": "3.1.0",
    "SERVE_INCLUDE_SCHEMA": False,
    "COMPONENT_SPLIT_REQUEST": True,
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "REDOC_DIST": "SIDECAR",
    "SCHEMA_PATH_PREFIX": "/api",
    "ENUM_NAME_OVERRIDES": SimpleLazyObject(lambda: import_module("jobsphere.web.schema").enum_names()),
    "POSTPROCESSING_HOOKS": [
        "drf_spectacular.hooks.postprocess_schema_enums",
        "jobsphere.web.schema.add_problems",
    ],
}

LANGUAGE_CODE = "en"
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
STATIC_ROOT.mkdir(exist_ok=True)
WHITENOISE_USE_FINDERS = True
#: CORS_ORIGINS says who may read us, files of the web app too.
WHITENOISE_ALLOW_ALL_ORIGINS = False
#: The built web app (`make run` builds it); without it the server's first page stands at /.
WEB_DIST = REPOSITORY_DIR / "web" / "dist"
WHITENOISE_ROOT = WEB_DIST if (WEB_DIST / "index.html").exists() else None
WHITENOISE_IMMUTABLE_FILE_TEST = r"^/assets/.+[-.][A-Za-z0-9_-]{8,}\.\w+$"
# Files are listed once at the start. Tests start a server for each of their clients, and look only when asked.
WHITENOISE_AUTOREFRESH = TESTING

#: The map under lists: a PMTiles file of our own, or somebody's raster tiles (web/citymap.py, ADR 0027).
MAP_FILE = env.text("MAP_FILE")
MAP_TILE_URL = env.text("MAP_TILE_URL")
MAP_ATTRIBUTION = env.text("MAP_ATTRIBUTION")

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = PRODUCTION
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if env.flag("TRUST_PROXY") else None
SECURE_HSTS_SECONDS = 31_536_000 if PRODUCTION else 0
#: How many days rows are kept, by what they are (each app's retention.py says which tables, and why).
RETENTION_DAYS = env.numbers(
    "RETENTION_DAYS",
    {
        "answers": 2,
        "attempts": 2,
        "audit": 3650,
        "closures": 1095,
        "codes": 1,
        "deleted_files": 30,
        "devices": 400,
        "email_changes": 30,
        "events": 400,
        "exports": 400,
        "notifications": 400,
        "papers": 180,
        "reports": 400,
        "sessions": 30,
        "webhooks": 90,
    },
    # The database itself refuses to let younger events and audit entries go (ADR 0017).
    least={"answers": 2, "attempts": 2, "audit": 365, "codes": 1, "events": 30, "webhooks": 30},
)
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024

# Mail: printed without EMAIL_URL; the rehearsal keeps the last letters, see below the gateways.
EMAIL_URL = env.text("EMAIL_URL")
globals().update(_mail := env.mail(EMAIL_URL))
EMAIL_BACKEND = _mail["EMAIL_BACKEND"]
#: What letters and push messages are signed with, beside the screens' own name.
BRAND_NAME = env.text("BRAND_NAME", "JobSphere")
BRAND_COLOUR = env.text("BRAND_COLOUR", "#0b6e4f")
DEFAULT_FROM_EMAIL = env.text("DEFAULT_FROM_EMAIL", f"{BRAND_NAME} <no-reply@jobsphere.example>")
#: How people read who have not chosen: one of kit.words.LANGUAGES, and an IANA time zone.
DEFAULT_LANGUAGE = env.choice("DEFAULT_LANGUAGE", ("en", "de"))
DEFAULT_TIME_ZONE = env.time_zone("DEFAULT_TIME_ZONE", "UTC")

# Push: Web Push needs no account anywhere, only a key pair of ours; phones need a Firebase project.
VAPID_PRIVATE_KEY = env.text("VAPID_PRIVATE_KEY")
VAPID_SUBJECT = env.text("VAPID_SUBJECT", f"mailto:{DEFAULT_FROM_EMAIL.rpartition('<')[2].rstrip('>')}")
#: The JSON of a Google service account that may send messages (FCM_CREDENTIALS_FILE names its file).
FCM_CREDENTIALS = env.text("FCM_CREDENTIALS")
FCM_URL = env.text("FCM_URL", "https://fcm.googleapis.com").rstrip("/")
#: Browsers name the address that we post to, so by default only public ones over HTTPS are let through.
PUSH_TO_PRIVATE_ADDRESSES = env.flag("PUSH_TO_PRIVATE_ADDRESSES")
#: Push messages to one device in an hour; what must be known always goes through.
PUSH_PER_HOUR = env.integer("PUSH_PER_HOUR", 30)

#: Busy lists as JSON made by PostgreSQL; "no" sends them through the serializers, should one ever be wrong.
HOT_READS = env.flag("HOT_READS", default=True)

# Marketplace
DEFAULT_CURRENCY = env.text("DEFAULT_CURRENCY", "USD")
AUTO_RELEASE_DAYS = env.integer("AUTO_RELEASE_DAYS", 7)
#: How long the two of a finished contract may review each other (ADR 0025).
REVIEW_DAYS = env.integer("REVIEW_DAYS", 14)
#: How soon staff promise to answer a report, and an appeal; how long a person may appeal (the law says six months).
REPORT_ANSWER_HOURS = env.integer("REPORT_ANSWER_HOURS", 72)
APPEAL_ANSWER_DAYS = env.integer("APPEAL_ANSWER_DAYS", 14)
APPEAL_DAYS = env.integer("APPEAL_DAYS", 183)
#: How long after a decision what was reported is kept as evidence; never less than one may appeal.
MODERATION_EVIDENCE_DAYS = env.integer("MODERATION_EVIDENCE_DAYS", 365)

# Files (R93)
UPLOAD_DIR = Path(env.text("UPLOAD_DIR", str(DATA_DIR / "upload")))
MAX_FILE_SIZE = env.integer("MAX_FILE_SIZE", 10_485_760)
#: Where new contents go: local, s3 or cloudinary. The others may be configured, too: what lies there stays readable.
FILE_STORE, FILE_STORES = file_stores(UPLOAD_DIR)
STORAGES = {
    **FILE_STORES,
    "default": FILE_STORES[FILE_STORE],
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    "backups": backup_store(DATA_DIR),
}
#: Whether one is taken every day, and how many stay (docs/operations.md).
BACKUP_DAILY = env.flag("BACKUP_DAILY", default=PRODUCTION)
BACKUP_KEEP = backup_keep()
#: For how many days events and audit entries are kept in BACKUP_TO after the clean-up took them out; 0: not at all.
ARCHIVE_DAYS = env.integer("ARCHIVE_DAYS", 0)
#: Private files on S3 or Cloudinary are answered with a redirect to a signed address that lives so many seconds;
#: "no" hands them out through this server instead.
FILE_REDIRECTS = env.flag("FILE_REDIRECTS", default=True)
FILE_LINK_SECONDS = env.integer("FILE_LINK_SECONDS", 60)
#: Where browsers are sent to then, for the content policy of our pages.
FILE_STORE_ORIGINS = env.text("FILE_STORE_ORIGINS", file_store_origins(FILE_STORE)) if FILE_REDIRECTS else ""
#: What one person may store in all, and upload in a day (UTC).
STORAGE_PER_PERSON = env.integer("STORAGE_PER_PERSON", 1_000_000_000)
UPLOADS_A_DAY = env.integer("UPLOADS_A_DAY", 200)
UPLOAD_BYTES_A_DAY = env.integer("UPLOAD_BYTES_A_DAY", 500_000_000)
#: A file that is part of nothing after so many days is deleted.
UNATTACHED_FILES_DAYS = env.integer("UNATTACHED_FILES_DAYS", 30)
#: clamd: tcp://host:3310 or unix:///run/clamav/clamd.ctl; none: nothing is scanned.
CLAMAV_URL = env.text("CLAMAV_URL")
#: What happens to uploads while clamd does not answer: "refuse" (503) or "accept".
CLAMAV_UNREACHABLE = env.choice("CLAMAV_UNREACHABLE", ("refuse", "accept"))

# Gateways
STRIPE_SECRET_KEY = env.text("STRIPE_SECRET_KEY")
STRIPE_PUBLISHABLE_KEY = env.text("STRIPE_PUBLISHABLE_KEY")
STRIPE_WEBHOOK_SECRET = env.text("STRIPE_WEBHOOK_SECRET")
#: Paystack signs its webhooks with it, too.
PAYSTACK_SECRET_KEY = env.text("PAYSTACK_SECRET_KEY")
_KEYS = {"stripe": STRIPE_SECRET_KEY, "paystack": PAYSTACK_SECRET_KEY}
_LIVE_GATEWAYS = tuple(name for name, key in _KEYS.items() if key)
_SANDBOXES = ("sandbox",) if TESTING else ("sandbox", "sandbox_paystack")
#: Where new payments are made, in this order (payments/routing.py); the first one also pays out.
GATEWAYS = env.words("GATEWAYS", (env.text("GATEWAY"),) if env.text("GATEWAY") else _LIVE_GATEWAYS or _SANDBOXES)
GATEWAY = GATEWAYS[0]
#: Which of them comes first for a currency or a payee's country: "NGN=paystack, KE=paystack".
GATEWAY_PREFERENCES = env.pairs("GATEWAY_PREFERENCES")
#: The ways of paying that are offered, by gateway or gateway/currency: "stripe=card wallet, paystack/NGN=card".
_CARDS = {"stripe": "card", "sandbox": "card"}
PAYMENT_METHODS = {name: tuple(kinds.split()) for name, kinds in {**_CARDS, **env.pairs("PAYMENT_METHODS")}.items()}
#: What the sandbox charges for a payment once `make run` serves the demo marketplace (2.9 % and 30 cents, as a card
#: costs). Tests and stories that count every cent begin with none, and ask for it.
SANDBOX_FEE_BASIS_POINTS = env.integer("SANDBOX_FEE_BASIS_POINTS", 290)
SANDBOX_FEE_FIXED = env.integer("SANDBOX_FEE_FIXED", 30)

# Being paid
#: How many days earnings clear before they can be withdrawn, by what we know of the payee (payments/trust.py).
#: With the sandbox no bank takes anything back unless it is told to, so there nothing waits.
_CLEARING_DAYS = (0, 0, 0) if GATEWAY.startswith("sandbox") else (7, 3, 0)
CLEARING_DAYS = env.numbers("CLEARING_DAYS", dict(zip(("new", "verified", "trusted"), _CLEARING_DAYS, strict=True)))
TRUSTED_AFTER_JOBS = env.integer("TRUSTED_AFTER_JOBS", 5)
TRUSTED_AFTER_DAYS = env.integer("TRUSTED_AFTER_DAYS", 90)
#: How long nothing is withdrawn after somebody's bank account has changed: time to notice a thief.
BANK_COOLING_OFF_DAYS = env.integer("BANK_COOLING_OFF_DAYS", 3)
#: The smallest withdrawal by currency, in minor units ("USD=1000,JPY=1500"); otherwise what a transfer is worth.
MINIMUM_WITHDRAWALS = env.amounts("MINIMUM_WITHDRAWALS")
#: What a payee pays for a withdrawal in minutes: hundredths of a percent, and at least this by currency.
INSTANT_FEE_BASIS_POINTS = env.integer("INSTANT_FEE_BASIS_POINTS", 150)
INSTANT_FEE_MINIMUMS = env.amounts("INSTANT_FEE_MINIMUMS") or {"USD": 50, "EUR": 50, "GBP": 50}

# Chargebacks
#: Who bears the fee that the bank asks for a lost chargeback: the marketplace, or the payee of the payment.
CHARGEBACK_FEE_BORNE_BY = env.text("CHARGEBACK_FEE_BORNE_BY", "marketplace")
#: Evidence that nobody has sent goes to the bank by itself, so many hours before the deadline.
CHARGEBACK_AUTO_SUBMIT = env.flag("CHARGEBACK_AUTO_SUBMIT", default=True)
CHARGEBACK_SUBMIT_HOURS_BEFORE = env.integer("CHARGEBACK_SUBMIT_HOURS_BEFORE", 12)

if GATEWAY.startswith("sandbox") and not PRODUCTION and not EMAIL_URL:
    EMAIL_BACKEND = "jobsphere.mail.mailbox.KeepingMailBackend"

LOG_LEVEL = env.text("LOG_LEVEL", "INFO")
LOG_JSON = env.flag("LOG_JSON", default=PRODUCTION)

#: One line for each request that was answered; without it only those that failed by a fault of ours.
LOG_REQUESTS = env.flag("LOG_REQUESTS", default=PRODUCTION)

LOGGING_CONFIG = None
configure_logging(level=LOG_LEVEL, as_json=LOG_JSON)

# Watching (ADR 0037)
#: What runs here: a version or a commit, for error reports, traces and metrics.
RELEASE = env.text("RELEASE")
METRICS = share_metrics(DATA_DIR, testing=TESTING)
#: Who may read /metrics and what /health/ready knows: whoever sends it as a bearer token.
METRICS_TOKEN = env.text("METRICS_TOKEN")
#: Less than this on the disk of DATA_DIR (and of uploads): the marketplace is not ready.
DISK_MINIMUM_BYTES = env.integer("DISK_MINIMUM_BYTES", 200_000_000)
REPORTING = report_errors(environment=JOBSPHERE_ENV, release=RELEASE)
TRACING = trace(environment=JOBSPHERE_ENV, release=RELEASE)

START = Start(
    secret_is_default=SECRET_KEY == INSECURE_SECRET_KEY or len(SECRET_KEY) < 32,
    debug=DEBUG,
    gateways=GATEWAYS,
    missing_keys=[key for name in GATEWAYS for key in missing_gateway_keys(name, globals())] if PRODUCTION else [],
    public_url=PUBLIC_URL,
    allowed_hosts=ALLOWED_HOSTS,
    encryption_key_is_set=bool(env.text("ENCRYPTION_KEYS")),
    mail_is_set=bool(EMAIL_URL),
)
if PRODUCTION:
    refuse_insecure_production(START)
#: What production would refuse of all this, in words.
INSECURE = insecure_settings(START)
#: Every variable that was read, for `manage.py doctor`.
ENVIRONMENT = env.asked
