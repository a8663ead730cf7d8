"""What people are told of hours, by the worker. That a week was handed in, released or refunded, contracts tells."""

from jobsphere.hours.events import HoursDisputed, HoursStopped
from jobsphere.notifications.services import tell
from jobsphere.outbox.subscriptions import subscribe
from jobsphere.outbox.types import EventMeta


@subscribe(HoursDisputed)
def tell_of_dispute(event: HoursDisputed, meta: EventMeta) -> None:
    """The contractor answers next: gives the money back, or convinces the customer or staff."""
    params = {"contract_id": event.contract_id, "title": event.title, "amount": event.amount, "reason": event.reason}
    tell(user_id=event.contractor_id, message="milestone.changes_requested/hours", params=params, key=f"{meta.id}")


@subscribe(HoursStopped)
def tell_of_end(event: HoursStopped, meta: EventMeta) -> None:
    """The other one learns that no new hours are taken."""
    other = event.contractor_id if event.by == "customer" else event.customer_id
    params = {"contract_id": event.contract_id, "title": event.title, "reason": event.reason}
    tell(user_id=other, message="contract.change/hours_ended", params=params, key=f"{meta.id}")
