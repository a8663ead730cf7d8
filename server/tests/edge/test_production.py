"""Production refuses to start on anything insecure, and names all of it at once (DESIGN §8)."""

from dataclasses import replace
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured

from config.production import Start, insecure_settings, refuse_insecure_production

SAFE = Start(
    secret_is_default=False,
    debug=False,
    gateways=["stripe"],
    missing_keys=[],
    public_url="https://jobs.example",
    allowed_hosts=["jobs.example"],
    encryption_key_is_set=True,
    mail_is_set=True,
)


def test_safe_settings_are_let_through() -> None:
    assert insecure_settings(SAFE) == []
    refuse_insecure_production(SAFE)


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"secret_is_default": True}, "SECRET_KEY"),
        ({"debug": True}, "DEBUG"),
        ({"gateways": ["sandbox"]}, "sandbox"),
        ({"gateways": ["stripe", "sandbox_paystack"]}, "sandbox"),
        ({"missing_keys": ["STRIPE_WEBHOOK_SECRET"]}, "STRIPE_WEBHOOK_SECRET"),
        ({"public_url": "http://jobs.example"}, "PUBLIC_URL"),
        ({"allowed_hosts": ["*"]}, "ALLOWED_HOSTS"),
        ({"allowed_hosts": []}, "ALLOWED_HOSTS"),
        ({"encryption_key_is_set": False}, "ENCRYPTION_KEYS"),
        ({"mail_is_set": False}, "EMAIL_URL"),
    ],
)
def test_each_insecure_setting_is_named(change: dict[str, Any], named: str) -> None:
    with pytest.raises(ImproperlyConfigured, match=named):
        refuse_insecure_production(replace(SAFE, **change))


def test_everything_that_is_wrong_is_said_in_one_start() -> None:
    wrong = replace(SAFE, debug=True, gateways=["stripe", "sandbox"], public_url="http://jobs.example")
    assert len(insecure_settings(wrong)) == 3
