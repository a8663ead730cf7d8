"""People who are paid: onboarding at the gateway, its gate, and the schedule."""

from uuid import UUID

from django.conf import settings

from jobsphere.audit import services as audit
from jobsphere.db.transactions import require_transaction
from jobsphere.kit.actor import Actor
from jobsphere.kit.errors import NotFound
from jobsphere.payments import asking, registry, selectors
from jobsphere.payments.looking import look_at_payee
from jobsphere.payments.models import GatewayOperation, PayeeAccount
from jobsphere.payments.operations.intents import start
from jobsphere.payments.rules import UNSETTLED, OperationKind, PayoutSchedule
from jobsphere.payments.types import PayeeView


def connect_payee(*, actor: Actor, country: str = "US", return_url: str = "", refresh_url: str = "") -> PayeeView:
    """Make the actor a payee of the gateway in use and get a fresh link on which they complete what it asks.

    Call it again for a new link; the person is made at the gateway once. `pending` while it has not answered.
    """
    require_transaction()
    gateway = registry.default_gateway()
    account, _ = PayeeAccount.objects.get_or_create(
        user_id=actor.known_id(), gateway=gateway, defaults={"country": country}
    )
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


def refresh_payee(*, actor: Actor) -> PayeeView:
    """Ask the gateway again whether the actor can be paid; raises NotFound before they are connected."""
    account = _account(actor)
    asking.soon(look_at_payee, account.pk)
    return selectors.view_of_payee(account)


def set_payout_schedule(*, actor: Actor, schedule: PayoutSchedule) -> PayeeView:
    """Choose who starts withdrawals; raises NotFound before the actor is connected."""
    account = _account(actor)
    PayeeAccount.objects.filter(pk=account.pk).update(schedule=schedule)
    audit.record(
        actor=actor, verb="payee.schedule", target_type="payee", target_id=account.pk, detail={"schedule": schedule}
    )
    account.refresh_from_db()
    return selectors.view_of_payee(account)


def _account(actor: Actor) -> PayeeAccount:
    require_transaction()
    account = PayeeAccount.objects.filter(user_id=actor.known_id(), gateway=registry.default_gateway()).first()
    if account is None:
        raise NotFound("You are not connected yet: POST /api/payouts/connect.")
    return account


def _round(account_id: UUID) -> int:
    """Count the finished onboardings, so that two requests at once ask for one link, under one key."""
    finished = GatewayOperation.objects.filter(subject_id=account_id, kind=OperationKind.ONBOARD)
    return finished.exclude(status__in=sorted(UNSETTLED)).count()
