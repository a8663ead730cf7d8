"""How the marketplace is set up: what is public of it, and where each value comes from. Never a secret."""

import os

from django.conf import settings
from django.db import connection

from jobsphere.backoffice.types import SettingView
from jobsphere.kit.actor import Actor, require_right

OPERATIONS = "operations"

#: The variable, the setting that it fills, and what it means. Whatever may hold a password is told as yes or no below.
_PLAIN = (
    ("JOBSPHERE_ENV", "JOBSPHERE_ENV", "development or production"),
    ("PUBLIC_URL", "PUBLIC_URL", "the address that people know"),
    ("ALLOWED_HOSTS", "ALLOWED_HOSTS", "host names that are answered"),
    ("CORS_ORIGINS", "CORS_ORIGINS", "other sites whose pages may call the API"),
    ("GATEWAYS", "GATEWAYS", "where new payments are made, in this order"),
    ("GATEWAY_PREFERENCES", "GATEWAY_PREFERENCES", "which gateway comes first for a currency or a payee's country"),
    ("PAYMENT_METHODS", "PAYMENT_METHODS", "the ways of paying that are offered, by gateway or gateway/currency"),
    ("DEFAULT_CURRENCY", "DEFAULT_CURRENCY", "the marketplace's own currency"),
    ("AUTO_RELEASE_DAYS", "AUTO_RELEASE_DAYS", "days of silence after which handed-in work is paid"),
    ("CLEARING_DAYS", "CLEARING_DAYS", "days that earnings clear, by what is known of the payee"),
    ("TRUSTED_AFTER_JOBS", "TRUSTED_AFTER_JOBS", "paid jobs after which a payee is trusted"),
    ("TRUSTED_AFTER_DAYS", "TRUSTED_AFTER_DAYS", "days with us after which a payee is trusted"),
    ("BANK_COOLING_OFF_DAYS", "BANK_COOLING_OFF_DAYS", "days without withdrawals after a bank account has changed"),
    ("MINIMUM_WITHDRAWALS", "MINIMUM_WITHDRAWALS", "the smallest withdrawal by currency, in minor units"),
    ("INSTANT_FEE_BASIS_POINTS", "INSTANT_FEE_BASIS_POINTS", "what an instant withdrawal costs"),
    ("INSTANT_FEE_MINIMUMS", "INSTANT_FEE_MINIMUMS", "and at least this, by currency"),
    ("CHARGEBACK_FEE_BORNE_BY", "CHARGEBACK_FEE_BORNE_BY", "who bears the bank's fee: marketplace or payee"),
    ("CHARGEBACK_AUTO_SUBMIT", "CHARGEBACK_AUTO_SUBMIT", "whether evidence goes to the bank by itself"),
    ("CHARGEBACK_SUBMIT_HOURS_BEFORE", "CHARGEBACK_SUBMIT_HOURS_BEFORE", "how long before the deadline"),
    ("MAX_FILE_SIZE", "MAX_FILE_SIZE", "the largest upload, in bytes"),
    ("REQUIRE_VERIFIED_EMAIL", "REQUIRE_VERIFIED_EMAIL", "whether signing in needs a proven address"),
    ("ACCESS_TOKEN_MINUTES", "ACCESS_TOKEN_LIFETIME", "how long an access token lives"),
    ("REFRESH_TOKEN_DAYS", "REFRESH_TOKEN_LIFETIME", "how long a sign-in lives without being used"),
    ("DEFAULT_FROM_EMAIL", "DEFAULT_FROM_EMAIL", "the sender of letters"),
    ("LOG_LEVEL", "LOG_LEVEL", "how much is logged"),
)
_CONFIGURED = (
    ("SECRET_KEY", "whether the key that signs tokens is the operator's own"),
    ("ENCRYPTION_KEYS", "whether the keys that seal documents and secrets are the operator's own"),
    ("DATABASE_URL", "whether a database other than the embedded one is used"),
    ("REDIS_URL", "whether a shared cache is used"),
    ("EMAIL_URL", "whether letters are sent and not printed"),
    ("STRIPE_SECRET_KEY", "whether Stripe can be used"),
    ("STRIPE_WEBHOOK_SECRET", "whether Stripe's webhooks can be verified"),
    ("PAYSTACK_SECRET_KEY", "whether Paystack can be used, and its webhooks verified"),
)


def operating_settings(viewer: Actor) -> list[SettingView]:
    """Return every public setting in force; raises Forbidden without the right "operations"."""
    require_right(viewer, OPERATIONS)
    plain = [
        SettingView(variable, _text(getattr(settings, name)), _source(variable), meaning)
        for variable, name, meaning in _PLAIN
    ]
    rates = [
        SettingView(_throttle(action), rate, _source(_throttle(action)), f"requests of one person: {action}")
        for action, rate in settings.THROTTLE_RATES.items()
    ]
    configured = [
        SettingView(variable, "set" if _is_set(variable) else "not set", _source(variable), meaning)
        for variable, meaning in _CONFIGURED
    ]
    engine = SettingView("database", connection.vendor, _source("DATABASE_URL"), "the database engine in use")
    return [*plain, *rates, *configured, engine]


def _throttle(action: str) -> str:
    return f"THROTTLE_{action.upper().replace('-', '_')}"


def _text(value: object) -> str:
    return ", ".join(str(each) for each in value) if isinstance(value, list | tuple) else str(value)


def _is_set(variable: str) -> bool:
    return bool(os.environ.get(variable) or os.environ.get(f"{variable}_FILE"))


def _source(variable: str) -> str:
    return "environment" if _is_set(variable) else "default"
