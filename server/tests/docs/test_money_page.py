"""docs/money.md says what the books say: the story is played, and every figure of its table is compared."""

from collections.abc import Callable
from pathlib import Path

import pytest

from jobsphere.invoices.models import Invoice
from jobsphere.invoices.rules import InvoiceKind
from jobsphere.kit.money import Money
from jobsphere.ledger import selectors
from jobsphere.ledger.types import AccountKind
from jobsphere.payments.gateways.registry import get_controls
from tests.money.test_expenses import Spending
from tests.money.test_funding import PARTS
from tests.money.test_tips import Thanked
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


def documented(name: str) -> list[tuple[str, list[str]]]:
    """Return the rows of one of the page's tables: the step, and its figures as they are written."""
    table = PAGE.read_text().split(f"<!-- {name}:begin -->")[1].split(f"<!-- {name}:end -->")[0]
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in table.strip().splitlines()[2:]]
    return [(row[0], row[1:]) for row in rows]


def columns() -> list[str]:
    """Return what stands in the books now, in the page's columns."""
    lines = {line.kind: line.balance.major() for line in selectors.trial_balance().lines}
    return [lines.get(kind, "0.00") for kind in COLUMNS]


def documents(settle: Callable[[], None]) -> list[str]:
    """Return what the documents of each kind come to, when the worker has drawn them up."""
    settle()
    kinds = (InvoiceKind.WORK, InvoiceKind.PLATFORM_FEE, InvoiceKind.SERVICE_FEE)
    rows = list(Invoice.objects.filter(type="invoice"))
    return [Money(sum(row.gross for row in rows if row.kind == kind), "USD").major() for kind in kinds]


@pytest.mark.django_db(transaction=True)
def test_every_figure_of_the_money_page_is_what_the_books_say(
    sandbox: object, taxonomy: None, settle: Callable[[], None]
) -> None:
    played: list[list[str]] = []
    papers: list[list[str]] = []
    customer, contractor = Customer(), Contractor()
    proposal = contractor.proposes(customer.posts_job(), 1000)
    parts = [{"title": "First", "amount": dollars(400)}, {"title": "Second", "amount": dollars(600)}]
    offer = customer.offers(proposal_id=proposal, amount=dollars(1000), milestones=parts, payment_method=GOOD_CARD)
    played.append(columns())
    papers.append(documents(settle))
    contract = contractor.get(f"contracts/{contractor.accepts(offer)['contract_id']}/")
    played.append(columns())
    papers.append(documents(settle))
    for milestone in contract["milestones"]:
        contractor.post(f"milestones/{milestone['id']}/start/")
        contractor.post(f"milestones/{milestone['id']}/submit/", {"note": "Done."})
        customer.post(f"milestones/{milestone['id']}/release/")
        played.append(columns())
        papers.append(documents(settle))
    contractor.becomes_payable()
    contractor.post("payouts/withdraw", {"amount": dollars(700)}, expect=201)
    played.append(columns())
    get_controls().land_payout(get_controls().objects("payout")[0]["id"])
    settle()
    played.append(columns())
    assert [figures for _, figures in documented("story")] == played
    assert [figures for _, figures in documented("documents")] == papers
    assert selectors.trial_balance().is_zero


class Told(Spending, Thanked):
    """A contract whose every step is written down."""


@pytest.mark.django_db(transaction=True)
def test_every_figure_of_a_contract_paid_by_milestone_is_what_the_books_say(
    sandbox: object, taxonomy: None, settle: Callable[[], None]
) -> None:
    deal = Told(settle, funding="by_milestone", milestones=PARTS)
    played = [columns()]
    deal.does(0)
    deal.approves(0)
    played.append(columns())
    deal.pays(1)
    settle()
    played.append(columns())
    order = deal.proposes(deal.contractor, deal.price(1, 800))
    deal.answers(deal.customer, "accept", order)
    deal.pays_change(order)
    played.append(columns())
    deal.agrees_on_cap(100)
    deal.pays_expense(deal.claims(40))
    played.append(columns())
    for number in (1, 2):
        deal.does(number)
        deal.approves(number)
    played.append(columns())
    deal.pays_tip(deal.thanks(50))
    played.append(columns())
    assert [figures for _, figures in documented("by_milestone")] == played


@pytest.mark.django_db(transaction=True)
def test_every_figure_of_a_contract_with_a_deposit_is_what_the_books_say(
    sandbox: object, taxonomy: None, settle: Callable[[], None]
) -> None:
    deal = Told(settle, funding="deposit", deposit=dollars(300))
    played = [columns()]
    deal.pays(1)
    settle()
    played.append(columns())
    deal.answers(deal.contractor, "accept", deal.proposes(deal.customer, deal.price(1, 500)))
    played.append(columns())
    for number in (0, 1):
        deal.does(number)
        deal.approves(number)
    played.append(columns())
    assert [figures for _, figures in documented("deposit")] == played
