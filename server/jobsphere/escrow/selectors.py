"""Reads of holds and fees. Those without a viewer are for callers with a gate-keeper of their own."""

from collections.abc import Collection, Iterable
from datetime import datetime
from uuid import UUID

from django.db.models import Count, F, Q, QuerySet, Sum

from jobsphere.db.composed import composed, first
from jobsphere.escrow import policies
from jobsphere.escrow.models import EscrowHold, FeePolicy
from jobsphere.escrow.rules import DEFAULT_TERMS, OPEN_HOLDS, FeePart, FeesAfterRelease, FeeTerms, HoldStatus
from jobsphere.escrow.types import FeePolicyView, HoldView, PolicyStanding
from jobsphere.kit import clock
from jobsphere.kit.actor import Actor
from jobsphere.kit.errors import NotFound
from jobsphere.kit.money import Money


def fee_terms_for(*, category: str = "", tier: str = "", currency: str = "", at: datetime | None = None) -> FeeTerms:
    """Return the fees that hold for an offer made at a moment (now), to be frozen on it.

    The most specific policy wins (category before tier before currency), then the one that holds since last. Without
    any, the preset jobsphere-classic holds.
    """
    fitting = FeePolicy.objects.filter(
        category__in={"", category},
        tier__in={"", tier},
        currency__in={"", currency},
        valid_from__lte=at or clock.now(),
    )
    best = max(fitting, key=_precedence, default=None)
    return _terms(best) if best else DEFAULT_TERMS


def fee_shares(asked: Collection[tuple[str, str]]) -> dict[tuple[str, str], int]:
    """Return what both fees take of ordinary work now, in basis points, for pairs of tier and currency.

    One query, however many pairs; the tier "" is the usual one.
    """
    tiers, currencies = ({*column, ""} for column in zip(*asked, strict=True)) if asked else (set(), set())
    now = clock.now()
    rows = list(FeePolicy.objects.filter(category="", tier__in=tiers, currency__in=currencies, valid_from__lte=now))
    found = {}
    for tier, currency in asked:
        fitting = [row for row in rows if row.tier in {"", tier} and row.currency in {"", currency}]
        best = max(fitting, key=_precedence, default=None)
        found[tier, currency] = (_terms(best) if best else DEFAULT_TERMS).basis_points
    return found


def _precedence(policy: FeePolicy) -> tuple[bool, bool, bool, datetime, UUID]:
    return bool(policy.category), bool(policy.tier), bool(policy.currency), policy.valid_from, policy.pk


def fee_policies(viewer: Actor) -> tuple[FeePolicyView, ...]:
    """Return every policy there ever was, newest first, for those who set the fees or account for the money."""
    policies.require_fee_reader(viewer)
    now, found = clock.now(), []
    ruled: set[tuple[str, str, str]] = set()
    for row in FeePolicy.objects.order_by("-valid_from", "-id"):
        scope = (row.category, row.tier, row.currency)
        found.append(view_of_policy(row, is_replaced=scope in ruled))
        if row.valid_from <= now:
            ruled.add(scope)
    return tuple(found)


def hold(hold_id: UUID) -> HoldView:
    """Return a hold; raises NotFound."""
    row = first(EscrowHold, pk=hold_id)
    if row is None:
        raise NotFound("There is no such hold.")
    return view_of_hold(row)


def hold_of_milestone(milestone_id: UUID) -> HoldView | None:
    """Return the hold of a milestone, if it is funded."""
    row = EscrowHold.objects.filter(milestone_id=milestone_id).first()
    return view_of_hold(row) if row else None


def holds_of_contract(contract_id: UUID) -> tuple[HoldView, ...]:
    """Return a contract's holds, oldest first. One query."""
    return tuple(view_of_hold(row) for row in _holds_of(contract_id=contract_id))


@composed
def _holds_of(*, contract_id: UUID) -> "QuerySet[EscrowHold]":
    return EscrowHold.objects.filter(contract_id=contract_id).order_by("id")


def holds_of_contracts(contract_ids: Iterable[UUID]) -> dict[UUID, tuple[HoldView, ...]]:
    """Return the holds of many contracts by contract. One query, however many."""
    found: dict[UUID, tuple[HoldView, ...]] = {}
    for row in EscrowHold.objects.filter(contract_id__in=list(contract_ids)).order_by("id"):
        found[row.contract_id] = (*found.get(row.contract_id, ()), view_of_hold(row))
    return found


def holds_by_id(ids: Iterable[UUID]) -> list[HoldView]:
    """Return these holds; for apps that have their ids from the ledger. One query."""
    return [view_of_hold(row) for row in EscrowHold.objects.filter(pk__in=list(ids)).order_by("pk")]


def holds(viewer: Actor, *, status: str = "", person_id: UUID | None = None) -> "QuerySet[EscrowHold]":
    """Return holds for a page of them, for those who account for the money (Forbidden for others)."""
    policies.require_overview(viewer)
    rows = EscrowHold.objects.all()
    if status:
        rows = rows.filter(status=status)
    if person_id:
        rows = rows.filter(Q(payer_id=person_id) | Q(payee_id=person_id))
    return rows


def released_volume(person_id: UUID, *, as_payee: bool, since: datetime) -> dict[str, int]:
    """Return by currency, in minor units, what was paid for work released since a moment and has not gone back.

    Of what a person earned (`as_payee`) or paid. One query over holds, which are reconciled with the books.
    """
    mine = {"payee_id" if as_payee else "payer_id": person_id}
    rows = EscrowHold.objects.filter(status=HoldStatus.RELEASED, closed_at__gt=since, **mine)
    sums = rows.values("currency").annotate(total=Sum(F("amount") - F("refunded"))).order_by()
    return {row["currency"]: int(row["total"]) for row in sums}


def people_with_releases(*, since: datetime) -> set[UUID]:
    """Return everybody who earned or paid for work that was released since a moment. One query."""
    rows = EscrowHold.objects.filter(status=HoldStatus.RELEASED, closed_at__gt=since)
    return {each for pair in rows.values_list("payee_id", "payer_id").distinct() for each in pair}


def protected(currency: str) -> Money:
    """Return what is held for work at this moment, of everybody together. One query."""
    found = EscrowHold.objects.filter(currency=currency, held__gt=0).aggregate(sum=Sum("held"))
    return Money(found["sum"] or 0, currency)


def view_of_hold(row: EscrowHold) -> HoldView:
    """Return the view of a row."""
    return HoldView(
        id=row.pk,
        contract_id=row.contract_id,
        milestone_id=row.milestone_id,
        payment_id=row.payment_id,
        payer_id=row.payer_id,
        payee_id=row.payee_id,
        amount=row.money(row.amount),
        platform_fee=row.money(row.platform_fee),
        held=row.money(row.held),
        service_fee=row.money(row.service_fee),
        payout=row.money(row.payout),
        refunded=row.money(row.refunded),
        status=HoldStatus(row.status),
        created_at=row.created_at,
        closed_at=row.closed_at,
        frozen_reason=row.frozen_reason,
        charged_back=row.money(row.charged_back),
        after_release=FeesAfterRelease(row.after_release),
        set_aside_from=row.set_aside_from,
    )


def view_of_policy(row: FeePolicy, *, is_replaced: bool = False) -> FeePolicyView:
    """Return the view of a row. `is_replaced`: a later one for the same holds by now."""
    standing = PolicyStanding.REPLACED if is_replaced else PolicyStanding.IN_FORCE
    return FeePolicyView(
        id=row.pk,
        name=row.name,
        category=row.category,
        tier=row.tier,
        currency=row.currency,
        terms=_terms(row),
        valid_from=row.valid_from,
        created_at=row.created_at,
        standing=PolicyStanding.PLANNED if row.valid_from > clock.now() else standing,
    )


def _terms(row: FeePolicy) -> FeeTerms:
    return FeeTerms(
        acceptance=FeePart(
            row.acceptance_basis_points, row.acceptance_fixed, row.acceptance_minimum, row.acceptance_cap
        ),
        completion=FeePart(
            row.completion_basis_points, row.completion_fixed, row.completion_minimum, row.completion_cap
        ),
        policy=row.name,
        policy_id=str(row.pk),
        currency=row.currency,
        after_release=FeesAfterRelease(row.after_release),
    )


def held_by_status() -> list[tuple[str, str, int, int]]:
    """Return (status, currency, number, sum in minor units) of open holds, for the metrics. One query."""
    rows = EscrowHold.objects.filter(status__in=OPEN_HOLDS).order_by().values_list("status", "currency")
    return list(rows.annotate(number=Count("pk"), total=Sum("held")))
