"""Snapshots: how an untracked account is summed without reading all of its entries.

A snapshot holds the sum of the entries whose id is not above `up_to`; the balance is the newest snapshot plus the
entries above it. Ids follow time, but entries *commit* out of the order of their ids: a transaction may have made an
id before the snapshot and commit after it, and its entry would never be counted. So a snapshot ends

- before the oldest transaction that is still running began (PostgreSQL; SQLite's one writer is ourselves), since ids
  are made inside transactions, and
- `margin` before that, because the ids are made by the clocks of other machines.

An entry that comes in below a snapshot nevertheless (a clock more than the margin slow) is found by `reconcile`, which
names the snapshot; deleting it is the cure, for it is only a cache.
"""
# ruff: noqa: S608  The SQL is put together from our own words; values are parameters.

from datetime import UTC, datetime, timedelta
from uuid import UUID

from django.db import connection
from django.db.models import Count, Sum

from jobsphere.kit import clock
from jobsphere.ledger.models import BalanceSnapshot, Entry, LedgerAccount

#: An account gets a new snapshot when it has this many new entries.
AT_LEAST = 1000
#: How far the clocks of two of our machines may be apart.
MARGIN = timedelta(minutes=10)

_BEFORE_ALL = UUID(int=0)


def take(*, at_least: int, margin: timedelta) -> int:
    """Take the snapshots that are due; return how many."""
    up_to = _first_id_at(settled_until() - margin)
    accounts = LedgerAccount.objects.filter(tracked=False).order_by("id")
    due = [snapshot for account in accounts if (snapshot := _next(account, up_to, at_least))]
    return len(BalanceSnapshot.objects.bulk_create(due, ignore_conflicts=True))


def balance_sql(account: str) -> str:
    """Return the SQL of an untracked account's signed balance, `account` being the SQL of its id."""
    newest = f"FROM ledger_balancesnapshot WHERE account_id = {account} ORDER BY up_to DESC LIMIT 1"
    return (
        f"(coalesce((SELECT balance {newest}), 0) + coalesce((SELECT sum(amount) FROM ledger_entry"
        f" WHERE account_id = {account} AND sequence IS NULL"
        f" AND id > coalesce((SELECT up_to {newest}), '{before_all()}')), 0))"
    )


def before_all() -> str:
    """Return the id below every other, as this engine stores it."""
    return str(_BEFORE_ALL) if connection.features.has_native_uuid_field else _BEFORE_ALL.hex


def _next(account: LedgerAccount, up_to: UUID, at_least: int) -> BalanceSnapshot | None:
    """Return the account's next snapshot, made from the one before; None while there is little to sum up."""
    last = BalanceSnapshot.objects.filter(account=account).order_by("-up_to").first()
    start = last.up_to if last else _BEFORE_ALL
    new = Entry.objects.filter(account=account, sequence=None, id__gt=start, id__lte=up_to)
    found = new.aggregate(count=Count("id"), total=Sum("amount"))
    if found["count"] < max(at_least, 1):
        return None
    return BalanceSnapshot(
        account=account,
        up_to=up_to,
        balance=(last.balance if last else 0) + int(found["total"]),
        entries=(last.entries if last else 0) + found["count"],
    )


def settled_until() -> datetime:
    """Return the machine's time before which every transaction has ended."""
    if connection.vendor != "postgresql":
        return clock.machine_now()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT least(now(), min(xact_start), (SELECT min(prepared) FROM pg_prepared_xacts))"
            " FROM pg_stat_activity WHERE datname = current_database() AND backend_type = 'client backend'"
        )
        return cursor.fetchone()[0]


def _first_id_at(moment: datetime) -> UUID:
    """Return the id below all UUIDv7s of that millisecond."""
    milliseconds = (moment - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(milliseconds=1)
    return UUID(int=milliseconds << 80)
