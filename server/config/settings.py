"""All settings, in one place. With no variable set everything works (DESIGN §8); each variable upgrades one part."""

import sys
from datetime import timedelta
from importlib import import_module
from pathlib import Path

from django.utils.functional import SimpleLazyObject

from config import env
from config.logs import configure_logging
from config.production import refuse_insecure_production

BASE_DIR = Path(__file__).resolve().parent.parent
REPOSITORY_DIR = BASE_DIR.parent
DATA_DIR = Path(env.text("DATA_DIR", str(REPOSITORY_DIR / "var"))).resolve()
DATA_DIR.mkdir(parents=True, exist_ok=True)

JOBSPHERE_ENV = env.text("JOBSPHERE_ENV", "development")
PRODUCTION = JOBSPHERE_ENV == "production"
TESTING = "pytest" in sys.modules or JOBSPHERE_ENV == "test"

INSECURE_SECRET_KEY = "insecure-development-key-that-production-refuses-to-start-with"  # noqa: S105  production refuses it
SECRET_KEY = env.text("SECRET_KEY", INSECURE_SECRET_KEY)
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
            "users",
            "files",
            "notifications",
            "profiles",
            "ledger",
            "payments",
            "escrow",
            "messaging",
            "jobs",
            "contracts",
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

# People
AUTH_USER_MODEL = "users.User"
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
#: allauth keeps the address book; people have no user name.
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
REQUIRE_VERIFIED_EMAIL = env.flag("REQUIRE_VERIFIED_EMAIL")
ACCESS_TOKEN_LIFETIME = timedelta(minutes=env.integer("ACCESS_TOKEN_MINUTES", 10))
REFRESH_TOKEN_LIFETIME = timedelta(days=env.integer("REFRESH_TOKEN_DAYS", 30))

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
    "NUM_PROXIES": 1 if env.flag("TRUST_PROXY") else 0,
}
#: Requests per period by action, for one person or (signed out) one address.
THROTTLE_RATES = {
    "read": env.text("THROTTLE_READ", "1200/min"),
    "write": env.text("THROTTLE_WRITE", "300/min"),
    "money": env.text("THROTTLE_MONEY", "60/min"),
    "sign-in": env.text("THROTTLE_SIGN_IN", "20/min"),
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
#: The built web app (`make run` builds it); without it the server's first page stands at /.
WEB_DIST = REPOSITORY_DIR / "web" / "dist"
WHITENOISE_ROOT = WEB_DIST if (WEB_DIST / "index.html").exists() else None
WHITENOISE_IMMUTABLE_FILE_TEST = r"^/assets/.+[-.][A-Za-z0-9_-]{8,}\.\w+$"
WHITENOISE_AUTOREFRESH = False

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = PRODUCTION
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if env.flag("TRUST_PROXY") else None
SECURE_HSTS_SECONDS = 31_536_000 if PRODUCTION else 0
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024

# Mail: printed and kept until EMAIL_URL says otherwise.
EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
DEFAULT_FROM_EMAIL = env.text("DEFAULT_FROM_EMAIL", "JobSphere <no-reply@jobsphere.example>")

#: Busy lists as JSON made by PostgreSQL; "no" sends them through the serializers, should one ever be wrong.
HOT_READS = env.flag("HOT_READS", default=True)

# Marketplace
DEFAULT_CURRENCY = env.text("DEFAULT_CURRENCY", "USD")
AUTO_RELEASE_DAYS = env.integer("AUTO_RELEASE_DAYS", 7)

# Files (R93)
UPLOAD_DIR = Path(env.text("UPLOAD_DIR", str(DATA_DIR / "upload")))
MAX_FILE_SIZE = env.integer("MAX_FILE_SIZE", 10_485_760)
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": str(UPLOAD_DIR), "file_permissions_mode": 0o600, "directory_permissions_mode": 0o700},
    },
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}

# Gateways
STRIPE_SECRET_KEY = env.text("STRIPE_SECRET_KEY")
STRIPE_PUBLISHABLE_KEY = env.text("STRIPE_PUBLISHABLE_KEY")
STRIPE_WEBHOOK_SECRET = env.text("STRIPE_WEBHOOK_SECRET")
GATEWAY = env.text("GATEWAY", "stripe" if STRIPE_SECRET_KEY else "sandbox")

LOG_LEVEL = env.text("LOG_LEVEL", "INFO")
LOG_JSON = env.flag("LOG_JSON", default=PRODUCTION)

LOGGING_CONFIG = None
configure_logging(level=LOG_LEVEL, as_json=LOG_JSON)

if PRODUCTION:
    refuse_insecure_production(
        secret_is_default=SECRET_KEY == INSECURE_SECRET_KEY or len(SECRET_KEY) < 32,
        debug=DEBUG,
        gateway=GATEWAY,
        webhook_secret=STRIPE_WEBHOOK_SECRET,
        public_url=PUBLIC_URL,
        allowed_hosts=ALLOWED_HOSTS,
    )
