"""The catalogue: what can be told, in which group a person finds it, and how it is sent when they chose nothing."""

from collections.abc import Collection
from dataclasses import dataclass

from jobsphere.kit.errors import FieldError, InvalidInput
from jobsphere.notifications.types import NotificationType, Preference

TITLE_LENGTH = 120
BODY_LENGTH = 1000
LINK_LENGTH = 200


@dataclass(frozen=True, slots=True)
class Topic:
    """One row of the catalogue. `email` is what holds unless a person chose; a required one cannot be hidden."""

    group: str
    label: str
    email: bool
    required: bool = False


T = NotificationType
CATALOGUE: dict[NotificationType, Topic] = {
    T.JOB_NEW: Topic("Jobs", "A new job fits my skills", email=False),
    T.JOB_EXPIRED: Topic("Jobs", "My job has expired", email=True),
    T.PROPOSAL_RECEIVED: Topic("Proposals", "Somebody proposes to do my job", email=True),
    T.PROPOSAL_SHORTLISTED: Topic("Proposals", "My proposal is on the short list", email=True),
    T.PROPOSAL_ACCEPTED: Topic("Proposals", "My proposal is accepted", email=True),
    T.PROPOSAL_REJECTED: Topic("Proposals", "My proposal is rejected", email=False),
    T.OFFER_RECEIVED: Topic("Offers and bookings", "I have an offer or a booking", email=True),
    T.OFFER_ACCEPTED: Topic("Offers and bookings", "My offer or booking is confirmed", email=True),
    T.OFFER_REJECTED: Topic("Offers and bookings", "My offer or booking is declined", email=True),
    T.OFFER_WITHDRAWN: Topic("Offers and bookings", "An offer to me is withdrawn", email=False),
    T.OFFER_EXPIRED: Topic("Offers and bookings", "An offer has expired", email=True),
    T.CONTRACT_STARTED: Topic("Work", "A contract begins", email=True),
    T.CONTRACT_COMPLETED: Topic("Work", "A job is completed", email=True),
    T.CONTRACT_CANCELLED: Topic("Work", "A contract is cancelled", email=True),
    T.CONTRACT_REMINDER: Topic("Work", "A deadline is near", email=True),
    T.MILESTONE_SUBMITTED: Topic("Work", "Work is delivered for my approval", email=True),
    T.MILESTONE_CHANGES_REQUESTED: Topic("Work", "The customer asks for changes", email=True),
    T.MILESTONE_RELEASED: Topic("Money", "Money is released to me", email=True),
    T.PAYMENT_ACTION_REQUIRED: Topic("Money", "My bank wants me to confirm a payment", email=True, required=True),
    T.PAYMENT_RECEIVED: Topic("Money", "A payment is received and protected", email=True),
    T.PAYMENT_FAILED: Topic("Money", "A payment of mine failed", email=True, required=True),
    T.PAYMENT_REFUNDED: Topic("Money", "I am refunded", email=True),
    T.PAYOUT_PAID: Topic("Money", "A withdrawal has reached my bank", email=True),
    T.PAYOUT_FAILED: Topic("Money", "A withdrawal failed", email=True, required=True),
    T.PAYOUT_SETUP: Topic("Money", "Something is missing for my withdrawals", email=True),
    T.MESSAGE_RECEIVED: Topic("Messages", "I have a new message", email=False),
    T.REVIEW_RECEIVED: Topic("Reviews", "Somebody reviews me", email=True),
    T.DISPUTE_UPDATED: Topic("Disputes", "A dispute moves on", email=True, required=True),
    T.ACCOUNT_SECURITY: Topic("Account", "Something about my sign-in", email=True, required=True),
    T.STAFF_ALARM: Topic("Operations", "Something needs staff", email=True, required=True),
}


def preference(kind: NotificationType, chosen: tuple[bool, bool] | None = None) -> Preference:
    """Return how a type reaches a person who chose (in_app, email), or nothing."""
    topic = CATALOGUE[kind]
    in_app, email = chosen or (True, topic.email)
    return Preference(kind, topic.group, topic.label, topic.required, in_app or topic.required, email)


def check_choices(choices: Collection[tuple[NotificationType, bool, bool]]) -> None:
    """Raise InvalidInput for a type that is named twice, or a required one that would be hidden."""
    errors, seen = [], set()
    for index, (kind, in_app, _) in enumerate(choices):
        if kind in seen:
            errors.append(FieldError(f"/preferences/{index}/type", "twice", "Each type once."))
        if CATALOGUE[kind].required and not in_app:
            detail = "This one always shows in the app, because money or safety hangs on it."
            errors.append(FieldError(f"/preferences/{index}/in_app", "required", detail))
        seen.add(kind)
    if errors:
        raise InvalidInput(errors)
