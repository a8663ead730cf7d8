"""The benches: shared tests run once for every gateway that has the capabilities that they are about."""

import pytest

from jobsphere.payments.gateways.tests.bench import BENCHES, Bench, build_paystack_bench, build_sandbox_bench


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Choose the gateways of a test by what they can do, so that nothing is skipped."""
    if "bench" not in metafunc.fixturenames:
        return
    wanted = getattr(metafunc.function, "capabilities", {})
    names = [
        name
        for name, (gateway, _) in sorted(BENCHES.items())
        if all(getattr(gateway.capabilities, key) == value for key, value in wanted.items())
    ]
    assert names, f"no gateway can do {wanted}"
    metafunc.parametrize("bench", names, indirect=True)


@pytest.fixture
def bench(request) -> Bench:
    """Any gateway; for the tests that all must pass."""
    return BENCHES[request.param][1]()


@pytest.fixture
def stripe_bench() -> Bench:
    """The Stripe adapter and its sandbox; for what is Stripe's own."""
    return build_sandbox_bench()


@pytest.fixture
def paystack_bench() -> Bench:
    """The Paystack adapter and its sandbox; for what is Paystack's own."""
    return build_paystack_bench()
