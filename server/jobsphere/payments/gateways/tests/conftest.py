"""The benches: shared tests run once for every gateway."""

import pytest

from jobsphere.payments.gateways.tests.bench import BENCHES, Bench, build_sandbox_bench


@pytest.fixture(params=sorted(BENCHES))
def bench(request) -> Bench:
    """Any gateway; for the tests that all must pass."""
    return BENCHES[request.param]()


@pytest.fixture
def stripe_bench() -> Bench:
    """The Stripe adapter and its sandbox; for what is Stripe's own."""
    return build_sandbox_bench()
