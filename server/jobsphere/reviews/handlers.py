"""What follows from a finished contract, and what people are told of reviews. By the worker."""

from uuid import UUID

from jobsphere.contracts.events import ContractCancelled, ContractCompleted
from jobsphere.notifications.services import tell
from jobsphere.outbox.subscriptions import subscribe
from jobsphere.outbox.types import EventMeta
from jobsphere.reviews import services
from jobsphere.reviews.events import ReviewPublished, ReviewReplied, RoundOpened


@subscribe(ContractCompleted)
def open_after_completion(event: ContractCompleted) -> None:
    """The work is done."""
    _open(event)


@subscribe(ContractCancelled)
def open_after_cancellation(event: ContractCancelled) -> None:
    """The work ended early, but something of it was paid."""
    if event.paid_out.amount:
        _open(event)


@subscribe(RoundOpened)
def ask_both(event: RoundOpened, meta: EventMeta) -> None:
    """Ask the two how it was."""
    for person_id in (event.customer_id, event.contractor_id):
        _tell(meta, person_id, "review.received/asked", event.contract_id, title=event.title)


@subscribe(ReviewPublished)
def tell_of_review(event: ReviewPublished, meta: EventMeta) -> None:
    """Somebody reads what was said of them."""
    _tell(meta, event.subject_id, "review.received", event.contract_id, stars=str(event.rating))


@subscribe(ReviewReplied)
def tell_of_reply(event: ReviewReplied, meta: EventMeta) -> None:
    """An author reads the answer."""
    _tell(meta, event.author_id, "review.received/answered", event.contract_id)


def _open(event: ContractCompleted | ContractCancelled) -> None:
    services.open_round(
        contract_id=event.contract_id,
        customer_id=event.customer_id,
        contractor_id=event.contractor_id,
        title=event.title,
    )


def _tell(meta: EventMeta, user_id: UUID, message: str, contract_id: UUID, **values: str) -> None:
    params = {"contract_id": contract_id, **values}
    tell(user_id=user_id, message=message, params=params, key=f"{meta.id}:{user_id}")
