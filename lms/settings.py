"""All settings, read from the environment; the defaults run on one machine with nothing else."""

import os
from pathlib import Path

from django.utils.csp import CSP

from lms.environment import (
    broker_options,
    caches,
    console_logging,
    database,
    env_list,
    env_text,
    env_truth,
    mailer,
    secret_key,
    storage,
)
from lms.sweeps import SWEEPS

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = Path(env_text("TAKUMI_VAR", str(BASE_DIR / "var")))
VAR_DIR.mkdir(parents=True, exist_ok=True)
# WeasyPrint reads this once, at its first import.
os.environ.setdefault("FONTCONFIG_FILE", str(BASE_DIR / "assets" / "fonts" / "fonts.conf"))

# The demo world signs people in with passwords that stand in the README; a real site sets TAKUMI_DEMO=0.
DEMO = env_truth("TAKUMI_DEMO", default=True)
DEBUG = env_truth("DEBUG", default=False)
SECRET_KEY = secret_key(VAR_DIR)
SITE_URL = env_text("SITE_URL", "http://127.0.0.1:8000").rstrip("/")
ALLOWED_HOSTS = env_list("ALLOWED_HOSTS", "127.0.0.1,localhost,[::1]")
CSRF_TRUSTED_ORIGINS = env_list("CSRF_TRUSTED_ORIGINS", SITE_URL)

INSTALLED_APPS = [
    "bench",
    "demo",
    "lms",
    "grants",
    "courses",
    "mentors",
    "trials",
    "firms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django_htmx",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "django.forms",
]

MIDDLEWARE = [
    "lms.running.logs.told",
    "django.middleware.security.SecurityMiddleware",
    "firms.web.compressing.PackText",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "firms.web.tongue.chosen",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "firms.offline.answering.plainly",
    "firms.web.middleware.acting",
    "firms.web.middleware.second_factor",
    "lms.easy.reading.easily",
    "firms.web.middleware.one_event",
    "firms.web.typed.keeping",
    "firms.web.once.Once",
]

ROOT_URLCONF = "lms.urls"
WSGI_APPLICATION = "lms.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "firms.web.tongue.Templates",
        "NAME": "django",
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "lms.templatetags.takumi",
                "lms.templatetags.slots",
                "lms.templatetags.words",
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "lms.context.page",
                "demo.context.page",
            ],
        },
    }
]
FORM_RENDERER = "lms.face.FormRenderer"

DATABASES = {"default": database(env_text("DATABASE_URL"), var=VAR_DIR)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES: dict[str, dict[str, object]] = caches(env_text("CACHE_URL"), var=VAR_DIR)

# People and sign-in: by e-mail, by invitation, with a second factor where roles ask for it.
AUTH_USER_MODEL = "firms.Person"
AUTHENTICATION_BACKENDS = ["firms.web.accounts.Backend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in ("UserAttributeSimilarityValidator", "MinimumLengthValidator", "CommonPasswordValidator")
] + [{"NAME": "firms.web.accounts.VariedPasswordValidator"}]
# The first makes every new hash; those of the second are made anew when their owner signs in.
PASSWORD_HASHERS = ["firms.web.accounts.PasswordHasher", "django.contrib.auth.hashers.PBKDF2PasswordHasher"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_ADAPTER = "firms.web.accounts.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"  # an accepted invitation has proved the address
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_PREVENT_ENUMERATION = "strict"  # an address typed by somebody else reveals nothing
MFA_ADAPTER = "firms.web.accounts.SecondFactorAdapter"
MFA_ALLOW_UNVERIFIED_EMAIL = True  # a new address waits beside the old one, which holds until it is confirmed
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Takumi"

LANGUAGE_CODE = "ja"
LANGUAGES = [("ja", "日本語"), ("en", "English")]
LANGUAGE_COOKIE_AGE = 365 * 24 * 60 * 60
LANGUAGE_COOKIE_SAMESITE = "Lax"
MESSAGE_STORAGE = "firms.web.tongue.Messages"
LOCALE_PATHS = [BASE_DIR / "lms" / "locale"]
TIME_ZONE = "Asia/Tokyo"
USE_TZ = True

STATIC_URL = "static/"
STATIC_ROOT = VAR_DIR / "static"
STATIC_ROOT.mkdir(exist_ok=True)  # WhiteNoise warns where there is none
MEDIA_ROOT = VAR_DIR / "files"
STORAGES: dict[str, dict[str, object]] = {
    "default": storage(env_text("S3_BUCKET")),
    "staticfiles": {"BACKEND": "lms.collected.StaticFiles"},
}
WHITENOISE_USE_FINDERS = (
    DEBUG or not (STATIC_ROOT / "staticfiles.json").exists()
)  # as they lie in the apps until collected
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
UPLOAD_LIMIT_BYTES = int(env_text("UPLOAD_LIMIT_BYTES", str(10 * 1024 * 1024)))
VIDEO_LIMIT_BYTES = int(env_text("VIDEO_LIMIT_BYTES", str(200 * 1024 * 1024)))
FILM_LIMIT_BYTES = int(env_text("FILM_LIMIT_BYTES", str(4 * 1024 * 1024 * 1024)))  # sent in parts, never held whole
CLAMD_ADDRESS = env_text("CLAMD_ADDRESS")  # host:port; empty means type and hash are checked, viruses are not

DEFAULT_FROM_EMAIL = env_text("DEFAULT_FROM_EMAIL", "Takumi <takumi@localhost>")
MAILERS: dict[str, dict[str, object]] = {"default": mailer(env_text("SMTP_URL"), var=VAR_DIR)}

CELERY_BROKER_URL = env_text("CELERY_BROKER_URL", "filesystem://localhost/")
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TIMEZONE = TIME_ZONE
CELERY_BEAT_SCHEDULE = SWEEPS
CELERY_BROKER_TRANSPORT_OPTIONS = broker_options(CELERY_BROKER_URL, var=VAR_DIR)

SECURE_CSP = {"default-src": [CSP.SELF], "img-src": [CSP.SELF, "data:"], "form-action": [CSP.SELF]}
SECURE_CSP |= {key: [CSP.NONE] for key in ("frame-ancestors", "base-uri")}
CSRF_FAILURE_VIEW = "firms.web.typed.csrf_failure"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SITE_URL.startswith("https://")
SESSION_COOKIE_AGE = 12 * 60 * 60  # a working day
BEHIND_PROXY = env_truth("BEHIND_PROXY", default=False)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_PROXY else None
# Without the proxy's word for it Django cannot tell https from http, and would send people round in circles.
SECURE_SSL_REDIRECT = SESSION_COOKIE_SECURE and BEHIND_PROXY
SECURE_REDIRECT_EXEMPT = ["^(healthz|health/|metrics)$"]
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if SECURE_SSL_REDIRECT else 0
# Subdomains and the preload list bind what else the ward runs under its name: a promise Takumi cannot make for it.
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]
# Limits on sign-in count by the visitor's address, not by the proxy's, which all share.
ALLAUTH_TRUSTED_PROXY_COUNT = int(BEHIND_PROXY)

LOGGING = console_logging(env_text("LOG_LEVEL", "INFO"), env_text("LOG_FORMAT", "line"))
METRICS_TOKEN = env_text("METRICS_TOKEN")  # who carries it may read /metrics; empty means nobody
