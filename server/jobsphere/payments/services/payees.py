"""People who are paid: onboarding at a gateway, their bank, its cooling-off after a change, and the schedule."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError

from jobsphere.audit import services as audit
from jobsphere.db.composed import refresh
from jobsphere.db.guarded import update_where
from jobsphere.db.transactions import require_transaction, savepoint
from jobsphere.kit.actor import Actor
from jobsphere.kit.errors import InvalidInput, NotFound, Unavailable
from jobsphere.kit.ids import uuid7
from jobsphere.kit.money import Money
from jobsphere.ledger.policies import require_finance
from jobsphere.payments import asking, registry, selectors
from jobsphere.payments.gateways.base import Declined, Ok, PayeeBank, PayeeForm
from jobsphere.payments.looking import look_at_payee
from jobsphere.payments.models import GatewayOperation, Payee, PayeeAccount
from jobsphere.payments.operations.intents import start
from jobsphere.payments.rules import UNSETTLED, OperationKind, PayoutSchedule
from jobsphere.payments.types import PayeeView, PayoutPlan
from jobsphere.users import selectors as users


@dataclass(frozen=True, slots=True)
class ToldBank:
    """What a gateway has made of somebody's bank details; the number itself is forgotten by now."""

    gateway: str
    country: str
    payee_id: str
    bank_code: str
    last4: str


def connect_payee(
    *, actor: Actor, country: str = "US", return_url: str = "", refresh_url: str = "", gateway: str = ""
) -> PayeeView:
    """Make the actor a payee of a gateway (the one in use) and get a fresh link on which they complete what it asks.

    Call it again for a new link; the person is made at the gateway once. `pending` while it has not answered. Raises
    InvalidInput where the gateway takes bank details from us (`tell_bank`).
    """
    require_transaction()
    gateway = gateway or registry.default_gateway()
    if registry.gateway(gateway).capabilities.payee_form is not PayeeForm.HOSTED:
        raise InvalidInput.at("/bank", "required", "Give your bank and account number.")
    account = _made(actor, gateway, country)
    start(
        OperationKind.ONBOARD,
        subject_type="payee",
        subject_id=account.pk,
        gateway=gateway,
        key=f"onboard:{account.pk}:{_round(account.pk)}",
        request={
            "payee": account.gateway_id,
            "email": account.user.email,
            "country": account.country,
            "user": str(account.user_id),
            "return_url": return_url or f"{settings.PUBLIC_URL}/payouts?onboarded=1",
            "refresh_url": refresh_url or f"{settings.PUBLIC_URL}/payouts?onboarding=expired",
        },
    )
    audit.record(actor=actor, verb="payee.connect", target_type="payee", target_id=account.pk)
    return selectors.view_of_payee(account)


def tell_bank(*, actor: Actor, bank: PayeeBank, country: str, gateway: str = "") -> ToldBank:
    """Tell a gateway where the actor's money goes; before the transaction that records it (`record_bank`).

    The number goes through our memory and nowhere else: no table, no queue, no log. A person killed in between types it
    again, and the gateway knows it by then. Raises InvalidInput when it is refused, Unavailable without an answer.
    """
    gateway = gateway or registry.default_gateway()
    port = registry.gateway(gateway)
    if port.capabilities.payee_form is not PayeeForm.BANK:
        raise InvalidInput.at("/bank", "not-asked", "The payment service asks for your bank on its own page.")
    person = users.contact(actor.known_id())
    intent = str(uuid7())
    answer = port.onboard_payee(
        idempotency_key=f"bank:{intent}",
        operation_id=intent,
        email=person.email if person else "",
        country=country,
        return_url="",
        refresh_url="",
        bank=bank,
        metadata={"user": str(actor.known_id())},
    )
    if isinstance(answer, Ok):
        last4 = bank.account_number[-4:]
        return ToldBank(gateway, country, answer.object.payee_id, bank.bank_code, last4)
    if isinstance(answer, Declined):
        raise InvalidInput.at("/bank/account_number", "refused", "There is no such account at this bank.")
    raise Unavailable("The payment service does not answer just now. Nothing was changed; try again in a moment.")


def record_bank(*, actor: Actor, told: ToldBank) -> PayeeView:
    """Record where the actor's money goes from now on, and look at it: a changed bank account starts a cooling-off.

    Raises InvalidInput for an account that somebody else is paid to: a gateway may know one bank account once only, and
    two people behind one account are for staff to look at.
    """
    require_transaction()
    account = _made(actor, told.gateway, told.country)
    try:
        with savepoint():
            PayeeAccount.objects.filter(pk=account.pk).update(gateway_id=told.payee_id, country=told.country)
    except IntegrityError as error:
        refusal = "This account cannot be used here. Give another one, or write to us."
        raise InvalidInput.at("/bank/account_number", "not-usable", refusal) from error
    detail = {"bank": told.bank_code, "last4": told.last4}
    audit.record(actor=actor, verb="payee.bank", target_type="payee", target_id=account.pk, detail=detail)
    asking.soon(look_at_payee, account.pk)
    refresh(account)
    return selectors.view_of_payee(account)


def refresh_payee(*, actor: Actor) -> PayeeView:
    """Ask the gateways again whether the actor can be paid; raises NotFound before they are connected."""
    accounts = _accounts(actor)
    for account in accounts:
        asking.soon(look_at_payee, account.pk)
    return selectors.view_of_payee(accounts[0])


def set_payout_schedule(
    *,
    actor: Actor,
    schedule: PayoutSchedule,
    weekday: int | None = None,
    minimums: Mapping[str, Money] | None = None,
) -> PayoutPlan:
    """Choose who starts withdrawals, on which day, and from which amount on; what is not given stays as it is.

    Raises NotFound before the actor is connected.
    """
    _accounts(actor)
    payee, _ = Payee.objects.get_or_create(user_id=actor.known_id())
    changes = {
        "schedule": schedule,
        "weekday": payee.weekday if weekday is None else weekday,
        "minimums": payee.minimums
        if minimums is None
        else {each.currency: each.amount for each in minimums.values() if each.amount},
    }
    Payee.objects.filter(pk=payee.pk).update(**changes)
    audit.record(actor=actor, verb="payee.schedule", target_type="payee", target_id=actor.known_id(), detail=changes)
    return selectors.payout_plan(actor)


def lift_cooling_off(*, actor: Actor, payee_id: UUID, reason: str) -> None:
    """Let a payee withdraw at once after a change of their bank account, for a reason that staff give: they have spoken
    to the person. Raises NotFound when no account of theirs is cooling off."""
    require_finance(actor)
    require_transaction()
    lifted = [
        account
        for account in PayeeAccount.objects.filter(user_id=payee_id, cooling_until__isnull=False)
        if update_where(PayeeAccount, {"pk": account.pk, "cooling_until__isnull": False}, cooling_until=None)
    ]
    if not lifted:
        raise NotFound("Nothing of this person is cooling off.")
    for account in lifted:
        detail = {"until": account.cooling_until, "reason": reason, "gateway": account.gateway}
        audit.record(actor=actor, verb="payee.lift-cooling-off", target_type="payee", target_id=payee_id, detail=detail)


def _made(actor: Actor, gateway: str, country: str) -> PayeeAccount:
    account, _ = PayeeAccount.objects.get_or_create(
        user_id=actor.known_id(), gateway=gateway, defaults={"country": country}
    )
    return account


def _accounts(actor: Actor) -> list[PayeeAccount]:
    require_transaction()
    accounts = list(PayeeAccount.objects.filter(user_id=actor.known_id()).order_by("id"))
    if not accounts:
        raise NotFound("You are not connected yet: POST /api/payouts/connect.")
    return sorted(accounts, key=lambda row: row.gateway != registry.default_gateway())


def _round(account_id: UUID) -> int:
    """Count the finished onboardings, so that two requests at once ask for one link, under one key."""
    finished = GatewayOperation.objects.filter(subject_id=account_id, kind=OperationKind.ONBOARD)
    return finished.exclude(status__in=sorted(UNSETTLED)).count()
