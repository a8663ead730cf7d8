"""Whom a customer has made an offer that lives: what a proposal needs to know of it."""

from django.db.models import OuterRef, Subquery

from jobsphere.contracts.models import Offer
from jobsphere.contracts.rules.lifecycles import LIVE_OFFERS


def live_offer(job: str, contractor: str) -> Subquery:
    """Return the one live offer for a job to a contractor, of the rows with these columns; NULL where there is none."""
    rows = Offer.objects.filter(job=OuterRef(job), contractor=OuterRef(contractor), status__in=LIVE_OFFERS)
    return Subquery(rows.values("pk")[:1])
