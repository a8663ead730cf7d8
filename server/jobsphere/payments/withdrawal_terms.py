"""What a withdrawal costs, how small it may be, and which of a payee's gateways sends it."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from django.conf import settings

from jobsphere.kit import clock
from jobsphere.kit.money import Money
from jobsphere.ledger import selectors as ledger
from jobsphere.payments import books, registry
from jobsphere.payments.errors import (
    BankCoolingOff,
    CurrencyNotPaidOut,
    GatewayNotConfigured,
    PayoutsNotCovered,
    PayoutsNotEnabled,
)
from jobsphere.payments.gateways.base import Capabilities
from jobsphere.payments.models import PayeeAccount
from jobsphere.payments.rules import PayoutSpeed, minimum_withdrawal, whole_steps
from jobsphere.payments.types import InstantOffer, WithdrawalQuote

_WHOLE = 10_000
_SATURDAY = 5


def minimum(currency: str) -> Money:
    """Return the smallest withdrawal in a currency: the operator's, or what a bank transfer is worth."""
    return Money(settings.MINIMUM_WITHDRAWALS.get(currency, minimum_withdrawal(currency)), currency)


def instant_fee(amount: Money) -> Money:
    """Return what it costs that this amount is at the bank in minutes, rounded down, and at least the minimum."""
    share = amount.amount * settings.INSTANT_FEE_BASIS_POINTS // _WHOLE
    return Money(max(share, _instant_minimum(amount.currency)), amount.currency)


def estimate(speed: PayoutSpeed) -> datetime:
    """Say when a withdrawal that starts now is usually at the bank: in half an hour, or after two working days."""
    now = clock.now()
    if speed is PayoutSpeed.INSTANT:
        return now + timedelta(minutes=30)
    day, left = now, 2
    while left:
        day += timedelta(days=1)
        left -= day.weekday() < _SATURDAY
    return day


def quote(accounts: Sequence[PayeeAccount], amount: Money) -> WithdrawalQuote:
    """Say what withdrawing an amount costs, what arrives and when, at each speed."""
    offer = instant_offer(accounts, amount.currency)
    fee = instant_fee(amount)
    arriving = whole_steps(amount - fee) if amount > fee else Money.zero(amount.currency)
    return WithdrawalQuote(
        amount=amount,
        minimum=minimum(amount.currency),
        standard_at=estimate(PayoutSpeed.STANDARD),
        instant=offer,
        instant_fee=amount - arriving,
        instant_arriving=arriving,
        instant_at=estimate(PayoutSpeed.INSTANT),
    )


def instant_offer(accounts: Iterable[PayeeAccount], currency: str) -> InstantOffer:
    """Say whether a payee with these accounts can withdraw a currency in minutes, and what that costs."""
    fits = [each for each in accounts if pays(each, currency) and is_open(each)]
    able = any(takes_instant(each) for each in fits)
    why_not = "" if able else NO_INSTANT if fits else _NOT_OPEN
    terms = (settings.INSTANT_FEE_BASIS_POINTS, Money(_instant_minimum(currency), currency))
    return InstantOffer(able, *terms, why_not=why_not)


NO_INSTANT = "Your bank does not take instant payouts. A debit card or another bank account may."
_NOT_OPEN = "Connect a bank account first."


def ready_accounts(accounts: Sequence[PayeeAccount], currency: str) -> list[PayeeAccount]:
    """Return the accounts that a currency can go to now, in the order given.

    Raises PayoutsNotEnabled, CurrencyNotPaidOut or BankCoolingOff, whichever the payee can do something about first.
    """
    ready = [each for each in accounts if is_open(each)]
    if not ready:
        shut = next(iter(accounts), None)
        raise PayoutsNotEnabled(tuple(shut.currently_due), shut.disabled_reason) if shut else PayoutsNotEnabled
    able = [each for each in ready if pays(each, currency)]
    if not able:
        raise CurrencyNotPaidOut(f"Connect an account that takes {currency}, or write to us.")
    now = clock.now()
    cool = [each for each in able if each.cooling_until is None or each.cooling_until <= now]
    if not cool:
        raise BankCoolingOff(min(each.cooling_until for each in able if each.cooling_until))
    return cool


def covering(accounts: Iterable[PayeeAccount], amount: Money) -> PayeeAccount:
    """Return the first account at whose gateway our own balance covers the amount; raises PayoutsNotCovered.

    It is what our books say, read without a lock: the gateway has the last word, and its no comes back to the wallet.
    """
    for each in accounts:
        if ledger.balance_of(books.at_gateway(each.gateway, amount.currency)) >= amount:
            return each
    raise PayoutsNotCovered(amount)


def is_open(account: PayeeAccount) -> bool:
    """Say whether the gateway lets us pay this account."""
    return account.payouts_enabled and not account.currently_due


def pays(account: PayeeAccount, currency: str) -> bool:
    """Say whether the gateway of an account pays out this currency."""
    able = _capabilities(account)
    return able is not None and (not able.currencies or currency in able.currencies)


def takes_instant(account: PayeeAccount) -> bool:
    """Say whether both the gateway and the payee's bank do instant payouts."""
    able = _capabilities(account)
    return able is not None and able.instant_payouts and account.instant_available


def _capabilities(account: PayeeAccount) -> Capabilities | None:
    try:
        return registry.gateway(account.gateway).capabilities
    except GatewayNotConfigured:
        return None


def _instant_minimum(currency: str) -> int:
    return int(settings.INSTANT_FEE_MINIMUMS.get(currency, 0))
