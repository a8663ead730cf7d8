"""What the landing page says of the marketplace: real rows, counted at most once a minute."""

from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.core.cache import cache

from jobsphere.contracts.models import Contract
from jobsphere.contracts.rules.lifecycles import ContractStatus
from jobsphere.contracts.types import MarketplaceNumbers
from jobsphere.escrow import selectors as escrow
from jobsphere.jobs import selectors as jobs
from jobsphere.jobs.types import JobFilters
from jobsphere.kit.actor import VISITOR
from jobsphere.profiles import selectors as profiles
from jobsphere.profiles.types import ContractorFilters

KEY = "contracts.numbers"
#: Seconds that they are shown before they are counted again.
FRESH = 60


def marketplace_numbers() -> MarketplaceNumbers:
    """Return the numbers, as they were within the last minute; four queries when they are counted, none otherwise."""
    found: MarketplaceNumbers | None = cache.get(KEY)
    if found is None:
        found = _count()
        cache.set(KEY, found, FRESH)
    return found


def _count() -> MarketplaceNumbers:
    return MarketplaceNumbers(
        contractors=profiles.contractors(VISITOR, ContractorFilters()).order_by().count(),
        open_jobs=jobs.jobs(VISITOR, JobFilters()).order_by().count(),
        completed=Contract.objects.filter(status=ContractStatus.COMPLETED).count(),
        protected=escrow.protected(settings.DEFAULT_CURRENCY),
    )


def completed_contracts(person_id: UUID, as_contractor: bool, since: datetime) -> int:
    """Return how many contracts a person has completed since a moment, as contractor or as customer. One query."""
    mine = {"contractor_id" if as_contractor else "customer_id": person_id}
    return Contract.objects.filter(status=ContractStatus.COMPLETED, completed_at__gt=since, **mine).count()
