"""The tables: every status, every action."""

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobsphere.kit.errors import WrongStatus
from jobsphere.kit.money import Money
from jobsphere.payments.rules import (
    PAYER,
    PAYMENT,
    PAYOUT,
    REFUND,
    STATUS_OF,
    PaymentDetail,
    PaymentStatus,
    PayoutStatus,
    RefundStatus,
    minimum_withdrawal,
    retry_delay,
    whole_steps,
)

TABLES: list[tuple[Any, Any]] = [(PAYMENT, PaymentDetail), (REFUND, RefundStatus), (PAYOUT, PayoutStatus)]


def test_every_detail_has_one_of_the_seeds_six_statuses():
    assert set(STATUS_OF) == set(PaymentDetail)
    assert set(STATUS_OF.values()) == set(PaymentStatus)
    assert {status.value for status in PaymentStatus} == {
        "pending", "held", "released", "withdrawn", "refunded", "failed",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("table", "status", "action"),
    [
        (table, status, action)
        for table, kind in TABLES
        for status in kind
        for action in sorted({name for _, name in table.table})
    ],
)
def test_every_action_in_every_status_leads_on_or_is_refused(table, status, action):
    if (status, action) in table.table:
        assert table.next(status, action) in type(status)
        return
    with pytest.raises(WrongStatus) as refused:
        table.next(status, action)
    assert refused.value.fields["current_status"] == status
    assert refused.value.fields["allowed_actions"] == table.allowed(status, None)


@pytest.mark.parametrize(("table", "kind"), TABLES)
def test_every_status_can_be_reached(table, kind):
    start = next(iter(kind))
    reached: set[Any] = {start}
    before: set[Any] = set()
    while reached != before:
        before = set(reached)
        reached |= {row.to for (source, _), row in table.table.items() if source in reached}
    assert reached == set(kind)


def test_money_that_was_taken_is_never_called_pending_or_failed_again():
    taken = {detail for detail, status in STATUS_OF.items() if status not in ("pending", "failed")}
    for (source, action), row in PAYMENT.table.items():
        if source in taken:
            assert row.to in taken, (source, action)


def test_whatever_we_believed_money_that_the_gateway_took_counts():
    untaken = {detail for detail, status in STATUS_OF.items() if status in ("pending", "failed")}
    assert untaken - {PaymentDetail.PREPAID} == PAYMENT.sources("take")


def test_prepaid_money_is_taken_money_and_never_lost_sight_of():
    onward = {row.to for (source, _), row in PAYMENT.table.items() if source == PaymentDetail.PREPAID}
    assert onward == {PaymentDetail.CAPTURED, PaymentDetail.UNAPPLIED}


def test_the_payer_can_only_confirm():
    actions = {action for detail in PaymentDetail for action in PAYMENT.allowed(detail, PAYER)}
    assert actions == {"confirm"}


@given(st.integers(1, 1000), st.none() | st.integers(0, 3600))
def test_delays_grow_to_a_limit_and_respect_what_the_gateway_asks(attempts, asked):
    wanted = None if asked is None else timedelta(seconds=asked)
    delay = retry_delay(attempts, wanted)
    assert delay >= (wanted or timedelta(0))
    assert timedelta(seconds=2) <= delay <= max(timedelta(minutes=5), wanted or timedelta(0))
    assert retry_delay(attempts + 1) >= retry_delay(attempts)


@pytest.mark.parametrize(("currency", "minimum"), [("USD", 100), ("JPY", 100), ("KWD", 1000)])
def test_the_smallest_withdrawal(currency, minimum):
    assert minimum_withdrawal(currency) == minimum


@pytest.mark.parametrize(
    ("amount", "payable"),
    [(Money(3584, "KWD"), 3580), (Money(3580, "KWD"), 3580), (Money(777, "USD"), 777), (Money(101, "JPY"), 101)],
)
def test_a_bank_moves_no_third_digit(amount, payable):
    assert whole_steps(amount) == Money(payable, amount.currency)
