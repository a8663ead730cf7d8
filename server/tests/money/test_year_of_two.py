"""A year of one customer with two contractors, weekly hours beside a monthly series: every cent is explained (issue 7).

`year_of_two.py` says what happens, and keeps a diary of it in plain arithmetic. After each step the books must add up,
after each week and month they are reconciled; what a bookkeeper would have read meanwhile is in `year_of_two.txt`, and
at the end the diary, the books, the gateway, the pages and the documents say the same.
"""

import os
from collections import Counter
from difflib import unified_diff
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from jobsphere.contracts import selectors as contracts_read
from jobsphere.contracts import services as contracts
from jobsphere.contracts.models import Contract, Milestone
from jobsphere.contracts.tests.conftest import upload as upload
from jobsphere.contracts.types import ContractView, Handover
from jobsphere.db.transactions import edge_transaction
from jobsphere.hours import services as hours
from jobsphere.hours.tests.conftest import own_clock as own_clock
from jobsphere.invoices import services as invoices
from jobsphere.invoices.models import Invoice, InvoiceLine
from jobsphere.kit import clock
from jobsphere.kit.actor import Actor
from jobsphere.ledger.models import Entry
from jobsphere.repeats import services as repeats
from jobsphere.repeats.models import Occurrence, Repeat
from jobsphere.repeats.rules.dates import Every
from tests.marketplace import usd
from tests.money import year_of_two as plan
from tests.money.everything import Company, accounts, explain, paid_besides
from tests.money.year_of_two import TERMS, Diary, Step
from tests.sandbox import Sandbox
from tests.stories.people import books

TRANSCRIPT = Path(__file__).with_name("year_of_two.txt")
FEES = ("platform_fee", "service_fee", "kept_fee")
#: Steps that only look at what the clock has done.
LOOKS = {"is_stated", "is_over", "is_made", "month_ends", "year_ends"}


class Year(Company):
    """Casey, Pat by the hour, Sam once a month, Ada, and the bookkeeper's transcript."""

    def __init__(self, people: tuple[Actor, ...], sandbox: Sandbox, upload: Any) -> None:
        casey, pat, self.sam, self.ada = people
        super().__init__(casey, pat, sandbox, upload)
        self.with_sam = Company(casey, self.sam, sandbox, upload)
        self.diary, self.lines = Diary(), plan.heading()
        self.entries: dict[int, list[UUID]] = {}

    def begins(self) -> None:
        """Casey hires both: the first week and the first visit are paid."""
        self.hire(rate=plan.RATE, cap=plan.CAP, zone=plan.NEW_YORK.key, weeks=plan.WEEKS)
        self.diary.pays(plan.paid_in(1))
        self.tick()
        self.notes("Pat is hired, week 1 paid in")
        repeat_id = self.with_sam.repeat(Every.MONTHLY, plan.OLD_PRICE, days=25, zone=plan.BERLIN.key)
        self.diary.pays(plan.OLD_PRICE)
        self.tick()
        self.notes("Sam is booked once a month, visit 1 paid")
        self.series = Repeat.objects.get(pk=repeat_id)
        self.first_visit = Contract.objects.get(contractor_id=self.sam.known_id()).pk

    def takes(self, step: Step) -> None:
        """Move the clock to a step, take it, and look at the books."""
        self.at(step.at)
        if step.verb in LOOKS:
            self.tick()
        what = getattr(self, step.verb)(step.number)
        if step.verb not in LOOKS:
            self.tick()
        if what:
            self.notes(what)

    def notes(self, what: str) -> None:
        """Write a line of the transcript, and prove that the books add up."""
        terms = of_books()
        assert plan.adds_up(terms), terms
        assert (terms["paid"], terms["refunded"]) == (self.diary["paid"], self.diary["refunded"]), what
        self.lines.append(plan.row(f"{clock.now().astimezone(plan.NEW_YORK):%Y-%m-%d}", what, terms))

    # --- Pat's weeks

    def works_and_pays(self, number: int) -> str:
        """On Sunday evening Pat logs the week, from Wednesday at nine on, and Casey pays the next one in."""
        days = enumerate(plan.lengths(number), start=2)
        self.entries[number] = [self.works(plan.nine_o_clock(number, day), minutes) for day, minutes in days]
        if not plan.paid_in(number + 1):
            return ""
        self.pay(self.week(number + 1))
        self.diary.pays(plan.paid_in(number + 1))
        return f"week {number + 1} paid in"

    def is_stated(self, number: int) -> str:
        week = self.week(number)
        worked = sum(plan.lengths(number))
        assert (week.status, week.minutes, week.amount) == ("closed", worked, plan.billed(number))
        self.diary.gets_back(plan.paid_in(number) - plan.billed(number))
        explain(self)
        elapsed = (week.ends_at - week.starts_at).total_seconds() / 3600
        return f"week {number}{_unusual(elapsed)} stated: {worked // 60}:{worked % 60:02} worked"

    def is_over(self, number: int) -> str:
        """Seven days without a word have approved it, or what was left of it."""
        status = Milestone.objects.values_list("status", flat=True).get(pk=self.week(number).milestone_id)
        assert status == "released"
        return "" if number in plan.DOUBTED else f"week {number} approved by silence"

    def is_doubted(self, number: int) -> str:
        doubt = {"week_id": self.week(number).pk, "entry_ids": self.entries[number][:1], "reason": "Not these."}
        self.do(hours.dispute_hours, self.casey, **doubt)
        assert self.week(number).disputed_amount == plan.doubtful(number)
        return f"week {number}: Casey doubts Wednesday"

    def is_settled(self, number: int) -> str:
        how, waits = plan.DOUBTED[number], self.week(number).disputed_milestone_id
        if how == "Casey gives in":
            self.do(contracts.release_milestone, self.casey, milestone_id=waits)
        else:
            judge = self.pat if how == "Pat gives in" else self.ada
            self.do(contracts.refund_milestone, judge, milestone_id=waits, reason="The door was closed.")
            self.diary.gets_back(plan.doubtful(number))
        return f"week {number}: {how}"

    def tips_pat(self, number: int) -> str:
        assert self.deal.contract_id
        self.tip(self.deal.contract_id, plan.THANKS[number])
        self.diary.pays(plan.THANKS[number])
        return f"tip for Pat, after week {number}"

    # --- Sam's visits

    def visit(self, month: int) -> UUID:
        """Return the contract of a month."""
        if month == 1:
            return self.first_visit
        contract_id = Occurrence.objects.get(due_on=plan.last_day(month)).contract_id
        assert contract_id, "it was made and paid"
        return contract_id

    def is_made(self, month: int) -> str:
        one = Occurrence.objects.get(due_on=plan.last_day(month))
        assert (one.status, one.amount) == ("made", plan.price(month))
        assert one.starts_at == plan.two_at_night(month)
        self.diary.pays(plan.price(month))
        return f"visit {month} is made, and paid by the card"

    def is_done(self, month: int) -> str:
        self.do(contracts.deliver_contract, self.sam, contract_id=self.visit(month), work=Handover("Clean."))
        self.do(contracts.release_milestone, self.casey, milestone_id=self.milestone_of(month))
        return f"visit {month} done and approved"

    def is_called_off(self, month: int) -> str:
        """Sixteen hours before: Sam has earned half of what is protected, the fee at acceptance stays."""
        self.do(contracts.cancel_contract, self.casey, contract_id=self.visit(month), reason="We move.")
        protected = plan.price(month) - plan.percent(10, plan.price(month))
        self.diary.gets_back(protected - plan.percent(50, protected))
        return f"visit {month} called off too late"

    def leaves_out(self, month: int) -> str:
        self.do(repeats.skip_date, self.casey, repeat_id=self.series.pk, due_on=plan.last_day(month))
        return f"visit {month} left out"

    def asks_for_more(self, _: int) -> str:
        wish = {"repeat_id": self.series.pk, "amount": usd(plan.NEW_PRICE), "new_from": plan.NEW_FROM}
        self.do(repeats.propose_price, self.sam, **wish)
        return "Sam asks for a higher price"

    def agrees(self, _: int) -> str:
        self.do(repeats.agree_price, self.casey, repeat_id=self.series.pk, amount=usd(plan.NEW_PRICE))
        return "Casey agrees"

    def gives_back(self, month: int) -> str:
        part = {"amount": usd(plan.GIVEN_BACK[month]), "reason": "The windows were not clean."}
        self.do(contracts.refund_milestone, self.sam, milestone_id=self.milestone_of(month), **part)
        self.diary.gets_back(plan.GIVEN_BACK[month])
        return f"Sam gives back some of visit {month}"

    def tips_sam(self, month: int) -> str:
        self.tip(self.visit(month), plan.TIPS[month])
        self.diary.pays(plan.TIPS[month])
        return f"tip for Sam, after visit {month}"

    # --- the bookkeeper

    def month_ends(self, month: int) -> str:
        books()
        return f"- end of month {month}: all reconciled -"

    def year_ends(self, _: int) -> str:
        return "- end of the year -"

    def milestone_of(self, month: int) -> UUID:
        return contracts_read.contract(self.casey, self.visit(month)).milestones[0].id

    def contracts(self) -> list[ContractView]:
        """Return the pages of all contracts, each as its contractor sees it."""
        who = {each.known_id(): each for each in (self.pat, self.sam)}
        rows = Contract.objects.order_by("pk")
        return [contracts_read.contract(who[row.contractor_id], row.pk) for row in rows]


@pytest.fixture
def year(
    transactional_db: None, sandbox: Any, taxonomy: None, casey: Actor, pat: Actor, sam: Actor, ada: Actor, upload: Any
) -> Year:
    """Everybody at the beginning of the year, and an operator in Germany who owes tax on the fees."""
    with edge_transaction():
        invoices.set_brand(
            actor=ada, name="Jobs", colour="#0b6e4f", country="DE", address="Marktplatz 1", tax_number=""
        )
        for rate, since in ((plan.TAX, plan.START.date()), (plan.TAX_FROM_JULY, plan.JULY)):
            named: dict[str, Any] = {"treatment": "standard", "basis_points": rate, "name": "VAT"}
            invoices.add_rate(actor=ada, country="DE", supply="fees", valid_from=since, **named)
    made = Year((casey, pat, sam, ada), sandbox, upload)
    made.at(plan.START)
    return made


@pytest.mark.timeout(300)
def test_a_year_of_hours_beside_a_series_is_explained_to_the_cent(year: Year) -> None:
    year.begins()
    for step in plan.calendar():
        year.takes(step)
    books()
    explain(year)
    sides = {
        "by the diary": Counter(year.diary),
        "by the books": of_books(),
        "by the gateway": of_gateway(year.sandbox),
        "by the pages of the contracts": of_pages(year),
        "by the documents": of_documents(),
    }
    assert plan.adds_up(sides["by the books"])
    for term in TERMS:
        said = {name: terms[term] for name, terms in sides.items() if term in terms}
        assert len(said) > 1, f"nobody else knows {term}"
        assert len(set(said.values())) == 1, f"{term}: {said}"
    assert year.diary.stays == work_in_documents() + held_with_its_fees(year)
    year.lines += ["", *(plan.row("the year", name, terms) for name, terms in sides.items())]
    compare(year.lines)


def of_books() -> Counter[str]:
    """Read the terms off the accounts."""
    stands = Counter(accounts())
    moved = Entry.objects.filter(account__kind="gateway").values_list("amount", flat=True)
    return Counter(
        paid=sum(amount for amount in moved if amount > 0),
        refunded=-sum(amount for amount in moved if amount < 0),
        earned=stands["wallet"] + stands["clearing"],
        commission=stands["revenue_platform_fee"] + stands["revenue_service_fee"] - stands["revenue_tax"],
        tax=stands["tax_payable"],
        held=stands["escrow"],
    )


def of_gateway(sandbox: Sandbox) -> Counter[str]:
    """Add up what the gateway says it took from Casey's card, and gave back."""
    took = [each["amount_received"] for each in sandbox.objects("payment_intent")]
    gave = [each["amount"] for each in sandbox.objects("refund") if each["status"] == "succeeded"]
    return Counter(paid=sum(took), refunded=sum(gave))


def of_pages(year: Year) -> Counter[str]:
    """Add up what the pages of the contracts show."""
    said: Counter[str] = Counter()
    for contract in year.contracts():
        money, thanks = contract.money, paid_besides(contract)
        assert money.fees, "the contractor sees the fees"
        assert money.expected, "and those to come"
        said["paid"] += money.funded.amount + thanks
        said["refunded"] += money.refunded.amount
        said["earned"] += money.fees.payout.amount + thanks
        said["held"] += money.expected.service_fee.amount + money.expected.payout.amount
    return said


def of_documents() -> Counter[str]:
    """Add up the documents: the fees with the tax in them, and what they leave of the work to the contractors."""
    said: Counter[str] = Counter()
    for paper in Invoice.objects.filter(kind__in=FEES).select_related("corrects"):
        first = paper.corrects or paper
        rate = plan.TAX if first.issued_on < plan.JULY else plan.TAX_FROM_JULY
        assert first.basis_points == paper.basis_points == rate
        assert first.net == plan.without_tax(first.gross, rate)
        sign = 1 if paper.type == "invoice" else -1
        said["commission"] += sign * paper.net
        said["tax"] += sign * paper.tax
    lines = InvoiceLine.objects.select_related("invoice")
    worked = {line.hold_id for line in lines if line.invoice.kind == "work"}
    for line in lines:
        if line.hold_id in worked and line.invoice.kind != "kept_fee":
            said["earned"] += _signed(line) * (1 if line.invoice.kind == "work" else -1)
    return said


def work_in_documents() -> int:
    """Return what Casey has been invoiced: the work, and a fee of work that was called off."""
    return sum(_signed(line) for line in InvoiceLine.objects.filter(invoice__kind__in=["work", "kept_fee"]))


def held_with_its_fees(year: Year) -> int:
    """Return what still waits for Casey: the last week, and the last visit."""
    waiting = [each for page in year.contracts() for each in page.milestones if each.status in ("funded", "submitted")]
    assert len(waiting) == 2
    return plan.billed(plan.WEEKS) + plan.price(plan.VISITS)


def _signed(line: InvoiceLine) -> int:
    return line.gross if line.invoice.type == "invoice" else -line.gross


def _unusual(hours_: float) -> str:
    return "" if hours_ == 168 else f" of {hours_:g} hours"


def compare(lines: list[str]) -> None:
    """Compare with the transcript that is kept; `TRANSCRIPT=new` writes it anew, for a bookkeeper to read."""
    text = "\n".join(line.rstrip() for line in lines) + "\n"
    if os.environ.get("TRANSCRIPT") == "new":
        TRANSCRIPT.write_text(text, encoding="utf-8")
    kept = TRANSCRIPT.read_text(encoding="utf-8")
    assert text == kept, "\n".join(
        unified_diff(kept.splitlines(), text.splitlines(), "kept", "played", lineterm="", n=1)
    )
