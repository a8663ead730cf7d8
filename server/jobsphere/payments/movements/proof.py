"""The proof statement: our account at a gateway beside the gateway's own movements; the difference is zero."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Max, Q, Sum

from jobsphere.kit import clock
from jobsphere.kit.actor import Actor
from jobsphere.kit.money import Money
from jobsphere.ledger import selectors as ledger
from jobsphere.ledger.policies import require_finance
from jobsphere.ledger.types import AccountKind
from jobsphere.payments.models import GatewayMovement


@dataclass(frozen=True, slots=True)
class ProofLine:
    """What one kind of movement (or one code of transfer) added: `net` = `amount` - `fee`."""

    kind: str
    count: int
    amount: Money
    fee: Money
    net: Money


@dataclass(frozen=True, slots=True)
class ProofSide:
    """One side of the proof: where it stood, what was added, where it stands."""

    opening: Money
    lines: tuple[ProofLine, ...]
    closing: Money


@dataclass(frozen=True, slots=True)
class Proof:
    """One currency at one gateway. `fetched_at` is when we last heard of a movement there."""

    gateway: str
    currency: str
    since: datetime | None
    until: datetime
    theirs: ProofSide
    ours: ProofSide
    fetched_at: datetime | None

    @property
    def difference(self) -> Money:
        """Return what the gateway has more than our books say: zero."""
        return self.theirs.closing - self.ours.closing


Line = tuple[int, int, int]


def proofs(
    viewer: Actor, *, gateway: str = "", since: datetime | None = None, until: datetime | None = None
) -> list[Proof]:
    """Return the proof of every gateway and currency, for a period; Forbidden without "finance".

    A fixed number of queries. Times are each side's own, so at the edges of a period seconds may lie between them.
    """
    require_finance(viewer)
    until = until or clock.now()
    theirs, theirs_before = _movements(gateway, since, until), _movements(gateway, None, since) if since else {}
    ours, ours_before = _booked(gateway, since, until), _booked(gateway, None, since) if since else {}
    fetched = dict(GatewayMovement.objects.order_by().values_list("gateway").annotate(Max("created_at")))
    return [
        Proof(
            gateway=name,
            currency=currency,
            since=since,
            until=until,
            theirs=_side(currency, theirs_before.get((name, currency), {}), theirs.get((name, currency), {})),
            ours=_side(currency, ours_before.get((name, currency), {}), ours.get((name, currency), {})),
            fetched_at=fetched.get(name),
        )
        for name, currency in sorted({*theirs, *theirs_before, *ours, *ours_before})
    ]


def _movements(gateway: str, since: datetime | None, until: datetime | None) -> dict[tuple[str, str], dict[str, Line]]:
    wanted = Q(payee_id="")
    for lookup, value in (("gateway", gateway), ("happened_at__gte", since), ("happened_at__lt", until)):
        if value:
            wanted &= Q(**{lookup: value})
    rows = GatewayMovement.objects.filter(wanted).order_by().values("gateway", "currency", "kind")
    sums: dict[tuple[str, str], dict[str, Line]] = defaultdict(dict)
    for row in rows.annotate(count=Count("id"), amounts=Sum("amount"), fees=Sum("fee")):
        sums[row["gateway"], row["currency"]][row["kind"]] = (row["count"], int(row["amounts"]), int(row["fees"]))
    return sums


def _booked(gateway: str, since: datetime | None, until: datetime | None) -> dict[tuple[str, str], dict[str, Line]]:
    sums: dict[tuple[str, str], dict[str, Line]] = defaultdict(dict)
    for each in ledger.moved_by_transfers(AccountKind.GATEWAY, since=since, until=until):
        if gateway in ("", each.owner_id):
            place = sums[each.owner_id, each.signed.currency]
            count, amount, fee = place.get(each.code, (0, 0, 0))
            place[each.code] = (count + each.count, amount + each.signed.amount, fee)
    return sums


def _side(currency: str, before: Mapping[str, Line], during: Mapping[str, Line]) -> ProofSide:
    opening = sum(amount - fee for _, amount, fee in before.values())
    lines = tuple(
        ProofLine(kind, count, Money(amount, currency), Money(fee, currency), Money(amount - fee, currency))
        for kind, (count, amount, fee) in sorted(during.items())
    )
    closing = opening + sum(line.net.amount for line in lines)
    return ProofSide(Money(opening, currency), lines, Money(closing, currency))
