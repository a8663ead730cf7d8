"""How jobs go in the demo city, each told as a story that waits: posted, proposed, offered, worked, paid."""

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from uuid import UUID

from jobsphere.contracts import selectors as contract_reads
from jobsphere.contracts import services as contracts
from jobsphere.contracts.types import CancellationPolicy, Handover, MilestoneTerms, OfferTerms
from jobsphere.demo.cast import STREETS
from jobsphere.demo.people import CURRENCY, Citizen
from jobsphere.demo.timeline import Story, act
from jobsphere.demo.trades import Task
from jobsphere.jobs import services as jobs
from jobsphere.jobs.types import Budget, JobDetails, PriceKind, ProposalDetails
from jobsphere.kit import clock
from jobsphere.kit.actor import Actor
from jobsphere.kit.money import Money
from jobsphere.reviews import services as reviews

HOURS = timedelta(hours=1)
DAYS = timedelta(days=1)


@dataclass
class Deal:
    """One job with everybody around it."""

    rng: random.Random
    customer: Citizen
    rivals: list[Citizen]
    task: Task
    category: str
    admin: Actor
    job: UUID | None = None
    proposals: list[UUID] = field(default_factory=list)

    @property
    def winner(self) -> Citizen:
        return self.rivals[0]

    @property
    def price(self) -> Money:
        return Money((self.task.low + self.task.high) * 50, CURRENCY)

    def wait(self, low: float, high: float) -> timedelta:
        """Return a time to wait, in days."""
        return DAYS * self.rng.uniform(low, high)


def drafted(deal: Deal) -> Story:
    """A job that was begun and not posted."""
    act(lambda: jobs.create_job(actor=deal.customer.actor, details=details(deal), draft=True))
    yield HOURS


def posted(deal: Deal) -> Story:
    """A job in the open, with the proposals that came in."""
    deal.job = _do(lambda: jobs.create_job(actor=deal.customer.actor, details=details(deal)))
    yield deal.wait(0.05, 0.4)
    for rank, rival in enumerate(deal.rivals):
        deal.proposals.append(_do(lambda rival=rival, rank=rank: propose(deal, rival, rank)))  # type: ignore[misc]
        yield deal.wait(0.05, 0.5)


def called_off(deal: Deal) -> Story:
    """A job that the customer took back before anybody was hired."""
    yield from posted(deal)
    assert deal.job
    reason = deal.rng.choice(("A neighbour did it.", "We have to wait until spring.", "Out of budget this month."))
    act(lambda: jobs.cancel_job(actor=deal.customer.actor, job_id=deal.job, reason=reason))  # type: ignore[arg-type]


def offered(deal: Deal, card: str = "pm_card_visa") -> Story:
    """A job whose customer has sent an offer that waits for an answer."""
    yield from posted(deal)
    act(lambda: jobs.shortlist_proposal(actor=deal.customer.actor, proposal_id=deal.proposals[0]))
    yield deal.wait(0.05, 0.3)
    send_offer(deal, card)


def hired(deal: Deal) -> Story:
    """A job whose money is protected and whose work has not begun."""
    yield from posted(deal)
    offer = send_offer(deal, deal.rng.choice(("pm_card_visa", "pm_card_mastercard", "pm_card_amex")))
    yield deal.wait(0.05, 0.6)
    act(lambda: contracts.accept_offer(actor=deal.winner.actor, offer_id=offer))


def cancelled_contract(deal: Deal) -> Story:
    """A contract that the customer cancelled, before or after the work began, by the pinned policy."""
    yield from hired(deal)
    contract, parts = _contract(deal)
    if deal.rng.random() < 0.5:
        yield deal.wait(0.5, 2)
        act(lambda: contracts.start_milestone(actor=deal.winner.actor, milestone_id=parts[0]))
    yield deal.wait(0.3, 1)
    act(
        lambda: contracts.cancel_contract(
            actor=deal.customer.actor, contract_id=contract, reason="The landlord has forbidden it."
        )
    )


def begun(deal: Deal) -> Story:
    """Work under way."""
    yield from hired(deal)
    _, parts = _contract(deal)
    yield deal.wait(0.5, 2)
    act(lambda: contracts.start_milestone(actor=deal.winner.actor, milestone_id=parts[0]))


def delivered(deal: Deal) -> Story:
    """Everything handed in, waiting for the customer's word."""
    yield from begun(deal)
    _, parts = _contract(deal)
    for number, part in enumerate(parts):
        yield from hand_in(deal, part, started=number == 0)


def held(deal: Deal) -> Story:
    """A complaint: the administrator has put the money on hold while both sides are heard."""
    yield from delivered(deal)
    contract, _ = _contract(deal)
    yield deal.wait(0.2, 0.5)

    def hold() -> None:
        reason = "The customer says that one door does not close."
        contracts.hold_contract(actor=deal.admin, contract_id=contract, reason=reason)
        assert deal.job
        jobs.dispute_job(actor=deal.admin, job_id=deal.job)

    act(hold)


def completed(deal: Deal) -> Story:
    """A job done, approved by the customer or by silence, and paid."""
    yield from begun(deal)
    _, parts = _contract(deal)
    for number, part in enumerate(parts):
        yield from hand_in(deal, part, started=number == 0)
        if deal.rng.random() < 0.2:
            text = deal.rng.choice(("One edge is rough.", "Please send the photos too.", "The colour is a shade off."))
            act(
                lambda part=part, text=text: contracts.request_changes(  # type: ignore[misc]
                    actor=deal.customer.actor, milestone_id=part, reason=text
                )
            )
            yield deal.wait(0.4, 1.5)
            act(lambda part=part: _submit(deal, part, "Put right."))  # type: ignore[misc]
        if deal.rng.random() < 0.15:
            yield 8 * DAYS  # the customer is silent, and the timer releases the money
            continue
        yield deal.wait(0.2, 1.5)
        act(lambda part=part: contracts.release_milestone(actor=deal.customer.actor, milestone_id=part))  # type: ignore[misc]


#: What people write, by stars; an empty one gives the stars alone.
_OF_CONTRACTORS = {
    5: ("Came on time, worked cleanly, explained everything. Gladly again.", "Exactly as agreed, and a day early.", ""),
    4: ("Good work. One visit had to be moved.", "Solid and friendly; a little more dust than I had hoped.", ""),
    3: ("The result is fine, but I had to ask twice for an appointment.",),
    2: ("Late twice without a word, and the corner had to be done again.",),
}
_OF_CUSTOMERS = {
    5: ("Clear about what was wanted, and approved the same day.", "A pleasure to work for.", ""),
    4: ("Friendly. The access to the cellar could have been told before.", ""),
    3: ("The plans changed twice while we were working.",),
}


def reviewed(deal: Deal) -> Story:
    """A job done, after which most people say how it was; some leave it to the other one."""
    yield from completed(deal)
    yield deal.wait(5, 6)
    contract, _ = _contract(deal)
    for writer, words, share in ((deal.customer, _OF_CONTRACTORS, 0.85), (deal.winner, _OF_CUSTOMERS, 0.7)):
        if deal.rng.random() < share:
            stars = deal.rng.choices(list(words), weights=(64, 26, 7, 3)[: len(words)])[0]
            text = deal.rng.choice(words[stars])
            act(
                lambda writer=writer, stars=stars, text=text: reviews.write_review(  # type: ignore[misc]
                    actor=writer.actor, contract_id=contract, rating=stars, text=text
                )
            )
            yield deal.wait(0.2, 2)


def details(deal: Deal) -> JobDetails:
    """Return the job as its customer writes it."""
    place, latitude, longitude = deal.customer.district
    return JobDetails(
        title=deal.task.title,
        description=deal.task.description,
        category=deal.category,
        skills=(deal.task.skill,),
        budget=Budget(PriceKind.FIXED, Money(deal.task.low * 100, CURRENCY), Money(deal.task.high * 100, CURRENCY)),
        due_on=(clock.now() + deal.wait(12, 40)).date(),
        place=place,
        address=f"{deal.rng.randint(2, 980)} {deal.rng.choice(STREETS)}",
        latitude=latitude + deal.rng.uniform(-0.01, 0.01),
        longitude=longitude + deal.rng.uniform(-0.01, 0.01),
    )


def propose(deal: Deal, rival: Citizen, rank: int) -> UUID:
    """Let a contractor propose; the first one is the best."""
    assert deal.job
    words = ("I have done this often and can come this week.", "Fixed price, everything included.", "Two visits.")
    proposal = ProposalDetails(
        price=Money(deal.price.amount + rank * 2_500, CURRENCY),
        message=deal.rng.choice(words),
        estimated_days=deal.rng.randint(1, 12),
    )
    return jobs.submit_proposal(actor=rival.actor, job_id=deal.job, details=proposal)


def send_offer(deal: Deal, card: str) -> UUID:
    """Send the offer, in two milestones when it is large."""
    milestones: tuple[MilestoneTerms, ...] = ()
    if deal.price.amount > 60_000:
        first, second = deal.price.allocate((2, 3))
        milestones = (MilestoneTerms("Preparation", first), MilestoneTerms("Completion", second))
    return _do(
        lambda: contracts.make_offer_on_proposal(
            actor=deal.customer.actor,
            proposal_id=deal.proposals[0],
            terms=OfferTerms(deal.price, milestones, message="When could you begin?"),
            policy=deal.rng.choice(list(CancellationPolicy)),
            payment_method=card,
        )
    )


def hand_in(deal: Deal, part: UUID, *, started: bool) -> Story:
    """Start a milestone if need be, work on it, and hand it in."""
    if not started:
        act(lambda: contracts.start_milestone(actor=deal.winner.actor, milestone_id=part))
    yield deal.wait(0.5, 2.5)
    act(lambda: _submit(deal, part, "Done as agreed; photos follow."))


def _submit(deal: Deal, part: UUID, note: str) -> None:
    contracts.submit_milestone(actor=deal.winner.actor, milestone_id=part, work=Handover(note=note))


def _contract(deal: Deal) -> tuple[UUID, list[UUID]]:
    assert deal.job
    view = contract_reads.contract_of_job(deal.customer.actor, deal.job)
    return view.id, [milestone.id for milestone in view.milestones]


def _do(verb: Callable[[], UUID]) -> UUID:
    made: list[UUID] = []
    act(lambda: made.append(verb()))
    return made[0]
