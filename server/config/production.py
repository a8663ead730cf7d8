"""What production refuses to start with (DESIGN §8)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ImproperlyConfigured

from config import env


def missing_gateway_keys(gateway: str, settings: Mapping[str, Any]) -> list[str]:
    """Return the settings that the gateway needs and nobody has set. Raises ImproperlyConfigured for a stranger."""
    # Adapters bring libraries that a start in development does without.
    from jobsphere.payments.gateways.registry import registered

    if gateway not in registered():
        raise ImproperlyConfigured(f"GATEWAY: there is no {gateway!r}; there are {', '.join(registered())}.")
    return [name for name in registered()[gateway].needs if not (settings.get(name) or env.text(name))]


@dataclass(frozen=True, slots=True)
class Start:
    """What decides whether a start is safe for real money."""

    secret_is_default: bool
    debug: bool
    gateways: Sequence[str]
    missing_keys: Sequence[str]
    public_url: str
    allowed_hosts: Sequence[str]
    encryption_key_is_set: bool
    mail_is_set: bool


def insecure_settings(start: Start) -> list[str]:
    """Return one sentence for each setting that is unsafe for real money, with its remedy."""
    plain_http = not start.public_url.startswith("https://")
    open_hosts = not start.allowed_hosts or "*" in start.allowed_hosts
    sandboxed = any(name.startswith("sandbox") for name in start.gateways)
    found = [
        (
            start.secret_is_default,
            "SECRET_KEY is the default or shorter than 32 characters: set a long random value.",
        ),
        (start.debug, "DEBUG is on: it shows internals to strangers. Unset it."),
        (
            sandboxed,
            "The gateway is the sandbox: set STRIPE_SECRET_KEY or PAYSTACK_SECRET_KEY, or run without"
            " JOBSPHERE_ENV=production.",
        ),
        (
            bool(start.missing_keys),
            f"A gateway in use lacks {' and '.join(start.missing_keys)}: it could not be asked, or its webhooks not be"
            " believed. Copy them from its dashboard (docs/gateways.md).",
        ),
        (plain_http, "PUBLIC_URL is plain HTTP: put TLS in front and set PUBLIC_URL=https://…."),
        (open_hosts, "ALLOWED_HOSTS is open: name the hosts that this marketplace answers to."),
        (
            not start.encryption_key_is_set,
            "ENCRYPTION_KEYS is not set: documents and secrets could not be sealed. Make one with"
            " `manage.py rotate-keys --new-key` and keep it outside of the database and its backups.",
        ),
        (
            not start.mail_is_set,
            "EMAIL_URL is not set: codes and links would be printed into the log, and nobody could get back into an"
            " account. Set smtp://user:password@host.",
        ),
    ]
    return [words for is_wrong, words in found if is_wrong]


def refuse_insecure_production(start: Start) -> None:
    """Raise ImproperlyConfigured that lists everything unsafe at once, so that one start shows all of it."""
    if problems := insecure_settings(start):
        raise ImproperlyConfigured("Production refuses to start:\n- " + "\n- ".join(problems))
