"""Chargebacks: what finance answers a bank, and what higher floors say of who bears a loss."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any
from uuid import UUID

from django.db.models import F

from jobsphere.audit import services as audit
from jobsphere.db.composed import first, get, refresh
from jobsphere.db.guarded import update_where
from jobsphere.db.transactions import require_transaction
from jobsphere.kit import clock
from jobsphere.kit.actor import Actor
from jobsphere.kit.errors import InvalidInput, NotFound, WrongStatus
from jobsphere.kit.money import Money
from jobsphere.ledger.policies import require_finance
from jobsphere.ledger.types import Leg
from jobsphere.payments import chargebacks, evidence, registry
from jobsphere.payments.closing import reopen
from jobsphere.payments.errors import EvidenceNotPossible
from jobsphere.payments.gateways.base import DisputeEvidence
from jobsphere.payments.models import Chargeback, Payment
from jobsphere.payments.operations.intents import start
from jobsphere.payments.rules import CHARGEBACK, FINANCE, ChargebackStatus, OperationKind

#: The gateway takes at most so many characters in one field, and so many in all.
LONGEST_FIELD = 20_000
LONGEST_EVIDENCE = 150_000


def bear_loss(*, chargeback_id: UUID, legs: Sequence[Leg], amount: Money, part: str) -> None:
    """Say who bears a part of what a chargeback has cost. `legs` are debits of `amount` in all; `part` names it.

    Called by an inline listener of `chargeback.lost`.
    """
    require_transaction()
    chargebacks.bear(chargebacks.get_row(chargeback_id), legs, amount, part=part)


def return_loss(*, chargeback_id: UUID, legs: Sequence[Leg], amount: Money, part: str) -> None:
    """Say who gets a part of a loss back; `legs` are credits. Called by an inline listener of `chargeback.reinstated`.

    A payment that counted as refunded because of the loss is released again.
    """
    require_transaction()
    row = chargebacks.get_row(chargeback_id)
    chargebacks.give_back_loss(row, legs, amount, part=part)
    reopen(get(Payment, pk=row.payment_id), "recover")


def keep_evidence(*, actor: Actor, chargeback_id: UUID, changes: Mapping[str, str]) -> None:
    """Keep what finance has changed of the draft; nothing is sent. Raises NotFound, WrongStatus, InvalidInput."""
    row = _take(actor, chargeback_id, "submit")
    _write(row, changes)
    audit.record(
        actor=actor,
        verb="chargeback.edit",
        target_type="payment",
        target_id=row.payment_id,
        detail={"chargeback": row.pk, "fields": sorted(changes)},
    )


def submit_evidence(
    *, actor: Actor, chargeback_id: UUID, changes: Mapping[str, str] | None = None, reason: str = ""
) -> None:
    """Send the evidence to the bank, for good: what the contract's record says, as changed by finance.

    The outcome is `evidence_sent_at`, perhaps later. Raises NotFound, WrongStatus when it was sent or decided,
    InvalidInput for texts that are too long, EvidenceNotPossible.
    """
    row = _take(actor, chargeback_id, "submit")
    if not registry.gateway(row.gateway).capabilities.dispute_evidence:
        raise EvidenceNotPossible(f"Answer this chargeback at the site of {row.gateway}; it takes no evidence from us.")
    if row.evidence_due_by and row.evidence_due_by <= clock.now():
        raise WrongStatus("submit", "past_due", ["accept"])
    _write(row, changes or {})
    final = evidence.draft_of(row)
    unsent = {"pk": row.pk, "submitting_at": None, "evidence_sent_at": None, "status": ChargebackStatus.OPEN}
    if not update_where(
        Chargeback, unsent, submitting_at=clock.now(), evidence=asdict(final.evidence), revision=F("revision") + 1
    ):
        raise WrongStatus("submit", row.status)
    _send(OperationKind.SUBMIT_EVIDENCE, row)
    _record(actor, "chargeback.submit", row, reason)


def accept_chargeback(*, actor: Actor, chargeback_id: UUID, reason: str) -> None:
    """Give a chargeback up: it is lost. Raises NotFound, WrongStatus, EvidenceNotPossible."""
    row = _take(actor, chargeback_id, "accept")
    if not registry.gateway(row.gateway).capabilities.dispute_evidence:
        raise EvidenceNotPossible(f"Give this chargeback up at the site of {row.gateway}.")
    open_ = {"pk": row.pk, "status": ChargebackStatus.OPEN, "accepting_at": None, "submitting_at": None}
    if not update_where(Chargeback, open_, accepting_at=clock.now(), revision=F("revision") + 1):
        raise WrongStatus("accept", row.status)
    _send(OperationKind.ACCEPT_DISPUTE, row)
    _record(actor, "chargeback.accept", row, reason)


def _take(actor: Actor, chargeback_id: UUID, action: str) -> Chargeback:
    """Return the row in its payment's turn, if finance may do this now."""
    require_transaction()
    require_finance(actor)
    row = first(Chargeback, "payment", pk=chargeback_id)
    if row is None:
        raise NotFound("There is no such chargeback.")
    chargebacks.queue_up(row.payment)
    refresh(row)
    CHARGEBACK.next(ChargebackStatus(row.status), action, party=FINANCE)
    if row.submitting_at or row.accepting_at:
        raise WrongStatus(action, "submitting" if row.submitting_at else "accepting")
    return row


def _write(row: Chargeback, changes: Mapping[str, str]) -> None:
    """Keep the changes beside what was kept before; raises InvalidInput."""
    known = asdict(DisputeEvidence())
    for name, text in changes.items():
        if name not in known:
            raise InvalidInput.at(f"/evidence/{name}", "unknown", f"There are these: {', '.join(known)}.")
        if len(text) > LONGEST_FIELD:
            raise InvalidInput.at(
                f"/evidence/{name}", "too-long", f"The bank reads at most {LONGEST_FIELD} characters."
            )
    kept: dict[str, Any] = {**(row.evidence or {}), **changes}
    if sum(map(len, kept.values())) > LONGEST_EVIDENCE:
        raise InvalidInput.at("/evidence", "too-long", f"The bank reads at most {LONGEST_EVIDENCE} characters in all.")
    Chargeback.objects.filter(pk=row.pk).update(evidence=kept)
    refresh(row)


def _send(kind: OperationKind, row: Chargeback) -> None:
    refresh(row)
    start(
        kind,
        subject_type="chargeback",
        subject_id=row.pk,
        gateway=row.gateway,
        key=f"{kind}:{row.pk}:{row.revision}",
        request={"dispute": row.gateway_id},
    )


def _record(actor: Actor, verb: str, row: Chargeback, reason: str) -> None:
    audit.record(
        actor=actor,
        verb=verb,
        target_type="payment",
        target_id=row.payment_id,
        detail={"chargeback": row.pk, "amount": row.money(row.amount), "reason": reason},
    )
