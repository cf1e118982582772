"""Settings of Rondom: one file, read from the environment and the data folder.

RONDOM_DATA           data folder (default var/)
RONDOM_KEY_FILE       key file; a production installation must name one outside the data folder
RONDOM_DATABASE_URL   postgresql://user:password@host:port/name; default: SQLite in the data folder
RONDOM_LOOKS_URL      the same for the look store; default: <name>_looks beside the database
RONDOM_DOCUMENT_LIMIT largest document in megabytes (default 25)
RONDOM_EXCHANGE       folder with a watched folder of messages per municipality (default exchange/ in the data folder)
RONDOM_STUF_FILE      file of lines to the hub, for messages over https (docs/how-to/exchange-over-https.md)
RONDOM_CLAMD          socket or host:port of clamd (default: the usual sockets)
RONDOM_LOG_DAYS       days a log file is kept (default 30)
RONDOM_BACKUP_HOURS   age of the last backup at which a production installation is no longer ready (default 26)
RONDOM_HOSTS          host names served, separated by commas
RONDOM_PROXIES        number of our own proxies in front, for the address of the browser (default 0)
RONDOM_OIDC_FILE      identity providers of residents and staff (docs/how-to/oidc.md)
RONDOM_PORTAL_ASSURANCE   level residents need: low, substantial or high (default substantial)
RONDOM_IDLE_MINUTES   minutes of rest after which staff sign in again (default 30)
RONDOM_IDLE_MINUTES_RESIDENT   the same for residents (default 15)
RONDOM_THEME          folder with the municipality's own theme.css, fonts and logo.svg (docs/how-to/theme.md)
RONDOM_THEME_CLASS    class of that theme, e.g. "utrecht-theme"
RONDOM_ADVISER        confidential adviser shown to residents: name|phone|address of the website
"""

import datetime as dt
import os
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from django.utils.csp import CSP

from rondom import installation
from rondom.core import logs

INSTALLATION = installation.find()
DATA: Path = INSTALLATION.folder
KIND = INSTALLATION.kind
PRODUCTION = KIND == "production"
DEMO = KIND == "demo"
PACKAGE = Path(__file__).parent
RONDOM_KEY_FILE = INSTALLATION.key_file

DEBUG = False
ALLOWED_HOSTS = os.environ.get("RONDOM_HOSTS", "127.0.0.1,localhost").split(",")
USE_X_FORWARDED_HOST = False
ROOT_URLCONF = "rondom.urls"
WSGI_APPLICATION = "rondom.wsgi.application"


def _secret_keys() -> list[str]:
    """Newest first: while keys rotate, what was signed under the older generation still counts."""
    from rondom.core import keys

    ring = keys.KeyRing.read(RONDOM_KEY_FILE, private=PRODUCTION)
    return [ring.derive("django", "", generation).hex() for generation in reversed(ring.generations)]


SECRET_KEY, *SECRET_KEY_FALLBACKS = _secret_keys()

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",  # so that our own form templates are found before its own
    "django_tasks_db",
    "rondom.core",
    "rondom.reference",
    "rondom.accounts",
    "rondom.privacy",
    "rondom.aids",
    "rondom.providers",
    "rondom.people",
    "rondom.dossiers",
    "rondom.documents",
    "rondom.crisis",
    "rondom.indicators",
    "rondom.reports",
    "rondom.safety",
    "rondom.entry",
    "rondom.plans",
    "rondom.decisions",
    "rondom.allocations",
    "rondom.exchange",
    "rondom.desk",
    "rondom.configuration",
    "rondom.portal",
    "rondom.api",
    "allauth",  # below ours: of two Dutch words for one English one, the first app's is said
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
]
if DEMO:
    INSTALLED_APPS.append("rondom.demo")  # one-click sign-in lives here; production settings never import it

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "rondom.core.logs.AccessLog",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "rondom.core.middleware.ResponseDefaults",
    "rondom.api.middleware.NoCookies",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "rondom.core.middleware.ChosenLanguage",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "rondom.accounts.middleware.PrincipalMiddleware",
    "rondom.core.middleware.ErrorPages",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PACKAGE / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.csp",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "rondom.core.context.shell",
            ],
        },
    }
]


def _sqlite(name: str) -> dict[str, Any]:
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": DATA / "db" / f"{name}.sqlite3",
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON;",
        },
    }


def _postgresql(url: str) -> dict[str, Any]:
    parts = urlsplit(url)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 0,
        "OPTIONS": {"pool": {"min_size": 1, "max_size": 8}},
    }


def _databases() -> dict[str, Any]:
    url = os.environ.get("RONDOM_DATABASE_URL")
    if not url:
        return {"default": _sqlite("rondom"), "looks": _sqlite("looks")}
    looks = os.environ.get("RONDOM_LOOKS_URL", url + "_looks")
    return {"default": _postgresql(url), "looks": _postgresql(looks)}


DATABASES = _databases()
DATABASE_ROUTERS = ["rondom.core.routers.LookRouter"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {
    "default": {  # shared between workers: a one-time code counts once, limits hold over processes
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "core_cache",
    }
}
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

AUTH_USER_MODEL = "accounts.Account"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
if DEMO:
    AUTHENTICATION_BACKENDS.append("rondom.demo.backends.OneClick")
LOGIN_URL = "/aanmelden/"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "rondom.accounts.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]  # there is no sign-up page; checks want the list
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_REAUTHENTICATION_TIMEOUT = 600
ACCOUNT_RATE_LIMITS = {  # a whole town hall may share one address: per account strict, per address wide
    "login": "300/m/ip",
    "login_failed": "60/m/ip,5/300s/key",
}
ACCOUNT_FORMS = {"login": "rondom.accounts.forms.SignIn", "reauthenticate": "rondom.accounts.forms.PasswordAgain"}
ALLAUTH_TRUSTED_PROXY_COUNT = int(os.environ.get("RONDOM_PROXIES", "0"))
MFA_ADAPTER = "rondom.accounts.adapters.MFAAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_TOTP_ISSUER = "Rondom"
MFA_TOTP_TOLERANCE = 0  # a wider window would outlive the memory of used codes: a code could be used again
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not PRODUCTION
MFA_FORMS = {
    "authenticate": "rondom.accounts.forms.Code",
    "reauthenticate": "rondom.accounts.forms.CodeAgain",
    "activate_totp": "rondom.accounts.forms.FirstCode",
}
SOCIALACCOUNT_ADAPTER = "rondom.accounts.oidc.SocialAdapter"
SOCIALACCOUNT_LOGIN_ON_GET = True  # a link, so that no form of ours points outside (form-action stays 'self')
SOCIALACCOUNT_STORE_TOKENS = False
RONDOM_OIDC_FILE = os.environ.get("RONDOM_OIDC_FILE", "")
RONDOM_PORTAL_ASSURANCE = os.environ.get("RONDOM_PORTAL_ASSURANCE", "substantial")
RONDOM_IDLE_MINUTES = int(os.environ.get("RONDOM_IDLE_MINUTES", "30"))
RONDOM_IDLE_MINUTES_RESIDENT = int(os.environ.get("RONDOM_IDLE_MINUTES_RESIDENT", "15"))
PASSWORD_HASHERS = ["django.contrib.auth.hashers.ScryptPasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]

SESSION_COOKIE_NAME = "rondom"
SESSION_COOKIE_AGE = 60 * 60 * 9
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = PRODUCTION
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SECURE_SSL_REDIRECT = PRODUCTION
SECURE_HSTS_SECONDS = 31_536_000 if PRODUCTION else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = PRODUCTION
SECURE_REFERRER_POLICY = "same-origin"
CSRF_FAILURE_VIEW = "rondom.core.views.form_expired"
X_FRAME_OPTIONS = "DENY"
SECURE_CSP = {
    "default-src": [CSP.NONE],
    "script-src": [CSP.SELF],
    "style-src": [CSP.SELF],
    "img-src": [CSP.SELF],
    "font-src": [CSP.SELF],
    "connect-src": [CSP.SELF],
    "form-action": [CSP.SELF],
    "base-uri": [CSP.NONE],
    "frame-ancestors": [CSP.NONE],
}

FORM_RENDERER = "rondom.core.forms.Renderer"

LANGUAGE_CODE = "nl"
LANGUAGES = [("nl", "Nederlands"), ("en", "English")]
LOCALE_PATHS = [PACKAGE / "locale"]
TIME_ZONE = "Europe/Amsterdam"
USE_TZ = True
USE_I18N = True

RONDOM_THEME = os.environ.get("RONDOM_THEME", "")
RONDOM_THEME_CLASS = os.environ.get("RONDOM_THEME_CLASS", "")
RONDOM_ADVISER = os.environ.get("RONDOM_ADVISER", "Jeugdstem|088 555 1000|https://jeugdstem.nl").split("|")

STATIC_URL = "static/"
STATICFILES_DIRS: list[Any] = [PACKAGE / "static"]
if RONDOM_THEME:
    STATICFILES_DIRS.append(("theme", RONDOM_THEME))
STATIC_ROOT = DATA / "static"
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_000_000
FILE_UPLOAD_HANDLERS = ["rondom.documents.uploads.SealedUploadHandler"]  # encrypted from the first byte
FILE_UPLOAD_TEMP_DIR = DATA / "upload"
RONDOM_DOCUMENTS = DATA / "documents"
RONDOM_DOCUMENT_LIMIT = int(os.environ.get("RONDOM_DOCUMENT_LIMIT", "25")) * 1_000_000  # megabytes per file
RONDOM_CLAMD = os.environ.get("RONDOM_CLAMD", "")  # socket or host:port of the virus scanner; "" looks in usual places
RONDOM_LEDGER = DATA / "ledger"
RONDOM_EXCHANGE = Path(os.environ.get("RONDOM_EXCHANGE") or DATA / "exchange")  # a watched folder per municipality
RONDOM_STUF_FILE = os.environ.get("RONDOM_STUF_FILE", "")  # lines to the hub; without it the folder is the way
RONDOM_BACKUP_AGE = dt.timedelta(hours=float(os.environ.get("RONDOM_BACKUP_HOURS", "26")))  # older is not ready
RONDOM_LOGS = DATA / "logs"
RONDOM_LOG_DAYS = int(os.environ.get("RONDOM_LOG_DAYS", "30"))
LOGGING = logs.configuration(RONDOM_LOGS)
RONDOM_TABLES = DATA / "tables"  # decision tables of this municipality, beside those that come with Rondom
