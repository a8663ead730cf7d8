"""How gateways are put together from the settings, and the guard against open transactions."""

import pytest
from django.db import transaction

from jobsphere.kit.money import Money
from jobsphere.payments.gateways import registry
from jobsphere.payments.gateways.base import Ok
from jobsphere.payments.gateways.paystack import PaystackGateway
from jobsphere.payments.gateways.stripe import StripeGateway


@pytest.fixture
def built(settings, tmp_path):
    """Settings of a laptop, with a data folder of its own."""
    settings.DATA_DIR = tmp_path
    settings.GATEWAY = "sandbox"
    registry.forget_gateways()
    yield tmp_path
    registry.get_sandbox().state.close()
    registry.forget_gateways()


def test_the_sandbox_is_the_default_and_keeps_its_state_in_the_data_folder(built):
    gateway = registry.get_gateway()
    assert gateway.name == "sandbox"
    assert gateway is registry.get_gateway("sandbox")
    registry.get_controls().set(fee_fixed=30)
    assert (built / "sandbox.sqlite3").exists()
    assert registry.get_controls().settings()["fee_fixed"] == 30


def test_the_sandboxs_site_answers_for_the_same_state(built):
    assert registry.get_sandbox_site().respond("GET", "/3ds/pi_none", "", "", {}).status == 404


def test_stripe_needs_its_key_and_takes_several_webhook_secrets(built, settings):
    settings.STRIPE_SECRET_KEY = ""
    with pytest.raises(registry.UnknownGatewayError, match="STRIPE_SECRET_KEY"):
        registry.get_gateway("stripe")
    settings.STRIPE_SECRET_KEY = "sk_test_x"
    settings.STRIPE_WEBHOOK_SECRET = "whsec_platform, whsec_connect"
    gateway = registry.get_gateway("stripe")
    assert isinstance(gateway, StripeGateway)
    assert gateway.name == "stripe"
    assert gateway._webhook_secrets == ("whsec_platform", "whsec_connect")


def test_paystack_needs_its_key_and_tells_it_to_nobody(built, settings):
    settings.PAYSTACK_SECRET_KEY = ""
    with pytest.raises(registry.UnknownGatewayError, match="PAYSTACK_SECRET_KEY"):
        registry.get_gateway("paystack")
    settings.PAYSTACK_SECRET_KEY = "sk_live_hidden"
    gateway = registry.get_gateway("paystack")
    assert isinstance(gateway, PaystackGateway)
    assert "sk_live_hidden" not in repr(gateway)


def test_each_sandbox_has_its_own_switches_state_and_pages(built):
    assert set(registry.sandboxes()) == {"sandbox", "sandbox_paystack"}
    registry.get_controls("sandbox_paystack").set(transfer_fee=5)
    assert registry.get_controls("sandbox_paystack").settings()["transfer_fee"] == 5
    assert "transfer_fee" not in registry.get_controls().settings()
    assert (built / "sandbox_paystack.sqlite3").exists()
    site, rest = registry.sandbox_site_at("paystack/checkout/x")
    assert (site, rest) == (registry.sandbox_of("sandbox_paystack").site, "checkout/x")
    site, rest = registry.sandbox_site_at("3ds/pi_1")
    assert (site, rest) == (registry.get_sandbox_site(), "3ds/pi_1")
    registry.sandbox_of("sandbox_paystack").server.state.close()
    for name in ("stripe", "nonesuch"):
        with pytest.raises(registry.UnknownGatewayError):
            registry.get_controls(name)


@pytest.mark.parametrize(
    "address, default, expected",
    [
        ("stripe", "stripe", "stripe"),
        ("stripe", "sandbox", "sandbox"),
        ("paystack", "paystack", "paystack"),
        ("paystack", "stripe", "paystack"),
        ("paystack", "sandbox", "sandbox_paystack"),
        ("stripe", "sandbox_paystack", "sandbox"),
        ("nonesuch", "stripe", "nonesuch"),
    ],
)
def test_a_webhook_is_of_the_gateway_that_is_as_real_as_the_default(address, default, expected):
    assert registry.called_at(address, default=default) == expected


def test_every_registration_keeps_what_docs_gateways_promises():
    """The steps for a third gateway (docs/gateways.md): its names, its address, and what production asks of it."""
    for name, found in registry.registered().items():
        assert registry.is_sandbox(name) == name.startswith("sandbox"), name
        assert found.webhook in registry.webhook_addresses()
        assert registry.is_sandbox(name) != bool(found.needs), name
    mounts = [registry.registered()[name].mount for name in registry.sandboxes()]
    assert len(set(mounts)) == len(mounts)


def test_an_unknown_gateway_is_an_error(built):
    with pytest.raises(registry.UnknownGatewayError, match="nonesuch"):
        registry.get_gateway("nonesuch")


@pytest.mark.django_db(transaction=True)
def test_no_gateway_is_called_inside_a_transaction(built):
    gateway = registry.get_gateway()

    def pay():
        return gateway.authorize(
            amount=Money(1000, "USD"), idempotency_key="k", operation_id="k", payment_method="pm_card_visa"
        )

    with transaction.atomic(), pytest.raises(RuntimeError, match="inside a database transaction"):
        pay()
    assert registry.get_controls().objects("payment_intent") == []
    assert isinstance(pay(), Ok)


@pytest.mark.django_db
def test_the_transaction_that_a_test_wraps_around_itself_does_not_count(built):
    registry.refuse_inside_transaction()
    with transaction.atomic(), pytest.raises(RuntimeError):
        registry.refuse_inside_transaction()
