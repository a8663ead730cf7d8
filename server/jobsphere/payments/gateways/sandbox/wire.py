"""Stripe's wire format: form-encoded parameters in, JSON and errors out."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl

Params = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Request:
    """One request, decoded. `account` is whose behalf it is on; `public` when only the browser's key was shown."""

    method: str
    path: str
    params: Params
    key: str = ""
    account: str = ""
    public: bool = False

    @property
    def line(self) -> str:
        """What faults are aimed at: "POST /v1/payment_intents/pi_1/capture"."""
        return f"{self.method} {self.path}"


@dataclass(frozen=True, slots=True)
class Reply:
    """One answer."""

    status: int
    body: str
    headers: Mapping[str, str] = field(default_factory=dict)


class ConnectionCutError(Exception):
    """The client gets no answer. `reason` is for its error message."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(reason)


class WireError(Exception):
    """An error in Stripe's shape. `stored`: execution had begun, so the answer is kept under the idempotency key.

    `kept`: what the request changed stays (a declined card leaves a payment behind).
    """

    def __init__(
        self,
        message: str,
        *,
        status: int = 400,
        kind: str = "invalid_request_error",
        code: str = "",
        stored: bool = True,
        kept: bool = False,
        **more: Any,
    ) -> None:
        self.status = status
        self.stored = stored
        self.kept = kept
        self.error = {"type": kind, "message": message} | ({"code": code} if code else {}) | more
        super().__init__(message)


def missing(kind: str, object_id: str, param: str = "id") -> WireError:
    """Make the error for an object that does not exist, or not for this account."""
    return WireError(f"No such {kind}: '{object_id}'", status=404, code="resource_missing", param=param)


def not_ours(account_id: str) -> WireError:
    """Make the error for an account that does not exist or is not connected to us: Stripe does not tell which."""
    message = f"The provided key does not have access to account '{account_id}' (or that account does not exist)."
    return WireError(message, status=403, code="account_invalid", stored=False)


def invalid(message: str, param: str, code: str = "") -> WireError:
    """Make the error for a parameter; execution never began."""
    return WireError(message, code=code, param=param, stored=False)


def decode(text: str) -> Params:
    """Read form encoding with brackets into nested dictionaries and lists: a[b]=1&c[0]=x."""
    result: Params = {}
    for name, value in parse_qsl(text, keep_blank_values=True):
        first, *rest = name.replace("]", "").split("[")
        _place(result, [first, *rest], value)
    return {name: _lists(value) for name, value in result.items()}


def _place(target: Params, path: list[str], value: str) -> None:
    for part in path[:-1]:
        inner = target.setdefault(part or str(len(target)), {})
        if not isinstance(inner, dict):
            raise invalid(f"Invalid parameter: {path[0]}", path[0])
        target = inner
    target[path[-1] or str(len(target))] = value


def _lists(value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    decoded = {name: _lists(inner) for name, inner in value.items()}
    if decoded and all(name.isdecimal() for name in decoded):
        return [decoded[name] for name in sorted(decoded, key=int)]
    return decoded


def required(params: Params, name: str) -> Any:
    """Return a parameter that must be there."""
    if params.get(name) in (None, ""):
        raise invalid(f"Missing required param: {name}.", name, "parameter_missing")
    return params[name]


def whole(params: Params, name: str, default: int | None = None) -> int:
    """Return a positive whole number."""
    if name not in params and default is not None:
        return default
    text = str(required(params, name))
    if not text.isascii() or not text.removeprefix("-").isdecimal():
        raise invalid(f"Invalid integer: {text}", name, "parameter_invalid_integer")
    if int(text) < 1:
        raise invalid("This value must be greater than or equal to 1.", name, "parameter_invalid_integer")
    return int(text)


def truth(params: Params, name: str) -> bool:
    """Return a boolean; absent is false."""
    text = params.get(name, "false")
    if text not in ("true", "false"):
        raise invalid(f"Invalid boolean: {text}", name)
    return bool(text == "true")


def choice(params: Params, name: str, options: tuple[str, ...]) -> str:
    """Return one of the options; the first when absent."""
    value = params.get(name, options[0])
    if value not in options:
        raise invalid(f"Invalid {name}: must be one of {', '.join(options)}", name)
    return str(value)


def metadata_of(params: Params) -> dict[str, str]:
    """Return the metadata within Stripe's limits: 50 keys of 40 characters, values of 500."""
    metadata = params.get("metadata") or {}
    if not isinstance(metadata, dict) or len(metadata) > 50:
        raise invalid("Metadata can have up to 50 keys", "metadata")
    for name, value in metadata.items():
        if len(name) > 40 or not isinstance(value, str) or len(value) > 500:
            raise invalid(f"Metadata {name!r} is too long", "metadata")
    return {name: value for name, value in metadata.items() if value != ""}
