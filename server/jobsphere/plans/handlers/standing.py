"""Who has earned or paid may stand higher now. By the worker."""

from jobsphere.escrow.events import EscrowReleased
from jobsphere.outbox.subscriptions import subscribe
from jobsphere.plans.rules.lifecycle import Audience
from jobsphere.plans.services.standing import judge


@subscribe(EscrowReleased)
def judge_both(event: EscrowReleased) -> None:
    """The contractor has earned, the customer has paid."""
    judge(person_id=event.payee_id, audience=Audience.CONTRACTOR)
    judge(person_id=event.payer_id, audience=Audience.CUSTOMER)
