"""The planted bugs of plans, hours, series, expenses, changes, slots and documents."""

from __future__ import annotations

from tools.mutants.words import APP, Edit, mutant

CHANGES = "tests/money/test_change_orders.py"
WEEKS = "jobsphere/hours/tests/test_weeks.py"
SERIES = "jobsphere/repeats/tests/test_repeats.py"

SHAPES = (
    mutant(
        "what was used of a plan is credited as well",
        "plans/rules/amounts.py",
        "    left = min(max(ends_at - at, timedelta(0)), whole)\n",
        "    left = whole\n",
        "jobsphere/plans/tests/test_rules.py",
    ),
    mutant(
        "of plan and tier the dearer one holds",
        "plans/selectors/fees.py",
        "return min(found, key",
        "return max(found, key",
        "tests/subscriptions/test_loyalty.py::test_of_plan_and_tier_the_cheaper_one_holds_and_ties_are_the_plans",
    ),
    mutant(
        "a plan that was paid back goes on lowering fees",
        "plans/selectors/fees.py",
        " & (Q(cut_at=None) | Q(cut_at__gt=now))",
        "",
        "tests/subscriptions/test_story.py::test_staff_give_back_and_may_end_it_at_once",
    ),
    mutant(
        "hours over the cap do not take the place of disputed ones",
        "hours/rules/billing.py",
        "return billed(rate, cap, worked)[1] - billed(rate, cap, worked - doubted)[1]",
        "return cost(rate, doubted)",
        f"{WEEKS}::test_hours_over_the_cap_take_the_place_of_disputed_ones",
    ),
    mutant(
        "a week is cut to the cent and not rounded",
        "hours/rules/billing.py",
        "(2 * rate.amount * minutes + whole) // (2 * whole)",
        "rate.amount * minutes // whole",
        "jobsphere/hours/tests/test_rules.py::test_an_amount_is_rounded_once_for_the_week",
    ),
    mutant(
        "a series that is paused goes on charging",
        "repeats/services/making.py",
        "if row.status != RepeatStatus.ACTIVE or row.next_at > now + MAKE_BEFORE:",
        "if row.next_at > now + MAKE_BEFORE:",
        f"{SERIES}::test_a_pause_makes_nothing_and_nothing_is_made_up_for_it",
        more=(
            Edit(
                f"{APP}/repeats/selectors.py",
                "status=RepeatStatus.ACTIVE, next_at__lte",
                "next_at__lte",
            ),
        ),
    ),
    mutant(
        "a series charges a price that nobody agreed to",
        "repeats/services/making.py",
        "return Money(row.new_amount, row.currency) if row.new_agreed_at else None",
        "return Money(row.new_amount, row.currency)",
        f"{SERIES}::test_a_price_that_nobody_agreed_to_is_never_charged",
    ),
    mutant(
        "an expense may pass its cap",
        "contracts/rules/expenses.py",
        "if amount.amount > room.amount:",
        "if amount.amount > room.amount + 100_00:",
        "tests/money/test_expenses.py::test_a_claim_needs_a_cap_a_receipt_and_room",
    ),
    mutant(
        "a change is applied before its difference is paid",
        "contracts/services/changing.py",
        "    if not order.pay_amount:\n",
        "    if True:\n",
        f"{CHANGES}::test_a_change_that_costs_more_takes_effect_once_the_difference_is_held",
    ),
    mutant(
        "a slot that is cancelled late costs nothing",
        "contracts/rules/windows.py",
        "        if now < starts_at - before:\n",
        "        if now < starts_at:\n",
        "tests/stories/test_slots.py::test_rescheduled_then_cancelled_late_costs_half",
    ),
    mutant(
        "a credit note takes its tax from itself alone",
        "invoices/rules.py",
        "tax = tax_within(credited_before + gross, basis_points).tax - before",
        "tax = tax_within(gross, basis_points).tax",
        "jobsphere/invoices/tests/test_rules.py::test_parts_that_are_given_back_give_back_exactly_the_tax",
    ),
)
