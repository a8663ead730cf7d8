"""Profiles as what is reported, and what staff take away of them and put back when an appeal is right."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from jobsphere.audit import services as audit
from jobsphere.db.transactions import require_transaction
from jobsphere.kit import clock
from jobsphere.kit.actor import Actor, require_right
from jobsphere.moderation.types import Subject
from jobsphere.profiles.models import ContractorProfile, CustomerProfile, PortfolioEntry
from jobsphere.users.types import Right

REMOVED = "[Removed: this broke a rule of the house]"
_WORDS: dict[type[ContractorProfile | CustomerProfile], dict[str, str]] = {
    ContractorProfile: {"headline": REMOVED, "bio": "", "availability": ""},
    CustomerProfile: {"company": "", "bio": ""},
}
_NAMES: dict[type[ContractorProfile | CustomerProfile], str] = {
    ContractorProfile: "contractor",
    CustomerProfile: "customer",
}
_ENTRY = {"title": REMOVED, "description": "", "url": ""}


def profile_subject(actor: Actor, person_id: UUID) -> Subject | None:
    """Return what a person says of themselves; None without a public profile. Profiles are for everybody to see."""
    contractor = ContractorProfile.objects.filter(pk=person_id).select_related("user").first()
    customer = CustomerProfile.objects.filter(pk=person_id).select_related("user").first()
    row = contractor or customer
    if row is None or not (actor.is_system or row.user.is_active):
        return None
    return Subject(
        type="profile",
        id=person_id,
        owner_id=person_id,
        title=f"The profile of {row.user.name}",
        link=f"/contractors/{person_id}" if contractor else "",
        snapshot={"name": row.user.name, **_now(person_id)},
    )


def remove_texts(*, actor: Actor, person_id: UUID) -> Mapping[str, Any] | None:
    """Take the words of a person's profiles and portfolio away; None when there are none.

    Trades, prices and what was earned stay; the person can write other words at once. Raises Forbidden.
    """
    _require(actor)
    said = _now(person_id)
    if not said or all(value in ("", REMOVED) for value in _flat(said)):
        return None
    for model, blank in _WORDS.items():
        model.objects.filter(pk=person_id).update(**blank, updated_at=clock.now())
    PortfolioEntry.objects.filter(contractor_id=person_id).update(**_ENTRY)
    audit.record(actor=actor, verb="profile.remove_texts", target_type="profile", target_id=person_id)
    return said


def put_texts_back(*, actor: Actor, person_id: UUID, removed: Mapping[str, Any]) -> None:
    """Put the words back that the person has not replaced by others meanwhile. Raises Forbidden."""
    _require(actor)
    for model, blank in _WORDS.items():
        said = removed.get(_NAMES[model], {})
        for name, text in said.items():
            model.objects.filter(pk=person_id, **{name: blank[name]}).update(**{name: text})
    for entry in removed.get("portfolio", ()):
        words = {name: entry[name] for name in _ENTRY}
        PortfolioEntry.objects.filter(pk=entry["id"], contractor_id=person_id, **_ENTRY).update(**words)
    audit.record(actor=actor, verb="profile.put_texts_back", target_type="profile", target_id=person_id)


def _now(person_id: UUID) -> dict[str, Any]:
    """Return every word that a person's profiles say."""
    said: dict[str, Any] = {}
    for model, blank in _WORDS.items():
        row = model.objects.filter(pk=person_id).values(*blank).first()
        if row:
            said[_NAMES[model]] = row
    entries = PortfolioEntry.objects.filter(contractor_id=person_id).order_by("pk").values("id", *_ENTRY)
    if entries:
        said["portfolio"] = [{**entry, "id": str(entry["id"])} for entry in entries]
    return said


def _flat(said: Mapping[str, Any]) -> list[str]:
    rows = [row for value in said.values() for row in (value if isinstance(value, list) else [value])]
    return [text for row in rows for name, text in row.items() if name != "id"]


def _require(actor: Actor) -> None:
    require_transaction()
    require_right(actor, Right.MODERATION)
