"""Typed readers of the environment. `X_FILE` names a file that holds the value of X (for secrets)."""

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.core.exceptions import ImproperlyConfigured

_TRUE = {"1", "true", "yes", "on"}
_FALSE = {"0", "false", "no", "off", ""}


@dataclass(frozen=True, slots=True)
class Asked:
    """A variable that was read: what holds without it, and where its value came from."""

    default: str
    source: str


#: Every variable that was read so far, for `manage.py doctor`.
asked: dict[str, Asked] = {}


def text(name: str, default: str = "") -> str:
    """Return the variable, or the content of the file that `<name>_FILE` points to, or the default."""
    file_name, given = os.environ.get(f"{name}_FILE"), name in os.environ
    asked[name] = Asked(default, f"{name}_FILE" if file_name else "environment" if given else "default")
    if file_name:
        try:
            return Path(file_name).read_text(encoding="utf-8").strip()
        except OSError as error:
            raise ImproperlyConfigured(f"{name}_FILE: {error.strerror}") from error
    return os.environ.get(name, default).strip()


def flag(name: str, default: bool = False) -> bool:
    """Return a yes/no variable; anything but the usual words is refused."""
    value = text(name, "yes" if default else "no").lower()
    if value in _TRUE:
        return True
    if value in _FALSE:
        return False
    raise ImproperlyConfigured(f"{name} must be yes or no, not {value!r}")


def choice(name: str, allowed: tuple[str, ...]) -> str:
    """Return one of the words; the first is the default."""
    value = text(name, allowed[0])
    if value not in allowed:
        raise ImproperlyConfigured(f"{name} must be one of {', '.join(allowed)}, not {value!r}")
    return value


def integer(name: str, default: int) -> int:
    """Return a whole number."""
    value = text(name, str(default))
    try:
        return int(value)
    except ValueError as error:
        raise ImproperlyConfigured(f"{name} must be a whole number, not {value!r}") from error


def ratio(name: str, default: float) -> float:
    """Return a share between 0 and 1."""
    value = text(name, str(default))
    try:
        share = float(value)
    except ValueError:
        share = -1.0
    if not 0 <= share <= 1:
        raise ImproperlyConfigured(f"{name} must be a number from 0 to 1, not {value!r}")
    return share


def time_zone(name: str, default: str) -> str:
    """Return the name of a time zone: "Europe/Berlin"."""
    value = text(name, default)
    try:
        ZoneInfo(value)
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise ImproperlyConfigured(f"{name} must be a time zone as in Europe/Berlin, not {value!r}") from error
    return value


def pairs(name: str) -> dict[str, str]:
    """Return comma-separated pairs: "NGN=paystack, KE=paystack"."""
    found = [word.partition("=") for word in words(name)]
    if wrong := [key for key, equals, value in found if not (key.strip() and equals and value.strip())]:
        raise ImproperlyConfigured(f"{name} is a list of name=value, separated by commas; {wrong[0]!r} is none")
    return {key.strip(): value.strip() for key, _, value in found}


def words(name: str, default: tuple[str, ...] = ()) -> list[str]:
    """Return a comma-separated list."""
    value = text(name)
    return [word.strip() for word in value.split(",") if word.strip()] if value else list(default)


def numbers(name: str, default: dict[str, int], *, least: dict[str, int] | None = None) -> dict[str, int]:
    """Return named whole numbers, as in "new=7,verified=3"; those that are not named keep their default.

    `least` says how small some may be.
    """
    given = dict(default)
    for word in words(name):
        key, _, value = word.partition("=")
        if key not in default or not value.isdigit():
            raise ImproperlyConfigured(f"{name}: {word!r} is not one of {', '.join(default)} with a whole number")
        given[key] = int(value)
        if given[key] < (least or {}).get(key, 0):
            raise ImproperlyConfigured(f"{name}: {key} must be {(least or {})[key]} or more")
    return given


def amounts(name: str) -> dict[str, int]:
    """Return whole minor units by currency, as in "USD=1000,JPY=1500"."""
    given: dict[str, int] = {}
    for word in words(name):
        currency, _, value = word.partition("=")
        if len(currency) != 3 or not currency.isupper() or not value.isdigit():
            raise ImproperlyConfigured(f"{name}: {word!r} is not a currency with a whole number, as in USD=1000")
        given[currency] = int(value)
    return given


#: How a mail address speaks: with STARTTLS after a greeting in clear, or in TLS from the first byte.
_MAIL_PORTS = {"smtp": 587, "smtps": 465}


def mail(url: str) -> dict[str, Any]:
    """Return Django's mail settings for a URL.

    smtp:// demands STARTTLS, unless it ends in ?starttls=no (a relay on the same machine); smtps:// is TLS from the
    first byte; console:// prints what people would read; file:///folder writes each letter to a file.
    """
    parts = urlsplit(url or "console://")
    if parts.scheme == "console":
        return {"EMAIL_BACKEND": "jobsphere.mail.mailbox.PrintingMailBackend"}
    if parts.scheme == "file":
        return {
            "EMAIL_BACKEND": "django.core.mail.backends.filebased.EmailBackend",
            "EMAIL_FILE_PATH": unquote(parts.path),
        }
    if parts.scheme not in _MAIL_PORTS or not parts.hostname:
        raise ImproperlyConfigured("EMAIL_URL must be smtp://…, smtps://…, console:// or file:///folder")
    secure = dict(parse_qsl(parts.query)).get("starttls", "yes")
    if secure not in ("yes", "no"):
        raise ImproperlyConfigured("EMAIL_URL: starttls is yes or no")
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": parts.port or _MAIL_PORTS[parts.scheme],
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_SSL": parts.scheme == "smtps",
        "EMAIL_USE_TLS": parts.scheme == "smtp" and secure == "yes",
        # A mail server that accepts and never answers must not hold a worker.
        "EMAIL_TIMEOUT": 20,
    }


def database(url: str, data_dir: Path) -> dict[str, Any]:
    """Return Django's database entry for a URL; without one, an embedded SQLite file in the data folder.

    SQLite runs in WAL with IMMEDIATE transactions: the default mode lost 229 of 320 concurrent debits to
    "database is locked", this one none (STACK.md).
    """
    if not url:
        url = f"sqlite:///{data_dir / 'jobsphere.sqlite3'}"
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": unquote(parts.path[1:]) or ":memory:",
            "CONN_MAX_AGE": 60,
            "OPTIONS": {
                "timeout": 20,
                "transaction_mode": "IMMEDIATE",
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-32000;",
            },
        }
    if parts.scheme not in {"postgres", "postgresql"}:
        raise ImproperlyConfigured("DATABASE_URL must start with postgres:// or sqlite://")
    # A statement that was seen twice is prepared: PostgreSQL then parses and plans it no more. Before a proxy that
    # pools by transaction, add ?prepare_threshold=none to the URL.
    options: dict[str, Any] = {"server_side_binding": True, "prepare_threshold": 2, **dict(parse_qsl(parts.query))}
    threshold = str(options["prepare_threshold"])
    options["prepare_threshold"] = int(threshold) if threshold.isdigit() else None
    return {
        "ENGINE": "jobsphere.db.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or options.pop("host", ""),
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": options,
    }
