"""Who may see and do what with deals by the hour and their weeks; a stranger gets 404."""

from uuid import UUID

from django.db.models import Q, QuerySet

from jobsphere.contracts.errors import WrongParty
from jobsphere.contracts.policies import is_staff
from jobsphere.contracts.types import MilestoneStatus, WeekMoney
from jobsphere.hours.models import HourlyDeal, Week
from jobsphere.hours.rules.lifecycle import DealStatus, WeekStatus
from jobsphere.kit.actor import Actor
from jobsphere.kit.errors import NotFound

CUSTOMER, CONTRACTOR = "customer", "contractor"


def deals_of(viewer: Actor) -> "QuerySet[HourlyDeal]":
    """Return the viewer's deals; a contractor sees one once its money is reserved, staff see all."""
    if viewer.is_system or is_staff(viewer):
        return HourlyDeal.objects.all()
    mine = Q(customer_id=viewer.known_id()) | Q(contractor_id=viewer.known_id(), seen_at__isnull=False)
    return HourlyDeal.objects.filter(mine)


def get_deal_for(actor: Actor, deal_id: UUID) -> HourlyDeal:
    """Return a deal of the actor's; raises NotFound."""
    return _one(deals_of(actor).filter(pk=deal_id), "agreement by the hour")


def get_deal_of_contract_for(actor: Actor, contract_id: UUID) -> HourlyDeal:
    """Return the deal of a contract of the actor's; raises NotFound."""
    return _one(deals_of(actor).filter(contract_id=contract_id), "contract by the hour")


def get_week_for(actor: Actor, week_id: UUID) -> Week:
    """Return a week of a deal of the actor's; raises NotFound."""
    found = Week.objects.select_related("deal").filter(pk=week_id, deal__in=deals_of(actor)).first()
    if found is None:
        raise NotFound("There is no such week, or it is not for you.")
    return found


def party_of(actor: Actor, deal: HourlyDeal) -> str:
    """Return what the actor is to a deal; empty for staff who look."""
    if actor.id == deal.customer_id:
        return CUSTOMER
    return CONTRACTOR if actor.id == deal.contractor_id else ""


def require_party(actor: Actor, deal: HourlyDeal, *parties: str) -> str:
    """Return the actor's party when it is one of these; raises WrongParty."""
    party = party_of(actor, deal)
    if party not in parties:
        raise WrongParty(f"This is for the {' or the '.join(parties)} to do.")
    return party


def allowed_on_deal(viewer: Actor, deal: HourlyDeal) -> tuple[str, ...]:
    """Return what the viewer may do with a deal now."""
    party = party_of(viewer, deal)
    if not party or deal.status != DealStatus.RUNNING:
        return ()
    return ("end", "log_time", "start_timer") if party == CONTRACTOR else ("end",)


def allowed_on_week(viewer: Actor, week: Week, money: WeekMoney) -> tuple[str, ...]:
    """Return what the viewer may do with a week now; approving and paying in are actions of its milestone."""
    waits = money.status is MilestoneStatus.SUBMITTED and money.auto_release_at is not None
    closed = week.status == WeekStatus.CLOSED and week.disputed_at is None
    return ("dispute",) if waits and closed and party_of(viewer, week.deal) == CUSTOMER else ()


def _one(rows: "QuerySet[HourlyDeal]", what: str) -> HourlyDeal:
    found = rows.first()
    if found is None:
        raise NotFound(f"There is no such {what}, or it is not for you.")
    return found
