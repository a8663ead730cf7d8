"""What every verb on a deal leaves behind: an audit entry and an event."""

from typing import Any

from jobsphere.audit import services as audit
from jobsphere.hours.events import HoursEvent
from jobsphere.hours.models import HourlyDeal
from jobsphere.kit.actor import Actor
from jobsphere.outbox import services as outbox


def record(actor: Actor, verb: str, deal: HourlyDeal, **detail: Any) -> None:
    """Leave the audit entry of a verb."""
    audit.record(actor=actor, verb=f"hours.{verb}", target_type="deal", target_id=deal.pk, detail=detail)


def tell(actor: Actor, deal: HourlyDeal, kind: type[HoursEvent], **fields: Any) -> None:
    """Publish an event of a deal that has a contract."""
    assert deal.contract_id is not None, "these happen to deals that have become contracts"
    event = kind(
        deal_id=deal.pk,
        contract_id=deal.contract_id,
        customer_id=deal.customer_id,
        contractor_id=deal.contractor_id,
        title=deal.title,
        **fields,
    )
    outbox.publish(event, actor=actor)
