"""A contractor lists what can be booked, at which price."""

from typing import Any
from uuid import UUID

from jobsphere.audit.services import record
from jobsphere.bookings import policies
from jobsphere.bookings.models import Package
from jobsphere.bookings.rules.checks import MOST_PACKAGES, check_package
from jobsphere.bookings.rules.terms import PackageDetails
from jobsphere.db.guarded import update_where
from jobsphere.db.transactions import require_transaction
from jobsphere.kit import clock
from jobsphere.kit.actor import Actor
from jobsphere.kit.errors import InvalidInput, NotFound
from jobsphere.kit.ids import uuid7
from jobsphere.payments import routing
from jobsphere.profiles.selectors import category_by_slug


def add_package(*, actor: Actor, package: PackageDetails) -> UUID:
    """List a package; returns its id. Raises InvalidInput."""
    require_transaction()
    columns = _columns(package)
    mine = Package.objects.filter(contractor_id=actor.known_id(), retired_at=None)
    count = mine.count()
    if count >= MOST_PACKAGES:
        raise InvalidInput.at("/title", "too-many", f"At most {MOST_PACKAGES} packages. Remove one first.")
    row = Package.objects.create(contractor_id=actor.known_id(), position=count, **columns)
    record(actor=actor, verb="package.add", target_type="package", target_id=row.pk)
    return row.pk


def change_package(*, actor: Actor, package_id: UUID, package: PackageDetails) -> None:
    """Say something else of a package; bookings of it stay as they are. Raises NotFound, InvalidInput."""
    require_transaction()
    row = policies.get_package_for(actor, package_id)
    if not update_where(Package, {"pk": row.pk, "retired_at": None}, **_columns(package)):
        raise NotFound("This package was removed meanwhile.")
    record(actor=actor, verb="package.change", target_type="package", target_id=row.pk)


def retire_package(*, actor: Actor, package_id: UUID) -> None:
    """Take a package off the list; bookings of it stay as they are. Raises NotFound."""
    require_transaction()
    row = policies.get_package_for(actor, package_id)
    if not update_where(Package, {"pk": row.pk, "retired_at": None}, retired_at=clock.now()):
        raise NotFound("This package was removed already.")
    record(actor=actor, verb="package.retire", target_type="package", target_id=row.pk)


def _columns(package: PackageDetails) -> dict[str, Any]:
    check_package(package)
    if problem := routing.problem_with(package.price):
        raise InvalidInput([problem])
    if package.category and category_by_slug(package.category) is None:
        raise InvalidInput.at("/category", "unknown", "Choose a category of this marketplace.")
    extras = [
        {
            "id": each.id or str(uuid7()),
            "title": each.title.strip(),
            "minutes": each.minutes,
            "amount": each.price.amount,
        }
        for each in package.extras
    ]
    return {
        "title": package.title.strip(),
        "description": package.description.strip(),
        "category": package.category,
        "minutes": package.minutes,
        "amount": package.price.amount,
        "currency": package.price.currency,
        "extras": extras,
    }
