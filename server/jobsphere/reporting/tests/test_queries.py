"""The pages of the tax authorities cost the same however many contractors earned."""

from collections.abc import Callable
from typing import Any

from jobsphere.invoices.tests.conftest import Settle, hire, work
from tests.money.deals import Staff
from tests.stories.people import Contractor, Customer

#: Signing in is one query, the right of staff another; the year is put together from the ledger by the set.
OVERVIEW, MINE, MY_YEAR = 12, 2, 8


def test_the_overview_does_not_grow_with_contractors(
    admin: Staff, operator: Callable[..., None], worked: Any, year: int, settle: Settle, django_assert_num_queries: Any
) -> None:
    for sellers in (1, 2):
        with django_assert_num_queries(OVERVIEW):
            found = admin.get(f"admin/seller-reports/?year={year}")
        assert len(found["sellers"]) == sellers
        another = Customer("Cora Customer"), Contractor("Sam Contractor")
        contract = hire(*another)
        work(another[1], another[0], contract["milestones"][0])
        settle()


def test_what_a_contractor_reads_of_themselves_is_counted(
    contractor: Contractor, operator: Callable[..., None], worked: Any, year: int, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(MINE):
        contractor.get("seller-details/")
    with django_assert_num_queries(MY_YEAR):
        contractor.get(f"seller-details/years/{year}/")
