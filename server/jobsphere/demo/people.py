"""The people of the demo city: logins, profiles, portfolios and, for some contractors, a connected bank."""

import random
from dataclasses import dataclass

from jobsphere.db.transactions import edge_transaction
from jobsphere.demo import logins
from jobsphere.demo.cast import CONTRACTORS, CUSTOMERS, DISTRICTS
from jobsphere.demo.trades import TRADES, Trade
from jobsphere.kit.actor import ADMIN, CONTRACTOR, CUSTOMER, SYSTEM, Actor
from jobsphere.kit.money import Money
from jobsphere.payments import services as payments
from jobsphere.payments.gateways.registry import get_controls
from jobsphere.profiles import services as profiles
from jobsphere.profiles.types import ContractorDetails, CustomerDetails, PortfolioDetails
from jobsphere.users import passwords
from jobsphere.users import services as users

CURRENCY = "USD"


@dataclass(frozen=True, slots=True)
class Citizen:
    """A person of the demo city; contractors have a trade."""

    actor: Actor
    district: tuple[str, float, float]
    trade: Trade | None = None


def settle_people(rng: random.Random) -> tuple[list[Citizen], list[Citizen], Actor]:
    """Make customers, contractors and the administrator; returns them in that order."""
    hashed = passwords.hash_password(logins.PASSWORD)
    customers = [_customer(name, hashed, rng) for name in CUSTOMERS]
    contractors = [_contractor(number, name, hashed, rng) for number, name in enumerate(CONTRACTORS)]
    ada = _person(logins.ADA.name, logins.ADA.email, hashed, ())
    with edge_transaction():
        users.make_admin(actor=SYSTEM, user_id=ada.known_id())
    return customers, contractors, Actor(ada.id, frozenset({ADMIN}), frozenset(), ada.name)


def _person(name: str, email: str, hashed: str, roles: tuple[str, ...]) -> Actor:
    with edge_transaction():
        user_id = users.create_person(name=name, email=email, password_hash=hashed, roles=roles, verified=True)
    return Actor(user_id, frozenset(roles), frozenset(), name)


def _email(name: str) -> str:
    known = {login.name: login.email for login in logins.LOGINS}
    plain = name.lower().replace(" ", ".").encode("ascii", "ignore").decode().replace("'", "")
    return known.get(name, f"{plain}@{logins.DOMAIN}")


def _customer(name: str, hashed: str, rng: random.Random) -> Citizen:
    citizen = Citizen(_person(name, _email(name), hashed, (CUSTOMER,)), rng.choice(DISTRICTS))
    place, latitude, longitude = citizen.district
    with edge_transaction():
        profiles.save_customer_profile(
            actor=citizen.actor,
            details=CustomerDetails(place=place, latitude=latitude, longitude=longitude, languages=("en",)),
        )
    return citizen


def _contractor(number: int, name: str, hashed: str, rng: random.Random) -> Citizen:
    # Pat and Sam share a trade, so that they are rivals.
    trade = TRADES[2] if number < 2 else TRADES[number % len(TRADES)]
    citizen = Citizen(_person(name, _email(name), hashed, (CONTRACTOR,)), rng.choice(DISTRICTS), trade)
    with edge_transaction():
        profiles.save_contractor_profile(actor=citizen.actor, details=_offered(citizen, trade, rng))
    for task in rng.sample(trade.tasks, k=min(2, len(trade.tasks))):
        with edge_transaction():
            details = PortfolioDetails(title=task.title, description=f"Done in {citizen.district[0].split(',')[0]}.")
            profiles.add_portfolio_entry(actor=citizen.actor, details=details)
    return citizen


def _offered(citizen: Citizen, trade: Trade, rng: random.Random) -> ContractorDetails:
    place, latitude, longitude = citizen.district
    years = rng.randint(2, 24)
    headline = rng.choice(trade.headlines)
    return ContractorDetails(
        headline=headline,
        bio=f"{headline}. {years} years in the trade, based in {place.split(',')[0]}. I answer the same day.",
        skills=tuple(dict.fromkeys(task.skill for task in trade.tasks)),
        categories=(trade.category,),
        hourly_rate=Money(rng.randint(*trade.hourly) * 100, CURRENCY),
        fixed_from=Money(min(task.low for task in trade.tasks) * 100, CURRENCY),
        place=place,
        latitude=latitude,
        longitude=longitude,
        radius_km=rng.choice((10, 15, 25, 40)),
        languages=("en", "es") if rng.random() < 0.3 else ("en",),
        years_of_experience=years,
    )


def connect_bank(citizen: Citizen) -> None:
    """Connect a contractor to the sandbox's bank, as they would on its onboarding page."""
    controls = get_controls()
    known = {account["id"] for account in controls.objects("account")}
    with edge_transaction():
        payments.connect_payee(actor=citizen.actor)
    made = [account["id"] for account in controls.objects("account") if account["id"] not in known]
    for payee in made:
        controls.complete_onboarding(payee, holder=citizen.actor.name)
    with edge_transaction():
        payments.refresh_payee(actor=citizen.actor)
