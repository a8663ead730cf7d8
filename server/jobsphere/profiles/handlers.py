"""What contractors are told of their papers."""

from typing import Any

from jobsphere.kit.words import Phrase
from jobsphere.notifications.services import tell
from jobsphere.outbox.subscriptions import subscribe
from jobsphere.outbox.types import EventMeta
from jobsphere.profiles.events import VerificationDecided, VerificationEnded
from jobsphere.profiles.models import Verification
from jobsphere.profiles.types import VerificationStatus

_DECISIONS = {
    VerificationStatus.APPROVED: "account.verification/approved",
    VerificationStatus.REJECTED: "account.verification/rejected",
    VerificationStatus.MORE_NEEDED: "account.verification/more_needed",
}


@subscribe(VerificationDecided)
def tell_of_decision(event: VerificationDecided, meta: EventMeta) -> None:
    """Tell the contractor what staff decided, and why."""
    reason = Verification.objects.get(pk=event.verification_id).reason
    _tell(event, meta, _DECISIONS[VerificationStatus(event.status)], reason=reason)


@subscribe(VerificationEnded)
def tell_of_end(event: VerificationEnded, meta: EventMeta) -> None:
    """Tell the contractor that a paper has run out; who withdraws one knows."""
    if event.status == VerificationStatus.LAPSED:
        _tell(event, meta, "account.verification/lapsed")


def _tell(event: VerificationDecided | VerificationEnded, meta: EventMeta, message: str, **values: Any) -> None:
    tell(
        user_id=event.person_id,
        message=message,
        params={"kind": Phrase(f"paper.{event.kind}"), **values},
        metadata={"verification_id": event.verification_id},
        key=f"verification:{meta.id}",
    )
