"""Every operation of the document, as everybody, with requests that fit and that do not: no fault, no broken promise.

A plain run asks once with what fits and once with that same request spoiled. `make fuzz` lets schemathesis make both,
more of them, and with other numbers: FUZZ_EXAMPLES of each kind an operation, FUZZ_SEED.
"""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from jobsphere.kit.actor import Actor
from jobsphere.users.models import Passkey
from jobsphere.users.services import open_session
from tests.openapi.fuzzing import Fuzzer
from tests.openapi.strangers import belongings
from tests.stories.people import Contractor, Customer

#: Of each kind (fits, does not fit) an operation, each sent by everybody.
EXAMPLES = int(os.environ.get("FUZZ_EXAMPLES", "1"))
SEED = int(os.environ.get("FUZZ_SEED", "20261121"))
#: Parts of the document that are played side by side. What they ask about, and the generators' own start, cost more
#: than asking everything once, so a plain run has one.
PARTS = 1 if EXAMPLES == 1 else 4

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.sqlite_only,
    pytest.mark.timeout(600 + EXAMPLES * 300),
]


@pytest.fixture
def fuzzer(
    settings: Any, tmp_path: Path, sandbox: Any, taxonomy: None, settle: Callable[[], None], ada: Actor
) -> Fuzzer:
    default = {"BACKEND": "jobsphere.files.stores.local.LocalStore", "OPTIONS": {"location": str(tmp_path)}}
    settings.STORAGES = {**settings.STORAGES, "default": default}
    settings.THROTTLE_RATES = dict.fromkeys(settings.THROTTLE_RATES, "1000000/min")
    customer, contractor = Customer(), Contractor()
    real = belongings(customer, contractor, settle)
    # No browser has made that one, so nobody can be asked for it.
    Passkey.objects.all().delete()
    people = {"nobody": "", "ada": open_session(user_id=ada.known_id()).access_token}
    for who in (customer, contractor):
        client: Any = who.client
        people[who.name] = client._credentials["HTTP_AUTHORIZATION"].removeprefix("Bearer ")
    return Fuzzer(people=people, real=real, examples=EXAMPLES, number=SEED)


@pytest.mark.parametrize("part", range(PARTS))
def test_no_request_meets_a_fault_or_an_answer_that_the_document_does_not_know(fuzzer: Fuzzer, part: int) -> None:
    operations = fuzzer.operations()
    assert len(operations) > 300
    ours = operations[part::PARTS]
    for operation in ours:
        fuzzer.play(operation)
    tally = fuzzer.tally
    print(f"\n{sum(tally.asked.values())} requests to {len(tally.asked)} operations: {dict(tally.statuses)}")
    assert tally.wrong == {}, "\n\n".join(f"--- {key}\n{told}" for key, told in sorted(tally.wrong.items()))
    assert {each.label for each in ours if tally.asked[each.label] < len(fuzzer.people)} == set(), "nobody asked these"
