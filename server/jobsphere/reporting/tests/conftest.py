"""Casey and Pat, a year of work, an operator in Germany, and the two tax offices' questions answered."""

from collections.abc import Callable
from typing import Any

import pytest

from jobsphere.db.transactions import edge_transaction
from jobsphere.invoices import services as invoices
from jobsphere.invoices.tests.conftest import Settle, contractor, customer, hire, work
from jobsphere.kit import clock
from jobsphere.kit.actor import Actor
from tests.money.deals import Staff
from tests.stories.people import Contractor, Customer

__all__ = ["Settle", "contractor", "customer", "hire", "work"]

PERSON = {
    "kind": "person",
    "first_name": "Pat",
    "last_name": "Łódzki & Söhne",
    "street": "Hauptstraße 5",
    "post_code": "10115",
    "city": "Berlin",
    "country": "DE",
    "birth_date": "1980-05-31",
    "tin": "36 574 261 809",
    "account": "DE89 3704 0044 0532 0130 00",
    "account_holder": "Pat Łódzki",
}
AMERICAN = {
    **PERSON,
    "last_name": "Rivera",
    "street": "1 Main St",
    "city": "Austin",
    "region": "TX",
    "country": "US",
    "post_code": "78701",
    "birth_date": "",
    "tin": "536-90-4399",
    "account": "",
}


@pytest.fixture
def admin(ada: Actor, client_for: Callable[[Actor], Any], transactional_db: None) -> Staff:
    """Ada, who sends the files."""
    return Staff(ada, client_for(ada))


@pytest.fixture
def operator(ada: Actor, transactional_db: None) -> Callable[..., None]:
    """Return a function that sets who the operator is."""

    def set_brand(country: str = "DE") -> None:
        number = "DE136695976" if country == "DE" else "12-3456789"
        said = {"name": "Jøbsphere GmbH", "colour": "#0b6e4f", "address": "Marktplatz 1\nBerlin"}
        with edge_transaction():
            invoices.set_brand(actor=ada, country=country, tax_number=number, **said)

    set_brand()
    return set_brand


@pytest.fixture
def year() -> int:
    """Return the year in which everything here happens."""
    return clock.now().year


@pytest.fixture
def worked(customer: Customer, contractor: Contractor, settle: Settle) -> Any:
    """A contract of $1000 in two milestones, the first of which ($400) is released: $280 after fees."""
    contract = hire(customer, contractor)
    work(contractor, customer, contract["milestones"][0])
    settle()
    return contract
