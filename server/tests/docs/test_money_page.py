"""docs/money.md says what the books say: the story is played, and every figure of its table is compared."""

from collections.abc import Callable
from pathlib import Path

import pytest

from jobsphere.ledger import selectors
from jobsphere.ledger.types import AccountKind
from jobsphere.payments.gateways.registry import get_controls
from tests.stories.people import GOOD_CARD, Contractor, Customer, dollars

PAGE = Path(__file__).resolve().parents[3] / "docs" / "money.md"
COLUMNS = (
    AccountKind.GATEWAY,
    AccountKind.ESCROW,
    AccountKind.REVENUE_PLATFORM_FEE,
    AccountKind.REVENUE_SERVICE_FEE,
    AccountKind.WALLET,
    AccountKind.IN_TRANSIT,
    AccountKind.GATEWAY_PAYEE,
)


def documented() -> list[tuple[str, list[str]]]:
    """Return the rows of the page's table: the step, and its figures as they are written."""
    table = PAGE.read_text().split("<!-- story:begin -->")[1].split("<!-- story:end -->")[0]
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in table.strip().splitlines()[2:]]
    return [(row[0], row[1:]) for row in rows]


def columns() -> list[str]:
    """Return what stands in the books now, in the page's columns."""
    lines = {line.kind: line.balance.major() for line in selectors.trial_balance().lines}
    return [lines.get(kind, "0.00") for kind in COLUMNS]


@pytest.mark.django_db(transaction=True)
def test_every_figure_of_the_money_page_is_what_the_books_say(
    sandbox: object, taxonomy: None, settle: Callable[[], None]
) -> None:
    played: list[list[str]] = []
    customer, contractor = Customer(), Contractor()
    proposal = contractor.proposes(customer.posts_job(), 1000)
    parts = [{"title": "First", "amount": dollars(400)}, {"title": "Second", "amount": dollars(600)}]
    offer = customer.offers(proposal_id=proposal, amount=dollars(1000), milestones=parts, payment_method=GOOD_CARD)
    played.append(columns())
    contract = contractor.get(f"contracts/{contractor.accepts(offer)['contract_id']}/")
    played.append(columns())
    for milestone in contract["milestones"]:
        contractor.post(f"milestones/{milestone['id']}/start/")
        contractor.post(f"milestones/{milestone['id']}/submit/", {"note": "Done."})
        customer.post(f"milestones/{milestone['id']}/release/")
        played.append(columns())
    contractor.becomes_payable()
    contractor.post("payouts/withdraw", {"amount": dollars(700)}, expect=201)
    played.append(columns())
    get_controls().land_payout(get_controls().objects("payout")[0]["id"])
    settle()
    played.append(columns())
    assert [figures for _, figures in documented()] == played
    assert selectors.trial_balance().is_zero
