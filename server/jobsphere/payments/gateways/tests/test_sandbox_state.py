"""The sandbox under several threads and processes: it is a server, and must not lose or double a cent either."""

import subprocess
import sys
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from jobsphere.kit.money import Money
from jobsphere.payments.gateways.base import Ok
from jobsphere.payments.gateways.sandbox.cards import CARDS, luhn
from jobsphere.payments.gateways.sandbox.wire import WireError, decode
from jobsphere.payments.gateways.tests.bench import DOLLARS, build_sandbox_bench, done

TEN = Money(1000, "USD")


PAY = """
import sys, time
from pathlib import Path
from jobsphere.payments.gateways.tests.bench import build_sandbox_bench, done
path, go = sys.argv[1:]
bench = build_sandbox_bench(path)
print("ready", flush=True)
while not Path(go).exists():
    time.sleep(0.001)
for number in range(40):
    print(done(bench.authorize(key=f"k{number}")).gateway_id)
"""
SERVER_DIR = Path(__file__).resolve().parents[4]


@pytest.mark.parametrize("path", [":memory:", "sandbox.sqlite3"])
def test_one_key_from_eight_threads_pays_once(tmp_path, path):
    bench = build_sandbox_bench(path if path == ":memory:" else str(tmp_path / path))
    with ThreadPoolExecutor(8) as pool:
        outcomes = list(pool.map(lambda _: bench.authorize(key="k"), range(24)))
    assert len({done(outcome).gateway_id for outcome in outcomes}) == 1
    assert len(bench.controls.objects("payment_intent")) == 1


def test_parallel_transfers_never_overdraw_the_balance(tmp_path):
    bench = build_sandbox_bench(str(tmp_path / "sandbox.sqlite3"))
    bench.captured(amount=Money(5000, "USD"))
    payee = bench.open_payee()
    with ThreadPoolExecutor(8) as pool:
        outcomes = list(pool.map(lambda n: bench.transfer(payee, TEN, f"t{n}"), range(16)))
    assert Counter(isinstance(outcome, Ok) for outcome in outcomes) == {True: 5, False: 11}
    assert bench.controls.balance("USD") == 0
    assert bench.controls.balance("USD", payee) == 5000


def test_one_key_from_several_processes_pays_once(tmp_path):
    path, go = str(tmp_path / "sandbox.sqlite3"), tmp_path / "go"
    command = [sys.executable, "-c", PAY, path, str(go)]
    payers = [subprocess.Popen(command, cwd=SERVER_DIR, stdout=subprocess.PIPE, text=True) for _ in range(3)]
    assert [payer.stdout.readline() for payer in payers if payer.stdout] == ["ready\n"] * 3
    go.touch()
    answers = {payer.communicate(timeout=60)[0] for payer in payers}
    assert len(answers) == 1
    assert len(answers.pop().split()) == 40
    assert len(build_sandbox_bench(path).controls.objects("payment_intent")) == 40


def test_what_happened_survives_a_restart(tmp_path):
    path = tmp_path / "deep" / "sandbox.sqlite3"
    first = build_sandbox_bench(str(path))
    payment = first.captured()
    first.server.state.close()
    second = build_sandbox_bench(str(path))
    assert second.payment(payment).amount_captured == DOLLARS
    assert second.controls.balance("USD") == DOLLARS.amount
    assert Path(path).exists()


def test_a_refused_request_leaves_no_trace(stripe_bench):
    payee = stripe_bench.open_payee()
    before = _everything(stripe_bench)
    stripe_bench.transfer(payee, TEN)
    stripe_bench.pay_out(payee, TEN)
    stripe_bench.refund("pi_none", TEN)
    assert _everything(stripe_bench) == before


def _everything(bench) -> tuple:
    rows = bench.server.state.rows
    return (
        [tuple(row) for row in rows("SELECT id, body, hidden FROM objects ORDER BY seq")],
        [tuple(row) for row in rows("SELECT * FROM balances")],
        [tuple(row) for row in rows("SELECT * FROM timers")],
        bench.controls.events(),
    )


def test_the_test_cards_have_valid_numbers():
    assert all(luhn(card.number) for card in CARDS)
    assert len({card.number for card in CARDS}) == len(CARDS)


def test_form_encoding_is_decoded_into_what_was_meant():
    text = "a=1&b[c][d]=x&b[c][e]=y&list[0]=p&list[1]=q&list[10]=r&bare[]=1&bare[]=2&empty="
    assert decode(text) == {
        "a": "1",
        "b": {"c": {"d": "x", "e": "y"}},
        "list": ["p", "q", "r"],
        "bare": ["1", "2"],
        "empty": "",
    }


def test_contradicting_form_encoding_is_an_error_and_not_a_crash():
    with pytest.raises(WireError):
        decode("a=1&a[b]=2")


@pytest.mark.parametrize(
    "params, param",
    [
        ({"amount": 0, "currency": "usd"}, "amount"),
        ({"amount": -5, "currency": "usd"}, "amount"),
        ({"amount": "12.50", "currency": "usd"}, "amount"),
        ({"amount": 500, "currency": "dollars"}, "currency"),
        ({"amount": 500}, "currency"),
        ({"amount": 500, "currency": "usd", "capture_method": "later"}, "capture_method"),
        ({"amount": 500, "currency": "usd", "metadata": {"k" * 41: "v"}}, "metadata"),
        ({"amount": 500, "currency": "usd", "colour": "red"}, "colour"),
    ],
)
def test_bad_input_is_refused_by_name_and_makes_nothing(stripe_bench, params, param):
    import stripe

    from jobsphere.payments.gateways.sandbox import SandboxHTTPClient

    client = stripe.StripeClient(
        stripe_bench.server.state.secret_key, http_client=SandboxHTTPClient(stripe_bench.server)
    )
    with pytest.raises(stripe.InvalidRequestError) as caught:
        client.v1.payment_intents.create(params)
    assert caught.value.param == param
    assert stripe_bench.controls.objects("payment_intent") == []
    assert stripe_bench.controls.events() == []
