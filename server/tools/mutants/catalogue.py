"""The planted bugs: each is a few words of source, and the tests that must notice."""

from __future__ import annotations

from tools.mutants.shapes import SHAPES
from tools.mutants.words import APP, Edit, mutant

MONEY_IN = "jobsphere/payments/tests/test_money_in.py"
MONEY_OUT = "jobsphere/payments/tests/test_money_out.py"
WEBHOOKS = "jobsphere/payments/tests/test_webhooks.py"
EARNINGS = "jobsphere/payments/tests/test_earnings.py"
ROUTING = "jobsphere/payments/tests/test_routing.py"
HOLDS = "jobsphere/escrow/tests/test_holds.py"
RULES = "jobsphere/escrow/tests/test_rules.py"
CHANGES = "tests/money/test_change_orders.py"
MACHINE = "tests/faults/test_money_machine.py"

#: A business key that is another one each time.
_FRESH = "__import__('uuid').uuid4().hex"


MUTANTS = (
    mutant(
        "an unknown outcome is treated as a failure",
        "payments/operations/engine.py",
        "            postpone(operation, outcome)\n",
        "            from jobsphere.payments.gateways.base import DeclineCode, Declined\n"
        "            settle(operation, Declined(DeclineCode.OTHER, outcome.reason))\n",
        f"{MONEY_IN}::test_a_lost_answer_is_unknown_and_not_failed",
    ),
    mutant(
        "a fresh idempotency key on each retry",
        "payments/models/gateways.py",
        'return self.key if self.generation == 1 else f"{self.key}.{self.generation}"',
        'return f"{self.key}.{self.attempts}"',
        f"{MONEY_IN}::test_whatever_the_network_does_each_step_happens_once",
    ),
    mutant(
        "a key is trusted after the gateway has forgotten it",
        "payments/operations/engine.py",
        "old = clock.now() - operation.first_sent_at > min(LOOK_UP_AFTER, gateway.capabilities.idempotency_lifetime)",
        "old = False",
        f"{MONEY_IN}::test_after_twenty_hours_it_is_looked_up_and_not_sent_again",
    ),
    mutant(
        "an outcome may be recorded twice",
        "payments/operations/settling.py",
        '{"pk": operation.id, "status__in": sorted(UNSETTLED)},\n        status=_STATUSES',
        '{"pk": operation.id},\n        status=_STATUSES',
        "tests/faults/test_webhooks_lie.py::test_an_outcome_is_recorded_once_whoever_brings_it",
    ),
    mutant(
        "a status moves without its guard",
        "db/guarded.py",
        '{"pk": row_id, "status__in": sources}',
        '{"pk": row_id}',
    ),
    mutant(
        "frozen money can be released",
        "escrow/rules.py",
        '        (_H.FUNDED, "freeze"): step(_H.FROZEN, MARKETPLACE),\n',
        '        (_H.FUNDED, "freeze"): step(_H.FROZEN, MARKETPLACE),\n'
        '        (_H.FROZEN, "release"): step(_H.RELEASED, MARKETPLACE),\n',
        f"{HOLDS}::test_what_is_not_possible_changes_nothing",
    ),
    mutant(
        "released money can be refunded",
        "escrow/rules.py",
        '        (_H.FUNDED, "refund"): step(_H.REFUNDED, MARKETPLACE),\n',
        '        (_H.FUNDED, "refund"): step(_H.REFUNDED, MARKETPLACE),\n'
        '        (_H.RELEASED, "refund"): step(_H.REFUNDED, MARKETPLACE),\n',
        f"{HOLDS}::test_what_is_not_possible_changes_nothing",
    ),
    mutant(
        "fees are rounded up",
        "kit/money.py",
        "return Money(self.amount * basis_points // BASIS_POINTS, self.currency)",
        "return Money(-(-self.amount * basis_points // BASIS_POINTS), self.currency)",
        f"{RULES}::test_the_classic_preset",
    ),
    mutant(
        "the contractor's part is reckoned on its own",
        "escrow/rules.py",
        "Split(part, platform, hold, service, hold - service)",
        "Split(part, platform, hold, service, part.portion(7000))",
        f"{RULES}::test_every_split_adds_up_and_no_part_is_negative",
    ),
    mutant(
        "the service fee is taken on what was refunded",
        "escrow/rules.py",
        "fee = Money(service_fee.amount * left.amount // held.amount, refund.currency).whole_steps(step)"
        " if held else left",
        "fee = service_fee if service_fee <= left else left",
        "tests/stories/test_cancellation.py::test_both_agree_on_a_refund_in_part_and_the_rest_is_released",
    ),
    mutant(
        "a refund is not limited to what is held",
        "contracts/services/refunds.py",
        "    if not 0 < amount.amount <= left.amount:\n",
        "    if not 0 < amount.amount:\n",
        "jobsphere/contracts/tests/test_contracts_api.py::test_bad_input_on_a_milestone_names_the_field_and_changes_nothing",
    ),
    mutant(
        "a refund counts each time it is reported",
        "payments/observations/refunds.py",
        'sources = REFUND.sources("succeed")\n',
        'sources = [*REFUND.sources("succeed"), RefundStatus.SUCCEEDED]\n',
    ),
    mutant(
        "a webhook is believed without looking at the object",
        "payments/inbox.py",
        "        look_at_payee(str(known.pk))\n",
        "        import json\n"
        '        told = json.loads(event.body)["data"]["object"]\n'
        '        due = told.get("requirements", {}).get("currently_due", [])\n'
        "        PayeeAccount.objects.filter(pk=known.pk).update(\n"
        '            payouts_enabled=told.get("payouts_enabled", False), currently_due=due\n'
        "        )\n",
        "tests/faults/test_webhooks_lie.py::test_events_about_a_payee_in_any_order_leave_the_gate_as_it_is",
    ),
    mutant(
        "a webhook is stored each time it comes",
        "payments/inbox.py",
        "event_key=event.event_key,",
        'event_key=f"{event.event_key}:{uuid7()}",',
        f"{WEBHOOKS}::test_an_event_is_stored_once_however_often_it_comes",
    ),
    mutant(
        "captured money that nobody wants is kept",
        "payments/observations/payments.py",
        "    if payment.applied_transfer_id is None:\n",
        "    if payment.applied_transfer_id is None and taken != payment.amount:\n",
        f"{MONEY_IN}::test_captured_money_that_nobody_wants_goes_back_by_itself",
    ),
    mutant(
        "a withdrawn offer's late authorisation is kept",
        "payments/observations/payments.py",
        "    if payment.detail == PaymentDetail.VOIDING and payment.gateway_id:\n        start_void(payment)\n",
        "",
        f"{MONEY_IN}::test_a_payment_that_is_given_up_while_unknown_is_voided_when_it_is_known",
    ),
    mutant(
        "a rival's authorisation is not voided",
        "contracts/services/acceptance.py",
        'close_offer(offer, "withdraw", OfferWithdrawn, actor=actor, party=SYSTEM, reason=reason)',
        'close_offer(offer, "withdraw", OfferWithdrawn, actor=actor, party=SYSTEM, reason=reason, void=False)',
        "tests/stories/test_thousand_dollars.py",
    ),
    mutant(
        "silence releases work that was sent back",
        "contracts/services/milestones.py",
        'take_step(milestone, "request_changes", party=party, auto_release_at=None, reminders_sent=0)',
        'take_step(milestone, "request_changes", party=party, reminders_sent=0)',
        "tests/stories/test_time.py::test_a_change_request_stops_the_clock_and_a_hold_does_too",
        more=(
            Edit(
                f"{APP}/contracts/services/timers.py",
                "        and milestone.status == MilestoneStatus.SUBMITTED\n",
                "",
            ),
            Edit(f"{APP}/contracts/selectors/due.py", "        status=MilestoneStatus.SUBMITTED,\n", ""),
            Edit(
                f"{APP}/contracts/rules/lifecycles.py",
                '(MilestoneStatus.CHANGES_REQUESTED, "release"): step(MilestoneStatus.RELEASED, ADMIN)',
                '(MilestoneStatus.CHANGES_REQUESTED, "release"): step(MilestoneStatus.RELEASED, ADMIN, SYSTEM)',
            ),
        ),
    ),
    mutant(
        "a failed payout is not booked back into the wallet",
        "payments/observations/payouts.py",
        '    books.book_payout(payout, f"payout.{to}", *moves, fee=(books.payout_fee(payout), books.wallet(payout)))\n',
        "",
        f"{MONEY_OUT}::test_a_payout_that_the_bank_refuses_is_back_in_the_wallet",
    ),
    mutant(
        "a payout that was paid cannot fail any more",
        "payments/observations/payouts.py",
        "    if update_where(Payout, paid, returning=True, bounced=True, **failure):",
        "    if not paid and update_where(Payout, paid, returning=True, bounced=True, **failure):",
        f"{MONEY_OUT}::test_a_payout_returned_days_later_takes_the_withdrawn_status_back",
    ),
    mutant(
        "a refund that bounces is not booked",
        "payments/observations/refunds.py",
        "        books.book_refund_bounced(refund, payment.gateway)\n",
        "",
        f"{HOLDS}::test_a_refund_that_fails_a_day_later_raises_the_alarm_and_can_be_sent_again",
    ),
    mutant(
        "a wallet may be overdrawn",
        "payments/services/withdrawing.py",
        "    out = (books.wallet(payout), books.in_transit(payout))\n",
        "    out = (books.at_payees(payout.gateway, payout.currency), books.in_transit(payout))\n",
        f"{MONEY_OUT}::test_nobody_withdraws_more_than_they_have_or_less_than_the_minimum",
    ),
    mutant(
        "a withdrawal that was cancelled is sent all the same",
        "payments/outcomes/money_out.py",
        "    return Payout.objects.filter(pk=operation.subject_id, status=to, returning=False).exists()",
        "    return True",
        f"{MONEY_OUT}::test_a_withdrawal_cancelled_before_it_is_sent_never_reaches_the_gateway",
    ),
    mutant(
        "a repeated request runs again",
        "web/views.py",
        "            if stored:\n",
        "            if stored and stored.status >= 400:\n",
        "tests/edge/test_commands.py::test_the_same_key_gets_the_same_answer_and_runs_once",
    ),
    mutant(
        "prepaid money is booked twice",
        "payments/observations/payments.py",
        "    books.book_prepaid(payment)\n",
        "    books.book_prepaid(payment)\n    books.book_prepaid(payment)\n",
        "jobsphere/payments/tests/test_prepaid.py::test_money_that_a_gateway_takes_at_once_waits_as_prepaid",
        more=(
            Edit(
                f"{APP}/payments/books.py",
                'code="payment.prepaid",\n        reference=str(payment.pk),\n',
                f'code="payment.prepaid",\n        reference={_FRESH},\n',
            ),
        ),
    ),
    mutant(
        "the fee of a chargeback is ignored",
        "payments/chargebacks.py",
        "    if fee != row.fee:\n",
        "    if fee < row.fee:\n",
        "tests/money/test_chargebacks.py::test_a_chargeback_stops_the_money_and_a_won_one_lets_it_go_again",
    ),
    mutant(
        "what clears is lowered in its lot and not on its account",
        "payments/earnings.py",
        "    there = min(ledger.balance_of(wallet), amount - clearing)\n",
        "    clearing = Money.zero(amount.currency)\n    there = min(ledger.balance_of(wallet), amount - clearing)\n",
        f"{EARNINGS}::test_taking_back_starts_with_the_source_then_the_newest_then_the_wallet_then_a_debt",
    ),
    mutant(
        "what is owed is not taken from later earnings",
        "payments/earnings.py",
        "    legs = _take(payee_id, owed, None) if owed.amount else []\n",
        "    legs: list[Leg] = []\n",
        f"{EARNINGS}::test_what_is_owed_is_taken_from_the_next_earnings_and_the_payee_is_told",
    ),
    mutant(
        "the circuit of a silent gateway never opens",
        "payments/health.py",
        'changes["failures"] >= FAILURES_TO_OPEN',
        'changes["failures"] >= FAILURES_TO_OPEN * 1000',
        f"{ROUTING}::test_five_in_a_row_without_an_answer_open_the_circuit_and_new_payments_go_elsewhere",
    ),
    mutant(
        "an unknown operation is sent to another gateway",
        "payments/operations/engine.py",
        "registry.gateway(operation.gateway)",
        "registry.gateway(registry.in_use()[min(1, len(registry.in_use()) - 1)])",
        f"{ROUTING}::test_an_operation_whose_outcome_is_unknown_never_changes_gateway",
    ),
    mutant(
        "the signature of Paystack's webhooks is not compared",
        "payments/gateways/paystack/webhooks.py",
        'not hmac.compare_digest(sign(body, secret_key).encode(), shown.encode("utf-8", "replace"))',
        "not shown",
        "jobsphere/payments/tests/test_paystack.py"
        "::test_forged_altered_rewritten_and_foreign_events_are_refused_and_not_stored",
    ),
    mutant(
        "two refunds of a payment are sent where one at a time is wanted",
        "payments/starting.py",
        "    if waiting and not asked.exists():\n        _ask_for_refund(waiting[0], payment)\n",
        "    if waiting:\n        _ask_for_refund(waiting[-1], payment)\n",
        "tests/money/test_refund_after_release.py::test_one_refund_at_a_time_where_the_gateway_wants_it_so",
    ),
    mutant(
        "a movement of the gateway is booked twice",
        "payments/movements/importing.py",
        "            booking.book(new)\n",
        "            booking.book(new)\n            booking.book(new)\n",
        "jobsphere/payments/tests/test_movements.py::test_fees_are_booked_once_and_our_account_is_the_gateways_balance",
        more=(
            Edit(f"{APP}/payments/movements/booking.py", "reference=reference_of(row),\n", f"reference={_FRESH},\n"),
        ),
    ),
    mutant(
        "a day's seal does not continue the day before",
        "ledger/statements.py",
        "DayOfBooks(last.seal if last else GENESIS)",
        "DayOfBooks(GENESIS)",
        "jobsphere/ledger/tests/test_statements.py::test_sound_books_pass_and_print_the_last_seal",
    ),
    mutant(
        "a change takes money for what is paid in later",
        "contracts/services/changing.py",
        "[added] if contract.funding == FundingShape.UPFRONT else []",
        "[added]",
        f"{CHANGES}::test_where_milestones_are_paid_one_by_one_a_change_takes_money_for_what_runs_and_not_for_what_is_added",
    ),
    mutant(
        "a change is applied to a contract that has changed meanwhile",
        "contracts/services/changing.py",
        "if contract.is_frozen or _staleness(order, contract):",
        "if contract.is_frozen:",
        f"{CHANGES}::test_a_difference_that_comes_after_the_contract_changed_or_ended_goes_back",
    ),
    mutant(
        "a refund that was paid by hand leaves the gateway in the books",
        "payments/books.py",
        "bank = account(AccountKind.BANK, refund.currency, gateway)",
        "bank = at_gateway(gateway, refund.currency)",
        "jobsphere/backoffice/tests/test_operations.py"
        "::test_a_refund_that_no_gateway_can_send_is_paid_by_hand_and_the_books_take_it_from_the_bank",
    ),
    *SHAPES,
)
