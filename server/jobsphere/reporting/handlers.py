"""What contractors are told. By the worker."""

from jobsphere.notifications.services import tell
from jobsphere.outbox.subscriptions import subscribe
from jobsphere.outbox.types import EventMeta
from jobsphere.reporting.events import SellerAsked, SellerWithheld


@subscribe(SellerAsked)
def ask(event: SellerAsked, meta: EventMeta) -> None:
    """A tax authority wants to know who they are."""
    if event.reminder:
        tell(user_id=event.user_id, message="payout.setup/tax_reminder", params={}, key=f"{meta.id}")
    else:
        tell(user_id=event.user_id, message="payout.setup/tax_asked", params={}, key=f"{meta.id}")


@subscribe(SellerWithheld)
def tell_of_wait(event: SellerWithheld, meta: EventMeta) -> None:
    """Their withdrawals wait."""
    tell(user_id=event.user_id, message="payout.setup/tax_withheld", params={}, key=f"{meta.id}")
