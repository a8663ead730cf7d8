"""Fetching the movements of our balance, from where the last fetch ended, with an overlap; and keeping them.

The cursor is the newest movement that we have: nothing that could be wrong is stored beside it. Gateways list a
movement a little late at times, so each fetch looks back over the overlap; what is known already is left alone.
"""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import datetime, timedelta

import structlog
from django.db.models import Max

from jobsphere.db.transactions import edge_transaction
from jobsphere.kit import clock
from jobsphere.kit.errors import DomainError
from jobsphere.ledger.checks import Scope
from jobsphere.payments import registry
from jobsphere.payments.gateways.base import BalanceMovement, Ok
from jobsphere.payments.models import GatewayMovement, Payment
from jobsphere.payments.movements import booking

logger = structlog.get_logger("jobsphere.payments")

OVERLAP = timedelta(hours=1)
#: Once a night the look back is longer, for what a gateway listed very late.
NIGHTLY_OVERLAP = timedelta(days=3)
#: A long history is fetched, and committed, in pieces: a broken connection costs one of them.
WINDOW = timedelta(days=31)


class FetchError(Exception):
    """A gateway could not be asked for its movements."""


def gateways(scope: Scope = Scope()) -> list[str]:  # noqa: B008  frozen
    """Return the gateways whose movements concern us: those of payments, and those that we have movements of."""
    of_payments = Payment.objects.order_by().values_list("gateway", flat=True).distinct()
    of_movements = GatewayMovement.objects.order_by().values_list("gateway", flat=True).distinct()
    names = sorted({*of_payments, *of_movements})
    return [name for name in names if scope.gateway in ("", name)]


def fetch_and_book(scope: Scope = Scope(), *, overlap: timedelta = OVERLAP) -> int:  # noqa: B008  frozen
    """Keep what is new at every gateway (of the scope, or since its beginning) and book it; return how many were new.

    Raises FetchError after all were tried, when one could not be asked.
    """
    new, failed = 0, []
    for name in gateways(scope):
        try:
            new += _import(name, scope.since or cursor(name, overlap))
        except FetchError as error:
            failed.append(f"{name}: {error}")
    if failed:
        raise FetchError("; ".join(failed))
    return new


def before_checks(scope: Scope) -> None:
    """Fetch and book what is new before a reconciliation; a gateway that cannot be asked is named by the check."""
    with suppress(FetchError):
        fetch_and_book(scope)


def cursor(name: str, overlap: timedelta = OVERLAP) -> datetime:
    """Return from when on a gateway must be asked: the newest movement less the overlap, else before the first."""
    newest = GatewayMovement.objects.filter(gateway=name, payee_id="").aggregate(newest=Max("happened_at"))["newest"]
    if newest:
        return newest - overlap
    first = Payment.objects.filter(gateway=name).order_by("created_at").values_list("created_at", flat=True).first()
    return (first or clock.now()) - timedelta(days=1)


def fetch(name: str, since: datetime) -> Iterator[Sequence[BalanceMovement]]:
    """Ask a gateway for its movements from a moment on, a window at a time; raises FetchError."""
    try:
        gateway = registry.gateway(name)
        while True:
            until = since + WINDOW
            last = until > clock.now()
            answer = gateway.list_balance_movements(since=since, until=None if last else until)
            if not isinstance(answer, Ok):
                raise FetchError(f"could not be asked: {answer}")
            yield answer.object
            if last:
                return
            since = until
    except DomainError as error:
        raise FetchError(f"could not be asked: {error}") from error


def row_of(name: str, movement: BalanceMovement) -> GatewayMovement:
    """Return the row of a movement, which is not stored by this."""
    return GatewayMovement(
        gateway=name,
        movement_id=movement.gateway_id,
        kind=movement.kind.value,
        currency=movement.net.currency,
        amount=movement.amount.amount,
        fee=movement.fee.amount,
        net=movement.net.amount,
        object_kind=movement.object_kind.value,
        object_id=movement.object_id,
        happened_at=movement.created,
        available_at=movement.available_at,
        payee_id=movement.payee_id,
    )


def _import(name: str, since: datetime) -> int:
    count = 0
    for movements in fetch(name, since):
        with edge_transaction():
            new = keep(name, movements)
            booking.book(new)
        count += len(new)
    with edge_transaction():
        booking.book(booking.waiting(name))
    if count:
        logger.info("gateway movements imported", gateway=name, new=count)
    return count


def keep(name: str, movements: Sequence[BalanceMovement]) -> list[GatewayMovement]:
    """Store the movements that are not there yet and return them.

    Two imports at once store each movement once, and book it once: both go by its id.
    """
    ids = [each.gateway_id for each in movements]
    known = set(GatewayMovement.objects.filter(gateway=name, movement_id__in=ids).values_list("movement_id", flat=True))
    new = [row_of(name, each) for each in movements if each.gateway_id not in known]
    GatewayMovement.objects.bulk_create(new, batch_size=500, ignore_conflicts=True)
    return list(GatewayMovement.objects.filter(gateway=name, movement_id__in=[each.movement_id for each in new]))
