"""Searches that a person keeps."""

from typing import Any
from uuid import UUID

from jobsphere.audit import services as audit
from jobsphere.db.transactions import require_transaction
from jobsphere.jobs import policies
from jobsphere.jobs.models import SavedSearch
from jobsphere.kit.actor import Actor
from jobsphere.kit.errors import Conflict

MAX_SAVED = 50


class TooManySearches(Conflict):
    """A person keeps at most 50 searches; delete one first."""

    code = "too-many-searches"
    title = "You keep too many searches"


def save_search(*, actor: Actor, name: str, filters: dict[str, Any]) -> SavedSearch:
    """Keep filters under a name; raises TooManySearches."""
    require_transaction()
    if SavedSearch.objects.filter(user_id=actor.known_id()).count() >= MAX_SAVED:
        raise TooManySearches(f"You keep {MAX_SAVED} searches already; delete one first.")
    search = SavedSearch.objects.create(user_id=actor.known_id(), name=name, filters=filters)
    audit.record(actor=actor, verb="search.save", target_type="saved_search", target_id=search.pk)
    return search


def change_search(*, actor: Actor, search_id: UUID, name: str, filters: dict[str, Any]) -> SavedSearch:
    """Replace one's own saved search; raises NotFound for anybody else's."""
    require_transaction()
    search = policies.get_saved_search_for(actor, search_id)
    search.name, search.filters = name, filters
    search.save(update_fields=["name", "filters"])
    audit.record(actor=actor, verb="search.change", target_type="saved_search", target_id=search.pk)
    return search


def forget_search(*, actor: Actor, search_id: UUID) -> None:
    """Delete one's own saved search; raises NotFound for anybody else's."""
    require_transaction()
    policies.get_saved_search_for(actor, search_id).delete()
    audit.record(actor=actor, verb="search.forget", target_type="saved_search", target_id=search_id)
