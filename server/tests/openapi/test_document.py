"""The OpenAPI document is sound, whole, and says what the server does (DESIGN §6)."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.core.management import call_command
from rest_framework.test import APIClient

from jobsphere.kit.ids import uuid7
from tests.openapi.seeds import AREAS, DESIGN, SEEDS
from tests.openapi.walking import api_routes


@pytest.fixture(scope="module")
def document(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """The document as `make schema` writes it: any warning or error of the generator fails here."""
    file = Path(tmp_path_factory.mktemp("openapi")) / "openapi.yaml"
    call_command("spectacular", validate=True, fail_on_warn=True, file=str(file))
    return yaml.safe_load(file.read_text(encoding="utf-8"))


def plain(path: str) -> str:
    """Return a path without the names of its parameters; a slash at its end says nothing, both spellings answer."""
    return re.sub(r"\{\w*\}", "{}", path).rstrip("/")


def operations(document: Any) -> dict[tuple[str, str], Any]:
    return {
        (method, plain(path)): operation
        for path, item in document["paths"].items()
        for method, operation in item.items()
        if method in ("get", "post", "put", "patch", "delete")
    }


def test_the_document_is_openapi_3_1_without_a_warning(document):
    assert document["openapi"].startswith("3.1")
    assert len(document["paths"]) > 100


@pytest.mark.parametrize(("method", "path"), [*SEEDS, *DESIGN], ids=str)
def test_every_path_of_the_seeds_and_of_the_design_stands_in_it(document, method, path):
    assert (method, plain(path)) in operations(document)


@pytest.mark.parametrize(("method", "path"), SEEDS, ids=str)
@pytest.mark.django_db
def test_every_path_of_the_seeds_answers_as_it_is_written_there_and_with_the_other_slash(method, path):
    written = path.replace("{}", "nothing.png" if "files" in path else str(uuid7()))
    for address in (written, written.rstrip("/"), written.rstrip("/") + "/"):
        status = getattr(APIClient(), method)(address).status_code
        # A visitor sees it, or hears: sign in (401), the old name has moved (308), the body is wrong (400).
        allowed = {308} if (method, path) in AREAS else {200, 400, 401} if "{}" not in path else {200, 401, 404}
        assert status in allowed, f"{method} {address}: {status}"


def test_the_document_has_every_route_and_no_other(document):
    served = {
        (method, plain("/" + re.sub(r"<(?:\w+:)?\w+>", "{}", route.pattern)))
        for route in api_routes()
        for method in route.methods
    }
    old = {(method, plain(path)) for method in ("get", "post") for _, path in AREAS}
    assert set(operations(document)) == served | old


def test_the_document_says_where_to_sign_in(document):
    described = operations(document)
    for route in api_routes():
        for method in route.methods:
            key = (method, plain("/" + re.sub(r"<(?:\w+:)?\w+>", "{}", route.pattern)))
            policy = route.policy(method)
            assert policy is not None
            assert bool(described[key].get("security")) == policy.signed_in, key


def test_every_operation_says_what_it_does_and_what_can_go_wrong(document):
    for key, operation in operations(document).items():
        if operation.get("deprecated"):
            continue
        assert operation["description"].strip(), key
        assert operation["tags"], key
        assert any(status.startswith("2") for status in operation["responses"]), key
        assert "429" in operation["responses"], key


def test_operations_have_names_of_their_own(document):
    names = [operation["operationId"] for operation in operations(document).values()]
    assert len(names) == len(set(names))
    assert [name for name in names if re.search(r"_\d+$", name)] == []


def test_no_choice_is_named_by_accident(document):
    schemas = document["components"]["schemas"]
    assert [name for name in schemas if re.search(r"[0-9a-f]{3}Enum$", name) and re.search(r"\d", name)] == []
