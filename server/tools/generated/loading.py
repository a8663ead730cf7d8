"""What generated pages ask of the code before they are written."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec


def load_everything() -> None:
    """Import what defines errors and events; some modules are otherwise loaded only with the first request."""
    from django.apps import apps
    from django.urls import get_resolver

    for config in apps.get_app_configs():
        for name in ("errors", "events"):
            if config.name.startswith("jobsphere.") and find_spec(f"{config.name}.{name}"):
                import_module(f"{config.name}.{name}")
    assert get_resolver().url_patterns, "the routes load every view"


def is_ours(kind: type) -> bool:
    """Say whether a class belongs to the product and not to a test."""
    return kind.__module__.startswith("jobsphere.") and ".tests." not in kind.__module__
