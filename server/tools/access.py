"""Writes docs/access.md from the routes' policies: `python -m tools.access [--check]`.

One test fails when the page is stale, another one knocks at every door as every kind of person and compares.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from jobsphere.web.access import Access

PAGE = Path(__file__).resolve().parents[2] / "docs" / "access.md"
METHODS = ("get", "post", "put", "patch", "delete")
VISITOR, UNVERIFIED, CUSTOMER, CONTRACTOR, ADMIN = "visitor", "unverified", "customer", "contractor", "admin"
_PARAMETER = re.compile(r"<(?:\w+:)?(\w+)>")

INTRODUCTION = """# Who may knock where

Generated from the routes' policies by `python -m tools.access` (and `tools.reference`); a test fails when it is stale,
and another one asks every route as every kind of person and compares. Do not edit.

What the *door* answers, before anything is looked at behind it:

| cell | means |
| --- | --- |
| yes | comes in; what is shown or done is one's own, or meant for everybody |
| own | comes in for what is one's own or what one is a party to; anything else is 404, as if it did not exist |
| 401 | is asked to sign in |
| 403 | lacks the role or the right; the answer is the same whether or not the thing exists |
| + | and must have shown within RECENT_SIGN_IN_MINUTES who they are, else 403 `reauthentication-required` |

Behind the door every verb and selector asks again (gate-keepers, `policies.py`). *Unverified* is somebody who has not
proven their address: they may look around and act like others here; with `REQUIRE_VERIFIED_EMAIL` they do not get a
session at all. An administrator holds every right; there is always one (`last-administrator`). Rights are granted and
revoked at `/api/admin/users/{user_id}/rights/`, audited, after a recent proof of identity.
"""


@dataclass(frozen=True)
class Door:
    """One method of one route."""

    method: str
    pattern: str
    access: Access

    @property
    def path(self) -> str:
        """Return it as people write it."""
        return "/" + _PARAMETER.sub(r"{\1}", self.pattern)

    @property
    def is_about_one_thing(self) -> bool:
        """Say whether its address has an id in it."""
        return bool(_PARAMETER.search(self.pattern))

    def answer(self, kind: str) -> str:
        """Return what it answers such a person: yes, own, 401 or 403."""
        if self.access.signed_in and kind == VISITOR:
            return "401"
        if self.access.role and self.access.role != kind:
            return "403"
        if self.access.role == ADMIN:
            return "yes"
        if self.access.right:
            return "yes" if kind in (ADMIN, self.access.right) else "403"
        return "own" if self.access.signed_in and self.is_about_one_thing else "yes"

    def cell(self, kind: str) -> str:
        """Return the answer as the table shows it."""
        answer = self.answer(kind)
        return f"{answer}+" if self.access.recently and answer in ("yes", "own") else answer


def kinds() -> list[str]:
    """Return every kind of person: without and with a role, one right of staff each, and who holds them all."""
    from jobsphere.users.rules import Right

    return [VISITOR, UNVERIFIED, CUSTOMER, CONTRACTOR, *(str(right) for right in Right), ADMIN]


def doors() -> list[Door]:
    """Return every method of every route of the API that has a policy."""
    from django.urls import get_resolver

    return sorted(_walk(get_resolver().url_patterns, ""), key=lambda door: (door.path, METHODS.index(door.method)))


def _walk(patterns: list[Any], prefix: str) -> Iterator[Door]:
    from jobsphere.web.access import policy_of

    for pattern in patterns:
        route = f"{prefix}{pattern.pattern}"
        if hasattr(pattern, "url_patterns"):
            yield from _walk(pattern.url_patterns, route)
            continue
        view: Any = getattr(pattern.callback, "view_class", None)
        for method in METHODS:
            if hasattr(view, method) and method in view.http_method_names:
                policy = policy_of(view, method.upper())
                if policy is not None:
                    yield Door(method, route, policy)


def page() -> str:
    """Return the whole page."""
    people = kinds()
    head = ["door", *people]
    lines = [INTRODUCTION, f"| {' | '.join(head)} |", f"|{' --- |' * len(head)}"]
    for door in doors():
        cells = [f"`{door.method.upper()} {door.path}`", *(door.cell(kind) for kind in people)]
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join([*lines, ""])


def main(arguments: list[str]) -> int:
    """Write the page, or with --check say whether it is what the routes say."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    import django

    django.setup()
    if "--check" in arguments:
        return 0 if PAGE.read_text() == page() else 1
    PAGE.write_text(page())
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
