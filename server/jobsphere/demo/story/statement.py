"""The end of the story: every account that its money touched, in columns."""

from collections.abc import Iterator, Mapping
from typing import Any

from jobsphere.demo.story.people import StoryError
from jobsphere.kit.money import Money

#: What the thousand dollars must have become (seed 001: 10 % + 20 %, the contractor gets the rest).
EXPECTED = {"platform_fee": 10_000, "service_fee": 20_000, "contractor": 70_000, "held": 0, "refunded": 0}


def lines_of(statement: dict[str, Any]) -> Iterator[str]:
    """Write the statement as a bookkeeper reads it."""
    for step in statement["steps"]:
        yield f"  {step['number']:>2}  {step['code']}"
        for leg in step["legs"]:
            yield f"        {name_of(leg['account']):<44} {shown(leg['debit']):>12} {shown(leg['credit']):>12}"
    yield ""
    yield f"      {'account':<46} {'balance':>12} {'signed':>12}"
    for row in statement["accounts"]:
        signed = Money.from_json(row["signed"]).major()
        yield f"      {name_of(row['account']):<46} {Money.from_json(row['balance']).major():>12} {signed:>12}"
    yield f"      {'sum':<46} {'':>12} {Money.from_json(statement['total']).major():>12}"


def expected(fees: dict[str, Any]) -> dict[str, int]:
    """Return what the thousand dollars must become where the operator charges something else: as the offer said."""
    parts = {"platform_fee": "platform_fee", "service_fee": "service_fee", "contractor": "payout"}
    return {**EXPECTED, **{total: fees[part]["amount"] for total, part in parts.items()}}


def verify(statement: dict[str, Any], come_to: Mapping[str, int] = EXPECTED) -> list[str]:
    """Return the closing lines; raises StoryError when a figure is not what the story must come to."""
    totals = {name: Money.from_json(amount) for name, amount in statement["totals"].items()}
    wrong = {name: totals[name].major() for name, cents in come_to.items() if totals[name].amount != cents}
    if wrong or statement["total"]["amount"] != 0:
        raise StoryError(f"The books do not say what the story does: {wrong or statement['total']}")
    return [
        f"  platform fee   {totals['platform_fee'].major():>10}",
        f"  service fee    {totals['service_fee'].major():>10}",
        f"  contractor     {totals['contractor'].major():>10}   of which paid to the bank {totals['paid_out'].major()}",
        "  all accounts sum to zero",
    ]


def name_of(account: dict[str, Any]) -> str:
    """Return the account's title with its owner."""
    return f"{account['title']} of {account['owner_name']}" if account.get("owner_name") else str(account["title"])


def shown(amount: dict[str, Any]) -> str:
    """Return an amount, or nothing for zero."""
    return Money.from_json(amount).major() if amount["amount"] else ""
