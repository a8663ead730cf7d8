"""Setting what the marketplace charges."""

from datetime import datetime

from jobsphere.audit import services as audit
from jobsphere.db.transactions import require_transaction
from jobsphere.escrow import policies, selectors
from jobsphere.escrow.models import FeePolicy
from jobsphere.escrow.rules import PRESETS, FeePart, FeesAfterRelease, FeeTerms, split
from jobsphere.escrow.tiers import check_tier
from jobsphere.escrow.types import FeePolicyView, FeesExample
from jobsphere.kit import clock
from jobsphere.kit.actor import Actor
from jobsphere.kit.errors import InvalidInput
from jobsphere.kit.money import Money, is_currency, minor_digits


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

    For administrators and the right 'commission'. Raises InvalidInput for a moment in the past, for the name of a tier
    that no plan could have, and for fixed amounts, minimums or caps without a currency.
    """
    require_transaction()
    policies.require_fee_setter(actor)
    terms = FeeTerms(acceptance, completion, policy=name, currency=currency)
    starts = _checked(terms, tier=tier, valid_from=valid_from)
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
        valid_from=starts,
        created_by_id=actor.id,
    )
    view = selectors.view_of_policy(policy)
    audit.record(
        actor=actor, verb="fees.set", target_type="fee-policy", target_id=policy.pk, detail=view.terms.to_json()
    )
    return view


def example_of_fees(
    *,
    actor: Actor,
    name: str,
    acceptance: FeePart,
    completion: FeePart,
    category: str = "",
    tier: str = "",
    currency: str = "",
    valid_from: datetime | None = None,
) -> FeesExample:
    """Say what an offer of 100 would bear under a policy that is not set yet, and without it; changes nothing.

    In the policy's currency, USD for one that holds in all. Refuses what set_fee_policy refuses, with the same errors.
    """
    policies.require_fee_setter(actor)
    terms = FeeTerms(acceptance, completion, policy=name, currency=currency)
    starts = _checked(terms, tier=tier, valid_from=valid_from)
    code = currency or "USD"
    amount = Money(100 * 10 ** minor_digits(code), code)
    before = selectors.fee_terms_for(category=category, tier=tier, currency=currency, at=starts)
    (then,), (now,) = split(amount, terms), split(amount, before)
    return FeesExample(then=then, now=now, policy_now=before.policy)


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


def _checked(terms: FeeTerms, *, tier: str, valid_from: datetime | None) -> datetime:
    """Return the moment from which a policy holds; raises InvalidInput for one that cannot be."""
    now = clock.now()
    if valid_from is not None and valid_from < now:
        raise InvalidInput.at("/valid_from", "past", "A policy cannot hold from a moment in the past.")
    check_tier(tier)
    if terms.currency and not is_currency(terms.currency):
        raise InvalidInput.at("/currency", "currency", "The currency is not a known ISO 4217 code.")
    if (terms.acceptance.has_amounts or terms.completion.has_amounts) and not terms.currency:
        raise InvalidInput.at("/currency", "required", "Fixed amounts, minimums and caps need a currency.")
    return valid_from or now
