"""Idempotency-Key: claimed, answered and stored inside the verb's own transaction (DESIGN §6)."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection
from django.utils.crypto import salted_hmac

from jobsphere.db import hot
from jobsphere.db.transactions import require_transaction
from jobsphere.kit import clock
from jobsphere.kit.errors import InvalidInput
from jobsphere.kit.ids import uuid7
from jobsphere.web.json import dumps
from jobsphere.web.models import IdempotencyRecord

HEADER = "Idempotency-Key"


class IdempotencyKeyRequired(InvalidInput):
    """This call moves money: send an `Idempotency-Key` header, a fresh random text for each intention."""

    code = "idempotency-key-required"
    title = "An Idempotency-Key is required"


class IdempotencyKeyReused(InvalidInput):
    """This key was already used for another request; make a new key for a new intention."""

    code = "idempotency-key-reused"
    title = "This Idempotency-Key belongs to another request"


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """What makes two requests the same: who, where and with what body."""

    actor_id: UUID
    key: str
    method: str
    path: str
    body_hash: str


@dataclass(frozen=True, slots=True)
class StoredAnswer:
    """The answer that a key already has."""

    status: int
    body: Any


def fingerprint(*, actor_id: UUID, key: str, method: str, path: str, body: Any) -> Fingerprint:
    """Build the fingerprint; raises InvalidInput for a key that is too long or not printable.

    The body's is keyed with SECRET_KEY: whoever reads the table cannot try bank account numbers or codes against it.
    After a change of SECRET_KEY a repeat of the last two days is refused as another request, and done no second time.
    """
    if len(key) > 255 or not key.isprintable():
        raise InvalidInput.at("", "idempotency-key", "An Idempotency-Key has 1 to 255 printable characters.")
    digest = salted_hmac("jobsphere.web.idempotency", dumps(body), algorithm="sha256").hexdigest()
    return Fingerprint(actor_id, key, method, path[:255], digest)


def claim(wanted: Fingerprint) -> StoredAnswer | None:
    """Claim the key for this transaction, or return the answer it already has.

    A concurrent request with the same key waits here until the first one commits, and then gets its answer.
    Raises IdempotencyKeyReused when the key belongs to a different request.
    """
    require_transaction()
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO web_idempotencyrecord"
            " (id, created_at, actor_id, key, method, path, body_hash, answer_status, answer)"
            " VALUES (%s, %s, %s, %s, %s, %s, %s, 0, NULL) ON CONFLICT (actor_id, key) DO NOTHING",
            [
                _column("id", uuid7()),
                _column("created_at", clock.now()),
                _column("actor_id", wanted.actor_id),
                wanted.key,
                wanted.method,
                wanted.path,
                wanted.body_hash,
            ],
        )
        if cursor.rowcount == 1:
            return None
    record = IdempotencyRecord.objects.get(actor_id=wanted.actor_id, key=wanted.key)
    if (record.method, record.path, record.body_hash) != (
        wanted.method,
        wanted.path,
        wanted.body_hash,
    ):
        raise IdempotencyKeyReused([], "This key was used for another request. Make a new key for a new intention.")
    return StoredAnswer(record.answer_status, record.answer)


def store(claimed: Fingerprint, status: int, body: Any) -> None:
    """Keep the answer beside the change that it reports."""
    require_transaction()
    hot.update(
        IdempotencyRecord,
        {"actor_id": claimed.actor_id, "key": claimed.key},
        {"answer_status": status, "answer": body},
    )


def _column(name: str, value: Any) -> Any:
    field: Any = IdempotencyRecord._meta.get_field(name)
    return field.get_db_prep_save(value, connection=connection)


def count_of(actor_id: UUID) -> int:
    """Return how many answers to a person are kept."""
    return IdempotencyRecord.objects.filter(actor_id=actor_id).count()


def forget(actor_id: UUID) -> None:
    """Forget the answers to a person who has left."""
    require_transaction()
    IdempotencyRecord.objects.filter(actor_id=actor_id).delete()
