"""The sandbox's objects: Stripe's JSON, what is hidden behind it, and the lists over them."""

import json
import re
import secrets
from dataclasses import dataclass
from typing import Any

from jobsphere.payments.gateways.sandbox.state import SandboxState, dump
from jobsphere.payments.gateways.sandbox.wire import Params, WireError, invalid, missing

Body = dict[str, Any]

_PREFIXES = {
    "payment_intent": "pi",
    "payment_method": "pm",
    "setup_intent": "seti",
    "customer": "cus",
    "charge": "ch",
    "refund": "re",
    "account": "acct",
    "bank_account": "ba",
    "transfer": "tr",
    "transfer_reversal": "trr",
    "payout": "po",
    "topup": "tu",
    "balance_transaction": "txn",
    "dispute": "du",
    "event": "evt",
}


@dataclass(slots=True)
class Stored:
    """An object: what the API shows, and what only the sandbox knows (how its card behaves)."""

    body: Body
    hidden: dict[str, Any]
    account: str

    @property
    def id(self) -> str:
        return str(self.body["id"])


def new_id(kind: str) -> str:
    """Return an id in Stripe's shape that nobody can guess."""
    return f"{_PREFIXES[kind]}_{secrets.token_hex(12)}"


def add(
    state: SandboxState,
    body: Body,
    *,
    account: str = "",
    refers: str = "",
    grouped: str = "",
    hidden: dict[str, Any] | None = None,
) -> Stored:
    """Store a new object. Lists are filtered by `refers` (a refund's payment, a reversal's transfer) and `grouped`."""
    operation = (body.get("metadata") or {}).get("operation", "")
    state.execute(
        "INSERT INTO objects (id, kind, account, created, body, hidden, refers, grouped, operation)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            body["id"],
            body["object"],
            account,
            body.get("created") or state.now(),
            dump(body),
            dump(hidden or {}),
            refers,
            grouped,
            operation,
        ),
    )
    return Stored(body, hidden or {}, account)


def save(state: SandboxState, stored: Stored) -> None:
    """Store what has changed."""
    state.execute(
        "UPDATE objects SET body = ?, hidden = ? WHERE id = ?", (dump(stored.body), dump(stored.hidden), stored.id)
    )


def get(state: SandboxState, kind: str, object_id: str, account: str = "", param: str = "id") -> Stored:
    """Return an object of that account; raises the 404 that Stripe would answer."""
    row = state.execute(
        "SELECT * FROM objects WHERE id = ? AND kind = ? AND account = ?", (object_id, kind, account)
    ).fetchone()
    if row is None:
        raise missing(kind, object_id, param)
    return _stored(row)


def look(state: SandboxState, object_id: str) -> Stored | None:
    """Return any object, or None."""
    row = state.execute("SELECT * FROM objects WHERE id = ?", (object_id,)).fetchone()
    return _stored(row) if row else None


def page(
    state: SandboxState, kind: str, params: Params, *, account: str = "", refers: str = "", grouped: str = "", url: str
) -> Body:
    """Answer a list request: newest first, `limit`, `starting_after`, `ending_before`, `created`."""
    clauses, values = ["kind = ?", "account = ?"], [kind, account]
    for column, value in (("refers", refers), ("grouped", grouped)):
        if value:
            clauses.append(f"{column} = ?")
            values.append(value)
    _created_clauses(params, clauses, values)
    backwards = "ending_before" in params
    for name, sign in (("starting_after", "<"), ("ending_before", ">")):
        if name in params:
            clauses.append(f"seq {sign} (SELECT seq FROM objects WHERE id = ?)")  # noqa: S608
            values.append(_cursor(state, kind, params[name], account))
    limit = _limit(params)
    rows = state.rows(
        f"SELECT * FROM objects WHERE {' AND '.join(clauses)}"  # noqa: S608 - clauses are our own words
        f" ORDER BY seq {'ASC' if backwards else 'DESC'} LIMIT ?",
        (*values, limit + 1),
    )
    data = [_stored(row).body for row in rows[:limit]]
    return {
        "object": "list",
        "url": url,
        "has_more": len(rows) > limit,
        "data": data[::-1] if backwards else data,
    }


_TERM = re.compile(r"""metadata\[["']operation["']\]:["']([^"']*)["']""")


def search(state: SandboxState, kind: str, params: Params, *, url: str) -> Body:
    """Answer a search by the operation in the metadata. The index lags behind by the setting `search_lag`."""
    term = _TERM.fullmatch(str(params.get("query", "")).strip())
    if term is None:
        raise invalid("This sandbox searches only for metadata['operation']:'…'.", "query")
    rows = state.rows(
        "SELECT * FROM objects WHERE kind = ? AND operation = ? AND operation <> '' AND created <= ?"
        " ORDER BY seq DESC LIMIT ?",
        (kind, term.group(1), state.now() - state.setting("search_lag"), _limit(params)),
    )
    return {
        "object": "search_result",
        "url": url,
        "has_more": False,
        "next_page": None,
        "data": [_stored(row).body for row in rows],
    }


def expand(state: SandboxState, body: Body, paths: Any) -> Body:
    """Put objects in the place of their ids, as `expand[]` asks."""
    for path in paths or ():
        _expand(state, body, str(path).split("."), str(path))
    return body


def _expand(state: SandboxState, body: Any, parts: list[str], path: str) -> None:
    if isinstance(body, list):
        for item in body:
            _expand(state, item, parts, path)
        return
    if not isinstance(body, dict) or parts[0] not in body:
        raise WireError(f"This property cannot be expanded ({path}).", param="expand", stored=False)
    if isinstance(body[parts[0]], str):
        found = look(state, body[parts[0]])
        body[parts[0]] = found.body if found else body[parts[0]]
    if len(parts) > 1 and body[parts[0]] is not None:
        _expand(state, body[parts[0]], parts[1:], path)


def _stored(row: Any) -> Stored:
    return Stored(json.loads(row["body"]), json.loads(row["hidden"]), row["account"])


def _limit(params: Params) -> int:
    text = str(params.get("limit", "10"))
    if not text.isdecimal() or not 1 <= int(text) <= 100:
        raise invalid("Limit must be between 1 and 100", "limit", "parameter_invalid_integer")
    return int(text)


def _cursor(state: SandboxState, kind: str, object_id: str, account: str) -> str:
    return get(state, kind, object_id, account, "starting_after").id


_COMPARISONS = {"gt": ">", "gte": ">=", "lt": "<", "lte": "<="}


def _created_clauses(params: Params, clauses: list[str], values: list[Any]) -> None:
    created = params.get("created")
    if isinstance(created, str):
        created = {"gte": created, "lte": created}
    for name, seconds in (created or {}).items():
        if name not in _COMPARISONS or not str(seconds).isdecimal():
            raise invalid("Invalid created filter", "created")
        clauses.append(f"created {_COMPARISONS[name]} ?")
        values.append(int(seconds))
