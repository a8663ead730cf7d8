"""Which gateway takes a new payment, in which amounts and by which methods. README.md and ADR 0012 say why.

The operator's order (GATEWAYS), with the preferred one for the payee's country or the currency first
(GATEWAY_PREFERENCES); of those that take the amount, the first that answers (`health.py`). Nothing here is asked for
a payment that exists: its gateway, its refunds' and its operations' never change.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.conf import settings

from jobsphere.kit.errors import FieldError, InvalidInput
from jobsphere.kit.money import Money
from jobsphere.payments import health, registry
from jobsphere.payments.gateways.base import AmountLimits, Gateway, PaymentMethodKind
from jobsphere.payments.models import PayeeAccount
from jobsphere.payments.types import Checkout, MethodView

#: What can be reserved at all: other ways of paying take the money at once, wherever they are offered.
RESERVABLE = frozenset({PaymentMethodKind.CARD, PaymentMethodKind.WALLET})


@dataclass(frozen=True, slots=True)
class Route:
    """Where a new payment is made. `payment_method` is None where the token that was given means nothing."""

    gateway: str
    payment_method: str | None


def route(amount: Money, *, payee_id: UUID | None = None, wanted: str = "", payment_method: str | None = None) -> Route:
    """Choose the gateway of a new payment; call it in the transaction that makes the payment.

    `wanted` is the gateway whose form has made `payment_method`; none named: the first in order. If that one does not
    answer, the payment is made at the next without the token, and the payer is asked once more there. When none
    answers it is the first one's, and waits in the queue. Raises InvalidInput for an amount that no gateway takes.
    """
    names = _takers(amount, country_of(payee_id), wanted)
    chosen = _answering(names, claim=True)
    owner = names[0]
    return Route(chosen, payment_method if chosen == owner else None)


def problem_with(amount: Money, *, pointer: str = "/amount") -> FieldError | None:
    """Say why no gateway takes this amount; None when one does. For forms that check before they write."""
    names = [name for name in registry.in_use() if _speaks(registry.gateway(name), amount.currency)]
    if not names:
        text = f"Payments in {amount.currency} are not possible here."
        return FieldError(f"{pointer}/currency", "currency-not-taken", text)
    found = [registry.gateway(name).limits(amount.currency) for name in names]
    return None if any(each.allows(amount) for each in found) else _refusal(amount, found, pointer)


def problem_with_part(amount: Money, *, pointer: str) -> FieldError | None:
    """Say why a part of an amount could not be given back by itself; None when it could."""
    steps = [registry.gateway(name).limits(amount.currency).step for name in registry.in_use()]
    return _step_problem(amount, min(steps), pointer) if amount.amount % min(steps) else None


def checkout(currency: str, *, amount: Money | None = None, gateway: str = "") -> Checkout:
    """Say what a payer's browser needs before there is a payment; raises InvalidInput for what no gateway takes."""
    wanted = amount or None
    names = _takers(wanted, "", gateway) if wanted else _speakers(currency, "", gateway)
    chosen = registry.gateway(_answering(names, claim=False))
    return Checkout(chosen.name, chosen.checkout(), _method_views(chosen, currency), chosen.limits(currency))


def methods(gateway: str, currency: str) -> tuple[PaymentMethodKind, ...]:
    """Return the ways of paying that the operator offers there (PAYMENT_METHODS), of those that it is able to take."""
    able = registry.gateway(gateway).methods(currency)
    offered = settings.PAYMENT_METHODS.get(f"{gateway}/{currency}", settings.PAYMENT_METHODS.get(gateway))
    return able if offered is None else tuple(kind for kind in able if kind in offered)


def country_of(payee_id: UUID | None) -> str:
    """Return where a payee's bank is, if the operator prefers gateways by country and we know it."""
    if payee_id is None or not any(len(key) == 2 for key in settings.GATEWAY_PREFERENCES):
        return ""
    known = PayeeAccount.objects.filter(user_id=payee_id).order_by("id").values_list("country", flat=True).first()
    return known or ""


def _takers(amount: Money, country: str, wanted: str) -> list[str]:
    if problem := problem_with(amount):
        raise InvalidInput([problem])
    names = _speakers(amount.currency, country, wanted)
    able = [name for name in names if registry.gateway(name).limits(amount.currency).allows(amount)]
    if wanted and wanted not in able:
        found = registry.gateway(wanted).limits(amount.currency)
        raise InvalidInput([_refusal(amount, [found], "/amount")])
    return able


def _speakers(currency: str, country: str, wanted: str) -> list[str]:
    """Return the gateways that take a currency, the wanted one first, then the preferred ones."""
    if wanted and wanted not in registry.in_use():
        raise InvalidInput.at("/gateway", "unknown-gateway", f"Payments are not made at '{wanted}' here.")
    preferred = settings.GATEWAY_PREFERENCES
    first = [wanted, preferred.get(country, ""), preferred.get(currency, "")]
    ordered = dict.fromkeys([*(name for name in first if name in registry.in_use()), *registry.in_use()])
    names = [name for name in ordered if _speaks(registry.gateway(name), currency)]
    if not names or (wanted and wanted not in names):
        text = f"Payments in {currency} are not possible here."
        raise InvalidInput.at("/amount/currency", "currency-not-taken", text)
    return names


def _answering(names: Sequence[str], *, claim: bool) -> str:
    """Return the first that answers, else the first. With one gateway there is nothing to choose, and nothing read."""
    if len(names) == 1:
        return names[0]
    known = health.states(names)
    for name in names:
        row = known.get(name)
        if health.answers(row) and (not claim or health.claim_probe(row)):
            return name
    return names[0]


def _speaks(gateway: Gateway, currency: str) -> bool:
    taken = gateway.capabilities.currencies
    return not taken or currency in taken


def _method_views(gateway: Gateway, currency: str) -> tuple[MethodView, ...]:
    holds = gateway.capabilities.manual_capture
    return tuple(MethodView(kind, holds and kind in RESERVABLE) for kind in methods(gateway.name, currency))


def _refusal(amount: Money, found: Sequence[AmountLimits], pointer: str) -> FieldError:
    """Explain by the limits of whichever gateway is the most generous."""
    least = Money(min(each.minimum for each in found), amount.currency)
    most = Money(max(each.maximum for each in found), amount.currency)
    if amount < least:
        return FieldError(pointer, "amount-too-small", f"The smallest amount that can be paid is {least}.")
    if amount > most:
        return FieldError(pointer, "amount-too-large", f"The largest amount that can be paid at once is {most}.")
    return _step_problem(amount, min(each.step for each in found), pointer)


def _step_problem(amount: Money, step: int, pointer: str) -> FieldError:
    below = amount.whole_steps(step)
    above = below + Money(step, amount.currency)
    text = f"{amount} cannot be paid: amounts in {amount.currency} go in steps of {Money(step, amount.currency)}."
    return FieldError(pointer, "amount-step", f"{text} Take {below} or {above}.")
