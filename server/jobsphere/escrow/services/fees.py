"""Setting what the marketplace charges."""

from datetime import datetime

from jobsphere.audit import services as audit
from jobsphere.db.transactions import require_transaction
from jobsphere.escrow import policies, selectors
from jobsphere.escrow.models import FeePolicy
from jobsphere.escrow.rules import PRESETS, FeePart, FeesAfterRelease
from jobsphere.escrow.types import FeePolicyView
from jobsphere.kit import clock
from jobsphere.kit.actor import Actor
from jobsphere.kit.errors import InvalidInput
from jobsphere.kit.money import is_currency


def set_fee_policy(
    *,
    actor: Actor,
    name: str,
    acceptance: FeePart,
    completion: FeePart,
    category: str = "",
    tier: str = "",
    currency: str = "",
    valid_from: datetime | None = None,
    after_release: FeesAfterRelease = FeesAfterRelease.PROPORTIONAL,
) -> FeePolicyView:
    """Charge this from a moment (now) on, for offers made from then on; running contracts keep their terms.

    For administrators and the right 'commission'. Raises InvalidInput for a moment in the past, and for fixed amounts,
    minimums or caps without a currency.
    """
    require_transaction()
    policies.require_fee_setter(actor)
    now = clock.now()
    if valid_from is not None and valid_from < now:
        raise InvalidInput.at("/valid_from", "past", "A policy cannot hold from a moment in the past.")
    if currency and not is_currency(currency):
        raise InvalidInput.at("/currency", "currency", "The currency is not a known ISO 4217 code.")
    if (acceptance.has_amounts or completion.has_amounts) and not currency:
        raise InvalidInput.at("/currency", "required", "Fixed amounts, minimums and caps need a currency.")
    policy = FeePolicy.objects.create(
        name=name,
        category=category,
        tier=tier,
        currency=currency,
        acceptance_basis_points=acceptance.basis_points,
        acceptance_fixed=acceptance.fixed,
        acceptance_minimum=acceptance.minimum,
        acceptance_cap=acceptance.cap,
        completion_basis_points=completion.basis_points,
        completion_fixed=completion.fixed,
        completion_minimum=completion.minimum,
        completion_cap=completion.cap,
        after_release=after_release,
        valid_from=valid_from or now,
        created_by_id=actor.id,
    )
    view = selectors.view_of_policy(policy)
    audit.record(
        actor=actor, verb="fees.set", target_type="fee-policy", target_id=policy.pk, detail=view.terms.to_json()
    )
    return view


def use_preset(*, actor: Actor, preset: str, valid_from: datetime | None = None) -> FeePolicyView:
    """Charge one of the policies that ship ("jobsphere-classic", "simple"), for everything from a moment on."""
    if preset not in PRESETS:
        raise InvalidInput.at("/preset", "unknown", f"There are these presets: {', '.join(sorted(PRESETS))}.")
    terms = PRESETS[preset]
    return set_fee_policy(
        actor=actor,
        name=preset,
        acceptance=terms.acceptance,
        completion=terms.completion,
        valid_from=valid_from,
    )
