"""Schemathesis over the document that we serve: requests that fit it and requests that do not, as each kind of person.

What is asked about is real: half of the ids, in addresses, queries and bodies, are those of things that two people have
made by doing business. After each operation the database is as before, so every one meets the same world.
"""

import itertools
import traceback
import warnings
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from random import Random
from typing import Any
from uuid import UUID

import schemathesis
from django.core.signals import got_request_exception, request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections, transaction
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis.errors import NonInteractiveExampleWarning, Unsatisfiable
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.core.failures import FailureGroup
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from tests.openapi.test_strangers import PLACES

#: What every answer must be, whatever was sent.
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
#: A file has the type of its content, which no document can know.
OF_ITS_CONTENT = {("GET /api/files/{filename}", content_type_conformance)}
#: What no field wants, and what careless code stumbles over.
NASTY: list[Any] = [
    None,
    [],
    {},
    True,
    -1,
    1e308,
    10**30,
    "",
    "\x00",
    "\U0001f600" * 5000,
    "' OR 1=1 --",
    [[[]]],
    {"a": None},
]
#: Parameters that name one of a few things.
NAMED = {"name": "sandbox", "target_type": "job", "provider": "google", "month": "2026-11", "year": 2026}


@dataclass
class Tally:
    """What was asked and what was found wrong."""

    asked: Counter[str] = field(default_factory=Counter)
    statuses: Counter[int] = field(default_factory=Counter)
    wrong: dict[str, str] = field(default_factory=dict)
    #: Requests that the generator could not make, by operation: none may stay unasked for it.
    unmade: Counter[str] = field(default_factory=Counter)


@dataclass
class Fuzzer:
    """Plays every operation of the document against the application, in this process."""

    #: Access tokens by kind of person; an empty one for nobody.
    people: dict[str, str]
    #: One real id of each kind of thing (tests/openapi/strangers.py).
    real: dict[str, str]
    examples: int
    number: int
    tally: Tally = field(default_factory=Tally)

    def __post_init__(self) -> None:
        """Read the document as clients do."""
        self.random = Random(self.number)
        self.schema = schemathesis.openapi.from_wsgi("/api/schema/?format=json", get_wsgi_application())
        self.uuids = sorted(value for value in self.real.values() if is_uuid(value))
        self.faults: list[str] = []

    def operations(self) -> list[Any]:
        """Return every operation; a part of the document that cannot be read fails here."""
        found: list[Any] = list(self.schema.get_all_operations())
        return [each.ok() for each in found]

    def play(self, operation: Any) -> None:
        """Ask one operation as everybody, with what fits and what does not."""
        got_request_exception.connect(self._note_fault)
        # They close the connection, and with it the transaction that takes everything back.
        request_started.disconnect(close_old_connections)
        request_finished.disconnect(close_old_connections)
        try:
            for case in self.everything(operation):
                for who, token in self.people.items():
                    self.ask(operation, case, who, token)
        finally:
            request_started.connect(close_old_connections)
            request_finished.connect(close_old_connections)
            got_request_exception.disconnect(self._note_fault)

    def everything(self, operation: Any) -> Iterator[Any]:
        """Return all requests to an operation. What does not fit is made by schemathesis where there is time for it."""
        for case in self.cases(operation, GenerationMode.POSITIVE):
            yield case
            if self.examples == 1 and isinstance(case.body, dict) and case.body:
                case.body = self.spoiled(case.body)
                yield case
        if self.examples > 1:
            yield from self.cases(operation, GenerationMode.NEGATIVE)

    def spoiled(self, body: dict[str, Any]) -> dict[str, Any]:
        """Return the body with something in it that cannot be right."""
        name = self.random.choice(sorted(body))
        if isinstance(body[name], dict) and body[name] and self.random.random() < 0.5:
            return {**body, name: self.spoiled(body[name])}
        return {**body, name: self.random.choice(NASTY)}

    def cases(self, operation: Any, mode: GenerationMode) -> Iterator[Any]:
        """Return so many requests; half of them about things that exist."""
        made: list[Any] = []

        @seed(self.number)
        @settings(
            max_examples=self.examples,
            database=None,
            deadline=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        @given(case=operation.as_strategy(generation_mode=mode))
        def collect(case: Any) -> None:
            made.append(case)

        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore", NonInteractiveExampleWarning)
                collect()
        except Unsatisfiable:
            self.tally.unmade[operation.label] += 1  # nothing in it can be wrong
        for number, case in enumerate(made):
            if number % 2 == 0 or mode is GenerationMode.NEGATIVE:
                self.make_real(operation, case)
            yield case

    def make_real(self, operation: Any, case: Any) -> None:
        """Let the request name what exists."""
        if case.path_parameters:
            case.path_parameters = {
                name: self.id_in_address(operation.path, name, value) for name, value in case.path_parameters.items()
            }
        if isinstance(case.body, dict):
            case.body = self.with_real_ids(case.body)
        if case.query:
            case.query = self.with_real_ids(dict(case.query))

    def id_in_address(self, path: str, name: str, value: Any) -> Any:
        """Return the real thing that an address of this kind names."""
        if name in NAMED:
            return NAMED[name]
        short = path.removeprefix("/api/")
        places = next((names for beginning, names in PLACES if short.startswith(beginning)), {})
        return self.real.get(places.get(name, name.removesuffix("_id")), value)

    def with_real_ids(self, value: Any, name: str = "") -> Any:
        """Return the same with most of its ids replaced by real ones, of the kind that the field names or of any."""
        if isinstance(value, dict):
            return {key: self.with_real_ids(each, key) for key, each in value.items()}
        if isinstance(value, list):
            return [self.with_real_ids(each, name) for each in value]
        if not (isinstance(value, str) and is_uuid(value)) or self.random.random() < 0.2:
            return value
        kind = name.removesuffix("s").removesuffix("_id")
        return self.real.get(kind) or self.random.choice(self.uuids)

    def ask(self, operation: Any, case: Any, who: str, token: str) -> None:
        """Send it, look at the answer, and take back what it did."""
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        self.faults.clear()
        block = transaction.atomic()
        block._from_testcase = True  # type: ignore[attr-defined]  # as TestCase does: the edge's own may lie within
        with block:
            answer = case.call(headers=headers)
            transaction.set_rollback(True)
        self.tally.asked[operation.label] += 1
        self.tally.statuses[answer.status_code] += 1
        try:
            checks = [each for each in CHECKS if (operation.label, each) not in OF_ITS_CONTENT]
            case.validate_response(answer, checks=checks, headers=headers)
        except FailureGroup as found:
            for failure in found.exceptions:
                key = f"{operation.label}: {failure.title}: {answer.status_code}"
                told = itertools.chain([f"as {who}", str(failure)[:1500]], self.faults, [case.as_curl_command()[:1500]])
                self.tally.wrong.setdefault(key, "\n".join(told))

    def _note_fault(self, sender: Any, **_: Any) -> None:
        self.faults.append("".join(traceback.format_exc().splitlines(keepends=True)[-12:]))


def is_uuid(value: str) -> bool:
    """Say whether a text is an id of ours."""
    try:
        return str(UUID(value)) == value
    except ValueError:
        return False
