"""What a payer's browser is told before there is a payment."""

import pytest

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def ask(client_for, casey, sandbox):
    """Return a function that asks how to pay."""
    client = client_for(casey)
    return lambda **query: client.get("/api/payments/checkout/", query)


def test_the_form_the_ways_of_paying_and_the_limits(ask):
    answer = ask(currency="KWD", amount=5_120)
    assert answer.status_code == 200
    assert answer.json() == {
        "gateway": "sandbox",
        "form": {"kind": "sandbox", "publishable_key": ""},
        "methods": [{"kind": "card", "reserved": True}],
        "limits": {
            "minimum": {"amount": 500, "currency": "KWD"},
            "maximum": {"amount": 99_999_990, "currency": "KWD"},
            "step": {"amount": 10, "currency": "KWD"},
        },
    }


def test_without_a_currency_it_is_the_marketplaces(ask):
    assert ask().json()["limits"]["minimum"] == {"amount": 50, "currency": "USD"}


def test_it_costs_the_session_alone_and_with_a_second_gateway_their_health(ask, second, django_assert_num_queries):
    ask()
    with django_assert_num_queries(2):
        assert ask(amount=100).json()["gateway"] == "sandbox"


@pytest.mark.parametrize(
    ("query", "pointer", "code"),
    [
        ({"currency": "KWD", "amount": 5_124}, "/amount", "amount-step"),
        ({"amount": 49}, "/amount", "amount-too-small"),
        ({"amount": 10**9}, "/amount", "amount-too-large"),
        ({"gateway": "elsewhere"}, "/gateway", "unknown-gateway"),
        ({"currency": "XXX"}, "/currency", "currency"),
    ],
)
def test_what_cannot_be_paid_is_refused_by_name(ask, query, pointer, code):
    answer = ask(**query)
    assert answer.status_code == 400
    assert [(each["pointer"], each["code"]) for each in answer.json()["errors"]] == [(pointer, code)]


def test_strangers_sign_in_first(client_for, sandbox):
    assert client_for().get("/api/payments/checkout/").status_code == 401
