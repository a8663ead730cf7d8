"""The contract with Stripe, derived from the installed SDK's own types; for tests and development only.

Every request that our adapter sends and every answer that the sandbox gives is held against the `TypedDict`s and the
resource classes that the SDK's services declare: an unknown or missing parameter, an unknown field or a wrong type is a
ContractViolation. A new SDK brings a new contract, with nothing here to maintain by hand.
"""

import ast
import importlib
import inspect
import json
import re
import sys
import types
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Any, ClassVar, ForwardRef, Literal, Protocol, Union, get_args, get_origin
from urllib.parse import urlsplit

import stripe
import typing_extensions
from stripe import ListObject, StripeObject
from stripe._object_classes import get_object_class
from stripe._request_options import RequestOptions
from stripe._stripe_object import UntypedStripeObject

from jobsphere.payments.gateways.sandbox.wire import decode

#: The services whose routes the contract covers; the SDK's own file names.
SERVICES = (
    "account",
    "account_link",
    "balance",
    "balance_transaction",
    "charge",
    "customer",
    "dispute",
    "event",
    "payment_intent",
    "payment_method",
    "payout",
    "refund",
    "setup_intent",
    "transfer",
    "transfer_reversal",
)


class ContractViolationError(AssertionError):
    """What was said over the wire is not what the SDK's types allow."""


class Answered(Protocol):
    """An HTTP answer."""

    @property
    def status(self) -> int: ...

    @property
    def body(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Operation:
    """One method of one of the SDK's services."""

    name: str
    method: str
    pattern: re.Pattern[str]
    #: Types, and the module in whose words they are written.
    params: Any
    answer: Any
    module: types.ModuleType


# --- What callers use


def check_exchange(method: str, url: str, body: str, reply: Answered) -> None:
    """Hold one request and its answer against the contract. Raises ContractViolationError."""
    operation = find_operation(method, url)
    sent = decode(body if method.lower() == "post" else urlsplit(url).query)
    problems = check_params(operation, sent)
    answer = json.loads(reply.body)
    if reply.status == 200:
        problems += check_answer(operation, answer)
    elif 400 <= reply.status < 600:
        problems += _check(answer.get("error"), stripe.ErrorObject, "error", _module_of(stripe.ErrorObject), _ERROR)
    if problems:
        raise ContractViolationError(f"{operation.name}: " + "; ".join(problems[:8]))


def check_params(operation: Operation, sent: Mapping[str, Any]) -> list[str]:
    """Return what is wrong with decoded form parameters."""
    return _check(dict(sent), operation.params, "", operation.module, _SENT)


def check_answer(operation: Operation, answer: object) -> list[str]:
    """Return what is wrong with an answer: it must also be complete."""
    return _check(answer, operation.answer, "", operation.module, _ANSWERED)


def check_object(body: Mapping[str, Any], *, complete: bool = True) -> list[str]:
    """Return what is wrong with one object, by what its `object` field says that it is."""
    kind = str(body.get("object"))
    resource = get_object_class("V1", kind)
    if resource is StripeObject:
        return [f"the SDK knows no object called {kind}"]
    return _check(body, resource, kind, _module_of(resource), _ANSWERED if complete else _PARTIAL)


def check_event(event: Mapping[str, Any]) -> list[str]:
    """Return what is wrong with an event and the object that it carries."""
    return check_object(event) + check_object(event["data"]["object"])


@cache
def operations() -> tuple[Operation, ...]:
    """Return every operation of the services, those with fewer placeholders in their path first."""
    found = [operation for name in SERVICES for operation in _operations_of(name)]
    return tuple(sorted(found, key=lambda operation: operation.pattern.pattern.count("[^/]+")))


def find_operation(method: str, url: str) -> Operation:
    """Return what a request asks for. Raises ContractViolationError when the SDK has no such call."""
    path = urlsplit(url).path
    for operation in operations():
        if operation.method == method.lower() and operation.pattern.fullmatch(path):
            return operation
    raise ContractViolationError(f"the SDK has no call for {method.upper()} {path}")


# --- Reading the SDK

_REQUEST = re.compile(r'_request\(\s*"(get|post|delete)",\s*"([^"]+)"')


def _operations_of(name: str) -> list[Operation]:
    module = importlib.import_module(f"stripe._{name}_service")
    service = getattr(module, "".join(part.title() for part in name.split("_")) + "Service")
    return [
        _operation(module, service.__name__, verb, function)
        for verb, function in inspect.getmembers(service, inspect.isfunction)
        if not verb.startswith("_") and not verb.endswith("_async")
    ]


def _operation(module: types.ModuleType, service: str, verb: str, function: Callable[..., Any]) -> Operation:
    """Read one method: its route from its source, its types from its annotations."""
    request = _REQUEST.search(inspect.getsource(function))
    assert request is not None, f"{service}.{verb} sends no request that we can read"
    method, path = request.groups()
    declared = function.__annotations__
    return Operation(
        name=f"{service}.{verb}",
        method=method,
        pattern=re.compile(re.sub(r"\{[^}]+\}", "[^/]+", path)),
        params=declared["params"],
        answer=declared["return"],
        module=module,
    )


class _Names(dict[str, Any]):
    """The names that annotations of a module may use: its own, and those that it imports for type checkers only."""

    def __init__(self, module: types.ModuleType) -> None:
        super().__init__(vars(module))
        self._late = _late_imports(module)

    def __missing__(self, name: str) -> Any:
        if name not in self._late:
            raise KeyError(name)
        origin, original = self._late[name]
        return getattr(importlib.import_module(origin), original)


@cache
def _late_imports(module: types.ModuleType) -> dict[str, tuple[str, str]]:
    """Return what stands under `if TYPE_CHECKING:` as {name here: (module, name there)}."""
    late: dict[str, tuple[str, str]] = {}
    for node in ast.walk(ast.parse(inspect.getsource(module))):
        if isinstance(node, ast.ImportFrom) and node.module:
            late |= {alias.asname or alias.name: (node.module, alias.name) for alias in node.names}
    return late


@cache
def _names(module: types.ModuleType) -> _Names:
    return _Names(module)


@cache
def _evaluated(text: str, module: types.ModuleType) -> Any:
    # The text is the SDK's own annotation.
    return eval(text, {"__builtins__": __builtins__}, _names(module))  # noqa: S307


def _module_of(cls: type) -> types.ModuleType:
    return sys.modules[cls.__module__]


@cache
def _fields(resource: type) -> dict[str, tuple[Any, types.ModuleType]]:
    """Return the annotated fields of a resource by their name on the wire."""
    fields: dict[str, tuple[Any, types.ModuleType]] = {}
    renamed = getattr(resource, "_field_remappings", {})
    for base in reversed(resource.__mro__):
        if base is StripeObject or not issubclass(base, StripeObject):
            continue
        for name, annotation in vars(base).get("__annotations__", {}).items():
            if get_origin(annotation) is not ClassVar and not name.startswith("_"):
                fields[renamed.get(name, name)] = (annotation, _module_of(base))
    return fields


@cache
def _parameters(params: Any) -> tuple[dict[str, Any], frozenset[str]]:
    """Return the parameters of a TypedDict that go over the wire, and those that must be there."""
    aside = RequestOptions.__annotations__.keys()
    annotations = {name: hint for name, hint in params.__annotations__.items() if name not in aside}
    return annotations, frozenset(params.__required_keys__ - aside)


# --- Comparing


@dataclass(frozen=True, slots=True)
class _Mode:
    """How strictly to compare. `form`: values are texts, as in a request. `complete`: no field may be left out."""

    form: bool = False
    complete: bool = False


_SENT = _Mode(form=True)
_ANSWERED = _Mode(complete=True)
_PARTIAL = _Mode()
_ERROR = _Mode()


def _check(value: Any, hint: Any, at: str, module: types.ModuleType, mode: _Mode) -> list[str]:
    """Compare a value with an annotation and return the problems, each with where it is."""
    if isinstance(hint, ForwardRef):
        hint = hint.__forward_arg__
    if isinstance(hint, str):
        return _check(value, _evaluated(hint, module), at, module, mode)
    if hint is Any:
        return []
    origin = get_origin(hint)
    if origin in (typing_extensions.NotRequired, typing_extensions.Required):
        return _check(value, get_args(hint)[0], at, module, mode)
    if origin in (Union, types.UnionType):
        return _check_union(value, get_args(hint), at, module, mode)
    if origin is Literal:
        return [] if value in get_args(hint) else [f"{at}: {value!r} is not one of {get_args(hint)}"]
    if origin is not None:
        return _check_container(value, origin, get_args(hint), at, module, mode)
    if isinstance(hint, type):
        return _check_plain(value, hint, at, mode)
    return [f"{at}: cannot judge {hint!r}"]


def _check_union(value: Any, arms: tuple[Any, ...], at: str, module: types.ModuleType, mode: _Mode) -> list[str]:
    """Accept what fits one arm; otherwise tell of the arm whose problem lies deepest: it looked the most alike."""
    attempts = [_check(value, arm, at, module, mode) for arm in arms]
    return max(attempts, key=lambda problems: len(problems[0].split(":")[0])) if all(attempts) else []


def _check_container(
    value: Any, origin: Any, inner: tuple[Any, ...], at: str, module: types.ModuleType, mode: _Mode
) -> list[str]:
    if origin is list:
        if not isinstance(value, list):
            return [f"{at}: {value!r} is not a list"]
        return _each(enumerate(value), inner[0], at, module, mode)
    if origin is dict or origin is UntypedStripeObject:
        if not isinstance(value, dict):
            return [f"{at}: {value!r} is not an object"]
        return _each(value.items(), inner[-1], at, module, mode)
    if origin is ListObject or origin.__name__ == "SearchResultObject":
        return _check_list_object(value, inner[0], at, module, mode)
    return [f"{at}: cannot judge {origin!r}"]


def _each(items: Any, hint: Any, at: str, module: types.ModuleType, mode: _Mode) -> list[str]:
    return [problem for name, value in items for problem in _check(value, hint, f"{at}[{name}]", module, mode)]


_ENVELOPE = {"object", "data", "has_more", "url", "next_page", "total_count"}


def _check_list_object(value: Any, hint: Any, at: str, module: types.ModuleType, mode: _Mode) -> list[str]:
    if not isinstance(value, dict) or value.get("object") not in ("list", "search_result"):
        return [f"{at}: not a list object"]
    problems = [f"{at}: unknown field {name}" for name in value.keys() - _ENVELOPE]
    problems += [f"{at}: no {name}" for name in ("data", "has_more", "url") if name not in value]
    return problems + _each(enumerate(value.get("data", ())), hint, f"{at}.data", module, mode)


def _check_plain(value: Any, hint: type, at: str, mode: _Mode) -> list[str]:
    if typing_extensions.is_typeddict(hint):
        return _check_params(value, hint, at, mode)
    if issubclass(hint, StripeObject):
        return _check_resource(value, hint, at, mode)
    fits = _fits_as_text if mode.form else _fits
    return [] if fits(value, hint) else [f"{at}: {value!r} is not {hint.__name__}"]


def _fits(value: Any, hint: type) -> bool:
    if hint is type(None):
        return value is None
    if hint is float:
        return isinstance(value, int | float) and not isinstance(value, bool)
    if hint is Decimal:
        return isinstance(value, str)
    return type(value) is hint


def _fits_as_text(value: Any, hint: type) -> bool:
    """Judge a form value by what it says."""
    if not isinstance(value, str):
        return False
    if hint is int:
        return value.removeprefix("-").isdecimal()
    if hint is bool:
        return value in ("true", "false")
    return hint is str


def _check_params(value: Any, hint: type, at: str, mode: _Mode) -> list[str]:
    if not isinstance(value, dict):
        return [f"{at}: {value!r} is not a set of parameters"]
    declared, required = _parameters(hint)
    problems = [f"{at}: unknown parameter {name}" for name in value.keys() - declared.keys()]
    problems += [f"{at}: missing parameter {name}" for name in required - value.keys()]
    for name in value.keys() & declared.keys():
        problems += _check(value[name], declared[name], f"{at}.{name}", _module_of(hint), mode)
    return problems


def _check_resource(value: Any, hint: type, at: str, mode: _Mode) -> list[str]:
    if not isinstance(value, dict):
        return [f"{at}: {value!r} is not a {hint.__name__}"]
    fields = _fields(hint)
    problems = [f"{at}: unknown field {name}" for name in value.keys() - fields.keys()]
    if mode.complete:
        problems += [f"{at}: no {name}" for name in fields.keys() - value.keys() if not _may_be_absent(fields[name])]
    for name in value.keys() & fields.keys():
        annotation, module = fields[name]
        problems += _check(value[name], annotation, f"{at}.{name}", module, mode)
    return problems


def _may_be_absent(field: tuple[Any, types.ModuleType]) -> bool:
    """The SDK writes Optional for what may be null and for what may be missing."""
    annotation, module = field
    if isinstance(annotation, ForwardRef):
        annotation = annotation.__forward_arg__
    if isinstance(annotation, str):
        annotation = _evaluated(annotation, module)
    return annotation is Any or type(None) in get_args(annotation)
