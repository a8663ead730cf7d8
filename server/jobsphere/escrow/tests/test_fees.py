"""Which fees hold, and who may set them."""

from datetime import timedelta

import pytest

from jobsphere.escrow import selectors, services
from jobsphere.escrow.models import FeePolicy
from jobsphere.escrow.rules import DEFAULT_TERMS, PRESETS, FeePart
from jobsphere.escrow.tests.builders import do
from jobsphere.kit import clock
from jobsphere.kit.errors import Forbidden, InvalidInput

pytestmark = pytest.mark.django_db(transaction=True)


def points(**scope):
    terms = selectors.fee_terms_for(**scope)
    return terms.acceptance.basis_points, terms.completion.basis_points


def set_policy(actor, acceptance=500, completion=500, **scope):
    return do(
        services.set_fee_policy,
        actor=actor,
        name=f"{acceptance}+{completion}",
        acceptance=FeePart(acceptance),
        completion=FeePart(completion),
        **scope,
    )


def test_without_any_policy_the_classic_preset_holds(db):
    assert selectors.fee_terms_for(category="plumbers", tier="gold") == DEFAULT_TERMS


def test_the_most_specific_policy_holds_and_then_the_latest(ada):
    set_policy(ada, 100, 100)
    set_policy(ada, 200, 200, category="plumbers")
    set_policy(ada, 300, 300, tier="gold")
    set_policy(ada, 400, 400, category="plumbers", tier="gold")
    assert points() == (100, 100)
    assert points(category="plumbers") == (200, 200)
    assert points(tier="gold") == (300, 300)
    assert points(category="plumbers", tier="gold") == (400, 400)
    set_policy(ada, 150, 150)
    assert points() == (150, 150)
    assert points(category="plumbers") == (200, 200)


def test_a_policy_of_one_currency_holds_for_that_currency_only(ada):
    do(
        services.set_fee_policy,
        actor=ada,
        name="small jobs",
        acceptance=FeePart(1000, fixed=30, minimum=50, cap=500),
        completion=FeePart(0),
        currency="USD",
    )
    assert points(currency="EUR") == (1000, 2000)
    terms = selectors.fee_terms_for(currency="USD")
    assert (terms.acceptance.cap, terms.policy, bool(terms.policy_id)) == (500, "small jobs", True)


def test_a_policy_holds_from_its_date_and_never_backwards(ada):
    set_policy(ada, 100, 100, valid_from=clock.now() + timedelta(days=1))
    assert points() == (1000, 2000)
    with clock.travel(timedelta(days=2)):
        assert points() == (100, 100)
        assert points(at=clock.now() - timedelta(days=2)) == (1000, 2000)
    with pytest.raises(InvalidInput):
        set_policy(ada, valid_from=clock.now() - timedelta(days=1))
    assert FeePolicy.objects.count() == 1


def test_a_preset_is_one_call(ada):
    do(services.use_preset, actor=ada, preset="simple")
    assert points() == (0, 1000)
    assert selectors.fee_terms_for().acceptance == PRESETS["simple"].acceptance
    with pytest.raises(InvalidInput):
        do(services.use_preset, actor=ada, preset="greedy")
    assert len(selectors.fee_policies(ada)) == 1


def test_fixed_amounts_need_a_currency_that_exists(ada):
    for scope in ({}, {"currency": "XXQ"}):
        with pytest.raises(InvalidInput):
            do(
                services.set_fee_policy,
                actor=ada,
                name="wrong",
                acceptance=FeePart(0, fixed=30),
                completion=FeePart(0),
                **scope,
            )
    assert not FeePolicy.objects.exists()


def test_the_service_itself_refuses_a_tier_that_no_plan_could_name(ada):
    with pytest.raises(InvalidInput) as refused:
        set_policy(ada, tier="pro plan")
    (error,) = refused.value.errors
    assert (error.pointer, error.code) == ("/tier", "tier-name")
    assert not FeePolicy.objects.exists()


def test_nobody_else_sets_or_lists_fees_and_nothing_changes(casey, pat):
    for actor in (casey, pat):
        with pytest.raises(Forbidden):
            set_policy(actor)
        with pytest.raises(Forbidden):
            selectors.fee_policies(actor)
    assert not FeePolicy.objects.exists()
