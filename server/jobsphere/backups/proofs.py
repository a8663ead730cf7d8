"""Proves that two databases hold the same: rows counted, and the ledger hashed, on any connection that runs SQL."""

import hashlib
from collections.abc import Callable, Iterable
from typing import Any

from django.apps import apps

from jobsphere.backups.types import Proof
from jobsphere.ledger.fingerprints import BOOKS

#: Runs a query and hands out its rows one by one.
Rows = Callable[[str], Iterable[tuple[Any, ...]]]


def tables() -> list[str]:
    """Return every table that holds something of ours."""
    models = apps.get_models(include_auto_created=True)
    return sorted({model._meta.db_table for model in models if model._meta.managed and not model._meta.proxy})


def prove(rows: Rows, among: Iterable[str]) -> Proof:
    """Return what this database holds. It reads everything, so hand in a snapshot that nobody writes to."""
    counted = {table: _first(rows(f'SELECT count(*) FROM "{table}"')) for table in among}  # noqa: S608  names are ours
    digest = hashlib.sha256()
    for query in BOOKS:
        for row in rows(query):
            digest.update(("\x1f".join(map(str, row)) + "\x1e").encode())
    return Proof(counted, digest.hexdigest())


def differences(expected: Proof, found: Proof) -> list[str]:
    """Return what is not the same, in words; nothing when both hold the same."""
    said = [
        f"{table}: {found.rows.get(table, 0)} rows instead of {number}"
        for table, number in expected.rows.items()
        if found.rows.get(table) != number
    ]
    if expected.ledger != found.ledger:
        said.append("the entries of the ledger differ")
    return said


def _first(rows: Iterable[tuple[Any, ...]]) -> int:
    return int(next(iter(rows))[0])
