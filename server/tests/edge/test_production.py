"""Production refuses to start on anything insecure, and names all of it at once (DESIGN §8)."""

from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured

from config.production import insecure_settings, refuse_insecure_production

SAFE: dict[str, Any] = {
    "secret_is_default": False,
    "debug": False,
    "gateway": "stripe",
    "webhook_secret": "whsec_x",
    "public_url": "https://jobs.example",
    "allowed_hosts": ["jobs.example"],
}


def test_safe_settings_are_let_through() -> None:
    assert insecure_settings(**SAFE) == []
    refuse_insecure_production(**SAFE)


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"secret_is_default": True}, "SECRET_KEY"),
        ({"debug": True}, "DEBUG"),
        ({"gateway": "sandbox"}, "sandbox"),
        ({"webhook_secret": ""}, "STRIPE_WEBHOOK_SECRET"),
        ({"public_url": "http://jobs.example"}, "PUBLIC_URL"),
        ({"allowed_hosts": ["*"]}, "ALLOWED_HOSTS"),
        ({"allowed_hosts": []}, "ALLOWED_HOSTS"),
    ],
)
def test_each_insecure_setting_is_named(change: dict[str, Any], named: str) -> None:
    with pytest.raises(ImproperlyConfigured, match=named):
        refuse_insecure_production(**{**SAFE, **change})


def test_everything_that_is_wrong_is_said_in_one_start() -> None:
    wrong = {**SAFE, "debug": True, "gateway": "sandbox", "public_url": "http://jobs.example"}
    assert len(insecure_settings(**wrong)) == 3
