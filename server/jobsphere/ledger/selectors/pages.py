"""What the reads share: how long a page is, and how a line tells its balance."""

from typing import Any

from django.db.models import QuerySet

from jobsphere.kit.money import Money
from jobsphere.ledger.models import Entry
from jobsphere.ledger.types import (
    AccountKey,
)

PAGE = 50


MAX_PAGE = 200


def cut(rows: "QuerySet[Any, Any]", limit: int) -> tuple[list[Any], bool]:
    """Read one page and say whether there is another."""
    limit = max(1, min(limit, MAX_PAGE))
    found = list(rows[: limit + 1])
    return found[:limit], len(found) > limit


def balance_after(key: AccountKey, entry: Entry) -> Money | None:
    return None if entry.balance_after is None else key.natural(entry.balance_after)
