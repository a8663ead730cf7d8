"""The contract with Paystack: its own OpenAPI description, reduced to what concerns us (paystack_openapi/, MIT).

Every request that our adapter sends and every answer that the sandbox gives is held against it. Where the live API is
known to differ from its own description, that is written down here, and nowhere else.
"""

import json
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import httpx

DESCRIPTION = Path(__file__).parent / "paystack_openapi/paystack-reduced.json"

#: Not described, yet documented (paystack.com/docs/api): refunds of one payment, the address for a document, and
#: another code for a transfer (the full description has it; its answer carries no data).
_MORE_PARAMETERS = {("get", "/refund"): {"transaction"}}
_MORE_PATHS = {("get", "/dispute/{id}/upload_url"), ("post", "/transfer/resend_otp")}
#: Described as never null, and null until somebody has paid.
_NULL_UNTIL_PAID = {"paid_at", "paidAt", "fees"}
#: Described as complete, and empty until a card was tried.
_EMPTY_UNTIL_PAID = {"authorization"}
#: Currencies that came after the description.
_MORE_CURRENCIES = {"XOF"}


class ContractViolationError(AssertionError):
    """What was said over the wire is not what Paystack's description allows."""


def check_exchange(request: httpx.Request, reply: Any) -> None:
    """Hold one request and its answer against the description. Raises ContractViolationError."""
    path = request.url.path
    found = find_operation(request.method, path)
    if found is None:
        if not any(_fits(template, path) and verb == request.method.lower() for verb, template in _MORE_PATHS):
            raise ContractViolationError(f"there is no {request.method} {path}")
        return
    template, operation = found
    problems = _check_request(template, operation, request)
    if reply.status < 400:
        problems += check_answer(operation, reply.status, json.loads(reply.body), paused=path.endswith("authorization"))
    elif "json" in reply.headers.get("Content-Type", ""):
        # The other error schema has the words of `type` and `code` the wrong way round.
        schema = description()["components"]["schemas"]["TransactionInitializeBadRequestModel"]
        problems += check(json.loads(reply.body), schema, "error")
    if problems:
        raise ContractViolationError(f"{request.method} {template}: " + "; ".join(problems[:8]))


@cache
def description() -> dict[str, Any]:
    """Return the whole description."""
    found: dict[str, Any] = json.loads(DESCRIPTION.read_text())
    return found


def find_operation(method: str, path: str) -> tuple[str, dict[str, Any]] | None:
    """Return the template and the operation of a path; those without placeholders first."""
    for template in sorted(description()["paths"], key=lambda template: template.count("{")):
        operation = description()["paths"][template].get(method.lower())
        if operation is not None and _fits(template, path):
            return template, operation
    return None


def check_body(template: str, method: str, body: Any) -> list[str]:
    """Return what is wrong with a request's body."""
    return _check_body(description()["paths"][template][method], body)


def check_answer(operation: Mapping[str, Any], status: int, answer: Any, *, paused: bool = False) -> list[str]:
    """Return what is wrong with an answer: it must also be complete."""
    if paused and answer["data"].get("paused"):
        # The answer for a payer who must act is documented, and not described.
        missing = {"authorization_url", "reference", "access_code"} - answer["data"].keys()
        return [f"data: no {name}" for name in missing]
    declared = operation["responses"].get(str(status)) or operation["responses"].get("200")
    schema = _resolve(declared)["content"]["application/json"]["schema"]
    return check(answer, schema, "")


def check(value: Any, schema: Mapping[str, Any], at: str) -> list[str]:
    """Compare a value with a schema and return the problems, each with where it is."""
    schema = _resolve(schema)
    if value is None:
        known = schema.get("nullable") or "type" not in schema or at.rpartition(".")[2] in _NULL_UNTIL_PAID
        return [] if known else [f"{at}: null"]
    if value == {} and at.rpartition(".")[2] in _EMPTY_UNTIL_PAID:
        return []
    if "anyOf" in schema:
        attempts = [check(value, arm, at) for arm in schema["anyOf"]]
        return [] if not all(attempts) else attempts[0]
    if "allOf" in schema:
        return [problem for arm in schema["allOf"] for problem in check(value, arm, at)]
    if "enum" in schema and value not in schema["enum"] and value not in _MORE_CURRENCIES:
        return [f"{at}: {value!r} is not one of {schema['enum']}"]
    return _check_type(value, schema, at)


def _check_type(value: Any, schema: Mapping[str, Any], at: str) -> list[str]:
    kinds: dict[str, Any] = {
        "string": str,
        "boolean": bool,
        "integer": int,
        "number": int,
        "array": list,
        "object": dict,
    }
    kind = schema.get("type")
    if kind is None:
        return []
    # Yes and no are whole numbers in Python, and not in JSON.
    wrong = not isinstance(value, kinds[kind]) or (type(value) is bool and kind != "boolean")
    if wrong:
        return [f"{at}: {value!r} is not {kind}"]
    if kind == "array":
        inner = schema.get("items") or {}
        return [problem for number, item in enumerate(value) for problem in check(item, inner, f"{at}[{number}]")]
    problems: list[str] = []
    if kind == "object":
        declared = schema.get("properties") or {}
        problems = [f"{at}: no {name}" for name in schema.get("required", ()) if name not in value]
        for name in value.keys() & declared.keys():
            problems += check(value[name], declared[name], f"{at}.{name}")
    return problems


def _check_request(template: str, operation: Mapping[str, Any], request: httpx.Request) -> list[str]:
    declared = {
        parameter["name"]: parameter
        for parameter in map(_resolve, operation.get("parameters", ()))
        if parameter["in"] == "query"
    }
    more = _MORE_PARAMETERS.get((request.method.lower(), template), set())
    sent = dict(request.url.params)
    problems = [f"unknown parameter {name}" for name in sent.keys() - declared.keys() - more]
    for name in sent.keys() & declared.keys():
        schema = _resolve(declared[name].get("schema") or {})
        # Account numbers are described as whole numbers, and begin with zeros.
        if schema.get("type") == "integer" and not sent[name].isdecimal() and name != "bank_code":
            problems.append(f"{name}: {sent[name]!r} is not an integer")
        if "enum" in schema and sent[name] not in schema["enum"]:
            problems.append(f"{name}: {sent[name]!r} is not one of {schema['enum']}")
    if request.method in ("POST", "PUT"):
        problems += _check_body(operation, json.loads(request.content))
    return problems


def _check_body(operation: Mapping[str, Any], body: Any) -> list[str]:
    schema = _resolve(operation["requestBody"]["content"]["application/json"]["schema"])
    known = _properties(schema)
    return [f"unknown field {name}" for name in body.keys() - known] + check(body, schema, "body")


def _properties(schema: Mapping[str, Any]) -> set[str]:
    schema = _resolve(schema)
    arms = [name for arm in schema.get("allOf", ()) for name in _properties(arm)]
    return {*schema.get("properties", {}), *arms}


def _resolve(node: Mapping[str, Any]) -> Mapping[str, Any]:
    while "$ref" in node:
        _, _, kind, name = node["$ref"].split("/")
        node = description()["components"][kind][name]
    return node


def _fits(template: str, path: str) -> bool:
    return re.fullmatch(re.sub(r"\{\w+\}", "[^/]+", template), path) is not None
