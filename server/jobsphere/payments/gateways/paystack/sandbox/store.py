"""The Paystack sandbox's objects, in the room that all sandboxes share: Paystack's JSON, and what it hides."""

import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from jobsphere.payments.gateways.paystack.sandbox.wire import WireError, not_found
from jobsphere.payments.gateways.sandbox.state import SandboxState, dump

Body = dict[str, Any]

#: The default and the largest page of a list.
_PAGE, _LARGEST = 50, 100
INTEGRATION = 100032


@dataclass(slots=True)
class Row:
    """An object; `number` is Paystack's id and `name` the reference or code under which it is asked for."""

    kind: str
    name: str
    body: Body
    hidden: dict[str, Any]

    @property
    def number(self) -> int:
        return int(self.body["id"])


def new_number(state: SandboxState) -> int:
    """Return the next id: Paystack counts all its objects."""
    row = state.execute(
        "INSERT INTO settings (name, value) VALUES ('last_number', '1000000001')"
        " ON CONFLICT (name) DO UPDATE SET value = CAST(value AS INTEGER) + 1 RETURNING value"
    ).fetchone()
    return int(row["value"])


def new_code(prefix: str) -> str:
    """Return a code in Paystack's shape."""
    return f"{prefix}_{secrets.token_hex(8)}"


def stamp(seconds: int) -> str:
    """Write a moment as Paystack does."""
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%S.000Z")


def insert(state: SandboxState, kind: str, name: str, body: Body, *, refers: str = "", **hidden: Any) -> Row:
    """Keep a new object. `refers` is the object that lists are filtered by."""
    state.execute(
        "INSERT INTO objects (id, kind, account, created, body, hidden, refers, grouped, operation)"
        " VALUES (?, ?, '', ?, ?, ?, ?, ?, '')",
        (f"{kind}:{name}", kind, state.now(), dump(body), dump(hidden), refers, str(body["id"])),
    )
    return Row(kind, name, body, hidden)


def update(state: SandboxState, row: Row, **changes: Any) -> None:
    """Keep what has changed, with the time of it."""
    row.body |= changes
    if "updatedAt" in row.body:
        row.body["updatedAt"] = stamp(state.now())
    state.execute(
        "UPDATE objects SET body = ?, hidden = ? WHERE id = ?",
        (dump(row.body), dump(row.hidden), f"{row.kind}:{row.name}"),
    )


def look(state: SandboxState, kind: str, name: str) -> Row | None:
    """Return an object by its name or number, or None."""
    found = state.execute(
        "SELECT * FROM objects WHERE kind = ? AND (id = ? OR grouped = ?) ORDER BY seq LIMIT 1",
        (kind, f"{kind}:{name}", name),
    ).fetchone()
    return _row(found) if found else None


def get(state: SandboxState, kind: str, name: str, called: str) -> Row:
    """Return an object by its name or number; raises what Paystack answers when there is none."""
    row = look(state, kind, name)
    if row is None:
        raise not_found(called)
    return row


def those_of(state: SandboxState, kind: str, refers: str) -> list[Row]:
    """Return every object that refers to another, oldest first."""
    found = state.rows("SELECT * FROM objects WHERE kind = ? AND refers = ? ORDER BY seq", (kind, refers))
    return [_row(row) for row in found]


def page(state: SandboxState, kind: str, params: Mapping[str, str], *, refers: str = "") -> tuple[list[Row], Body]:
    """Return one page of a list, newest first, and its meta: `perPage` or `per_page`, `page`, `from`, `to`."""
    size = min(_number(params, "perPage", _number(params, "per_page", _PAGE)), _LARGEST)
    number = _number(params, "page", 1)
    clauses, values = ["kind = ?"], [kind]
    if refers:
        clauses.append("refers = ?")
        values.append(refers)
    for name, sign in (("from", ">="), ("to", "<=")):
        if params.get(name):
            clauses.append(f"created {sign} ?")
            values.append(str(_seconds(params[name], name)))
    where = " AND ".join(clauses)
    total = int(state.execute(f"SELECT count(*) AS n FROM objects WHERE {where}", values).fetchone()["n"])  # noqa: S608
    rows = state.rows(
        f"SELECT * FROM objects WHERE {where} ORDER BY seq DESC LIMIT ? OFFSET ?",  # noqa: S608 - our own words
        (*values, size, (number - 1) * size),
    )
    pages = -(-total // size)
    meta = {"total": total, "skipped": (number - 1) * size, "perPage": size, "page": number, "pageCount": pages}
    return [_row(row) for row in rows], meta


def _row(found: Any) -> Row:
    name = str(found["id"]).partition(":")[2]
    return Row(found["kind"], name, json.loads(found["body"]), json.loads(found["hidden"]))


def _number(params: Mapping[str, str], name: str, default: int) -> int:
    text = str(params.get(name, default))
    if not text.isascii() or not text.isdecimal() or int(text) < 1:
        raise WireError(f"{name} is invalid")
    return int(text)


def _seconds(text: str, name: str) -> int:
    try:
        found = datetime.fromisoformat(text)
    except ValueError as error:
        raise WireError(f"{name} is not a date") from error
    return int((found if found.tzinfo else found.replace(tzinfo=UTC)).timestamp())
