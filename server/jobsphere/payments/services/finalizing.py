"""Payouts that wait for a code: the gateway has sent it to the marketplace, and staff give it.

The code goes through our memory and nowhere else. So the gateway is asked before the transaction that records what it
said, and not by an operation, which would have put the code into a table.
"""

from dataclasses import dataclass
from uuid import UUID

from jobsphere.audit import services as audit
from jobsphere.db.composed import first
from jobsphere.db.transactions import require_transaction
from jobsphere.kit.actor import Actor
from jobsphere.kit.errors import InvalidInput, NotFound, Unavailable, WrongStatus
from jobsphere.ledger.policies import require_finance
from jobsphere.payments import asking, registry
from jobsphere.payments.errors import PayoutCodeRefused
from jobsphere.payments.gateways.base import DeclineCode, Declined, Ok, PayoutSnapshot, Rejected
from jobsphere.payments.looking import look_at_payout
from jobsphere.payments.models import Payout
from jobsphere.payments.observations.payouts import observe_payout
from jobsphere.payments.rules import PayoutStatus


@dataclass(frozen=True, slots=True)
class GivenCode:
    """What a gateway has said to a code; the code itself is forgotten by now."""

    payout_id: UUID
    #: The payout did wait for a code. If it did not, nobody was asked.
    waited: bool
    #: The payout as the gateway has it now; None: it has not answered, so the code may have worked.
    snapshot: PayoutSnapshot | None = None


def give_payout_code(*, actor: Actor, payout_id: UUID, code: str) -> GivenCode:
    """Give the gateway the code that a payout waits for; before the transaction that records it (`record_payout_code`).

    Giving it again is harmless: a payout that has gone on says so. Raises Forbidden without the right "finance",
    NotFound, InvalidInput for a wrong code and PayoutCodeRefused for another refusal; nothing was changed then.
    """
    payout = _payout(actor, payout_id)
    if not _waits(payout):
        return GivenCode(payout.pk, waited=False)
    outcome = registry.gateway(payout.gateway).finalize_payout(
        gateway_id=payout.gateway_id, otp=code, payee_id=payout.account.gateway_id
    )
    if isinstance(outcome, Ok):
        return GivenCode(payout.pk, waited=True, snapshot=outcome.object)
    if isinstance(outcome, Declined) and outcome.code is DeclineCode.AUTHENTICATION_FAILED:
        raise InvalidInput.at("/otp", "refused", "This is not the code. Look at the newest one, or have another sent.")
    if isinstance(outcome, Declined | Rejected):
        raise PayoutCodeRefused(f"The gateway says: {outcome.message}")
    return GivenCode(payout.pk, waited=True)


def record_payout_code(*, actor: Actor, given: GivenCode) -> None:
    """Record what the gateway has made of a code. Without an answer it is looked at until there is one: unknown is not
    failed. Raises WrongStatus for a payout that did not wait for a code."""
    require_transaction()
    payout = _payout(actor, given.payout_id)
    if not given.waited:
        raise WrongStatus("finalize", payout.status)
    detail = {"answered": given.snapshot is not None}
    audit.record(actor=actor, verb="payout.finalize", target_type="payout", target_id=payout.pk, detail=detail)
    if given.snapshot is None:
        asking.soon(look_at_payout, payout.pk)
    else:
        observe_payout(payout.pk, given.snapshot)


def resend_payout_code(*, actor: Actor, payout_id: UUID) -> None:
    """Have the gateway send the operator another code; outside of any transaction, as nothing of ours changes by it.

    Raises like give_payout_code, WrongStatus for a payout that does not wait, and Unavailable without an answer.
    """
    payout = _payout(actor, payout_id)
    if not _waits(payout):
        raise WrongStatus("resend-code", payout.status)
    outcome = registry.gateway(payout.gateway).resend_payout_code(gateway_id=payout.gateway_id)
    if isinstance(outcome, Declined | Rejected):
        raise PayoutCodeRefused(f"The gateway says: {outcome.message}")
    if not isinstance(outcome, Ok):
        raise Unavailable("The gateway does not answer just now. A code may be on its way all the same.")


def record_resent_code(*, actor: Actor, payout_id: UUID) -> None:
    """Note who had another code sent."""
    require_transaction()
    payout = _payout(actor, payout_id)
    audit.record(actor=actor, verb="payout.resend-code", target_type="payout", target_id=payout.pk)


def _payout(actor: Actor, payout_id: UUID) -> Payout:
    require_finance(actor)
    payout = first(Payout, "account", pk=payout_id)
    if payout is None:
        raise NotFound("There is no such payout.")
    return payout


def _waits(payout: Payout) -> bool:
    return payout.needs_otp and payout.status == PayoutStatus.PAYING
