"""docs/operations.md "Prove the books": its commands run as they stand there, and prove books that have moved."""

import re
import shlex
from collections.abc import Callable
from datetime import timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

from jobsphere.kit import clock
from jobsphere.ledger import checks, selectors
from jobsphere.ledger.types import AccountKind
from tests.stories.people import GOOD_CARD, Contractor, Customer, dollars

PAGE = Path(__file__).resolve().parents[3] / "docs" / "operations.md"


def documented() -> list[list[str]]:
    """Return the commands of the page that are to be run."""
    blocks = re.findall(r"<!-- run -->\s*```sh\n(.*?)```", PAGE.read_text(), re.S)
    lines = [line.strip() for block in blocks for line in block.strip().splitlines()]
    return [shlex.split(line)[1:] for line in lines if line.startswith("manage.py ")]


@pytest.mark.django_db(transaction=True)
def test_the_commands_of_the_page_prove_the_books(sandbox, taxonomy: None, settle: Callable[[], None]) -> None:
    sandbox.set(fee_basis_points=290, fee_fixed=30)
    customer, contractor = Customer(), Contractor()
    proposal = contractor.proposes(customer.posts_job(), 1000)
    offer = customer.offers(proposal_id=proposal, amount=dollars(1000), payment_method=GOOD_CARD)
    contractor.accepts(offer)
    settle()
    clock.set_offset(timedelta(days=1, minutes=30))
    told = {}
    for command in documented():
        call_command(*command, stdout=(output := StringIO()))
        told[" ".join(command)] = output.getvalue()
    assert len(told) == 6
    assert "The books agree." in told["reconcile"]
    assert "The books are whole." in told["audit-books --seal"]
    last = selectors.last_statement()
    assert last is not None
    call_command("audit-books", "--expect", f"{last.day}={last.seal}", stdout=StringIO())
    lines = {line.kind: line.balance for line in selectors.trial_balance().lines}
    assert lines[AccountKind.GATEWAY].amount == sandbox.balance("USD") == 1000_00 - 29_30


def test_every_check_says_what_its_differences_mean_and_what_to_do() -> None:
    unexplained = checks.explanation("nobody.knows")
    assert [name for name in checks.registered() if not _explained(name, unexplained)] == []
    assert all(each.meaning.endswith(".") and each.cure.endswith(".") for each in checks.explanations().values())


def _explained(name: str, unexplained: checks.Explanation) -> bool:
    of_kinds = any(code.startswith(f"{name}.") for code in checks.explanations())
    return of_kinds or checks.explanation(name) != unexplained
