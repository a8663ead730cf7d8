"""Casey and Pat in every shape of work at once, and an accountant who reads their pages beside the books (issue 7).

The accountant knows nothing of holds and transfers: what the pages of the contracts say, in plain sums, must be what
stands on the accounts, what the gateway has, and, once everybody was told, what the documents come to.
"""

from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from jobsphere.bookings.tasks import settle_absences
from jobsphere.contracts import selectors as contracts_read
from jobsphere.contracts import services as contracts
from jobsphere.contracts.models import Contract
from jobsphere.contracts.selectors.repeating import repeatable
from jobsphere.contracts.tasks import expire_changes, lapse_expenses
from jobsphere.contracts.types import (
    BookingDetails,
    CancellationPolicy,
    ContractView,
    ExpenseStatus,
    Funding,
    FundingShape,
    MilestoneTerms,
    OfferTerms,
    Slot,
    TipStatus,
)
from jobsphere.hours.tests.conftest import BERLIN, GOOD_CARD, Stage
from jobsphere.invoices.tests.conftest import shown
from jobsphere.kit import clock
from jobsphere.kit.actor import Actor
from jobsphere.kit.money import Money
from jobsphere.ledger import selectors as ledger
from jobsphere.outbox.subscriptions import periodic_jobs
from jobsphere.outbox.worker import drain
from jobsphere.payments.services.saving import save_method
from jobsphere.repeats import services as repeats
from jobsphere.repeats.rules.dates import Every
from jobsphere.repeats.services import Wish
from jobsphere.repeats.tasks import make_occurrences
from tests.marketplace import make_job, make_profile, usd
from tests.sandbox import Sandbox
from tests.stories.people import books

#: A Wednesday morning; weeks and series follow the wall clock of Berlin.
START = datetime(2027, 1, 6, 9, tzinfo=ZoneInfo(BERLIN))


class Company(Stage):
    """One customer and one contractor with any number of contracts; after each step the accountant looks."""

    def __init__(self, casey: Actor, pat: Actor, sandbox: Sandbox, upload: Callable[[Actor], Any]) -> None:
        super().__init__(casey, pat)
        self.sandbox, self.upload = sandbox, upload
        self.rounds = {job.name for job in periodic_jobs()}
        make_profile(pat)

    # --- shapes

    def contract_of(self, amount: int, shape: FundingShape, **terms: Any) -> UUID:
        """Hire for a job whose price is paid in a shape; returns the contract."""
        parts = (MilestoneTerms("First", usd(amount // 3)), MilestoneTerms("Second", usd(amount - amount // 3)))
        wanted = OfferTerms(usd(amount), () if terms else parts, funding=Funding(shape, **terms))
        offer_id = self.do(
            contracts.make_offer_on_job,
            self.casey,
            job_id=make_job(self.casey),
            contractor_id=self.pat.known_id(),
            terms=wanted,
            payment_method=GOOD_CARD,
        )
        return self.accepted(offer_id)

    def accepted(self, offer_id: UUID) -> UUID:
        """Let Pat accept; returns the contract."""
        self.do(contracts.accept_offer, self.pat, offer_id=offer_id)
        contract_id = contracts_read.offer(self.pat, offer_id).contract_id
        assert contract_id is not None, "accepted, and paid by a good card"
        return contract_id

    def book(self, amount: int, *, days: int, card: str = GOOD_CARD) -> UUID:
        """Book two hours, whose price goes by the time that is left; returns the offer, accepted."""
        starts_at = clock.now().replace(minute=0, second=0, microsecond=0) + timedelta(days=days)
        terms = OfferTerms(usd(amount), slot=Slot(starts_at, starts_at + timedelta(hours=2)))
        offer_id: UUID = self.do(
            contracts.book_contractor,
            self.casey,
            contractor_id=self.pat.known_id(),
            booking=BookingDetails("Clean the flat", category="plumbers", address="7 Mill Lane"),
            terms=terms,
            policy=CancellationPolicy.MODERATE,
            payment_method=card,
            cancels_by_slot=True,
        )
        self.accepted(offer_id)
        return offer_id

    def keeps(self, card: str = GOOD_CARD) -> UUID:
        """Keep a card of Casey's."""
        method_id: UUID = self.do(save_method, self.casey, payment_method=card)
        return method_id

    def repeat(self, every: Every, amount: int, *, days: int = 2, zone: str = BERLIN) -> UUID:
        """Book, and agree to do it again and again by the clocks of a zone; returns the series."""
        offer_id = self.book(amount, days=days)
        assert repeatable(self.casey, offer_id).whole
        wish = Wish(offer_id, every, zone, method_id=self.keeps())
        repeat_id: UUID = self.do(repeats.propose_repeat, self.casey, wish=wish)
        self.do(repeats.accept_repeat, self.pat, repeat_id=repeat_id)
        return repeat_id

    # --- what is paid besides the work

    def tip(self, contract_id: UUID, amount: int, card: str = GOOD_CARD) -> None:
        """Say thanks in money."""
        tip_id = self.do(contracts.give_tip, self.casey, contract_id=contract_id, amount=usd(amount))
        self.do(contracts.fund_tip, self.casey, tip_id=tip_id, payment_method=card)

    def claim(self, contract_id: UUID, amount: int) -> dict[str, Any]:
        """Return the claim of an expense of today, with its receipt."""
        files = [UUID(self.upload(self.pat)["id"])]
        claim = {"amount": usd(amount), "what": "Pipe and glue", "spent_on": clock.now().date(), "file_ids": files}
        return {"contract_id": contract_id, **claim}

    # --- time

    def tick(self) -> None:
        """Let the clock do what it does to these shapes, and let gateway and queue come to rest.

        The other rounds (files, seals, reports) have tests of their own, and take most of the time.
        """
        super().tick()
        for timer in (make_occurrences, expire_changes, lapse_expenses, settle_absences):
            timer()
        for _ in range(20):
            drain(without=self.rounds)
            if not self.sandbox.deliver_webhooks():
                return
        raise AssertionError("gateway and queue do not come to rest")

    def contracts(self) -> list[ContractView]:
        """Return the pages of all contracts, as the contractor sees them."""
        ids = Contract.objects.filter(customer_id=self.casey.known_id()).order_by("pk").values_list("pk", flat=True)
        return [contracts_read.contract(self.pat, each) for each in ids]


def accounts() -> dict[str, int]:
    """Return what stands on every kind of account, in cents."""
    trial = ledger.trial_balance()
    assert trial.is_zero
    return {line.kind.value: line.balance.amount for line in trial.lines if line.balance}


def explain(company: Company) -> Counter[str]:
    """Add up the pages of all contracts, compare them with the books, and return what the documents must come to."""
    said: Counter[str] = Counter()
    papers: Counter[str] = Counter()
    for contract in company.contracts():
        money = contract.money
        parts = money.protected + money.released + money.refunded + money.kept_fee
        assert money.funded == parts, f"{money.funded} paid in, {parts} accounted for"
        assert money.fees, "the contractor sees the fees"
        expected = money.expected
        assert expected, "and those to come"
        assert money.protected == expected.platform_fee + expected.service_fee + expected.payout
        assert money.released == money.fees.platform_fee + money.fees.service_fee + money.fees.payout
        thanks = paid_besides(contract)
        said["gateway"] += _cents(money.funded - money.refunded) + thanks
        said["escrow"] += _cents(expected.service_fee + expected.payout)
        said["wallet"] += _cents(money.fees.payout) + thanks
        said["revenue_platform_fee"] += _cents(expected.platform_fee + money.fees.platform_fee + money.kept_fee)
        said["revenue_service_fee"] += _cents(money.fees.service_fee)
        papers["work"] += _cents(money.released) + thanks
        papers["platform_fee"] += _cents(expected.platform_fee + money.fees.platform_fee)
        papers["service_fee"] += _cents(money.fees.service_fee)
        papers["kept_fee"] += _cents(money.kept_fee)
    stands = accounts()
    # Tax is in the fees, and taken off the income beside them: pages say nothing of it.
    assert stands.pop("revenue_tax", 0) == stands.pop("tax_payable", 0)
    assert stands == {kind: amount for kind, amount in said.items() if amount}
    return papers


def paid_besides(contract: ContractView) -> int:
    """Return what tips and expenses of a contract have brought and what of it stands, in cents."""
    claims = contract.expenses.claims if contract.expenses else ()
    tips = [(each.amount, each.refunded) for each in contract.tips if each.status is TipStatus.PAID]
    paid = [*tips, *((each.amount, each.refunded) for each in claims if each.status is ExpenseStatus.PAID)]
    return sum(_cents(amount) - (_cents(back) if back else 0) for amount, back in paid)


def explain_with_documents(company: Company) -> None:
    """Compare pages, books, gateway and documents; nothing may be under way any more."""
    papers = explain(company)
    books()
    assert shown() == {kind: amount for kind, amount in papers.items() if amount}


def _cents(money: Money) -> int:
    return money.amount
