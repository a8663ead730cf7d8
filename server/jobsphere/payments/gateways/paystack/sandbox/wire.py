"""Paystack's wire format: JSON in and out, and its errors, which are told apart by their words."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Request:
    """One request, decoded; `params` are the query's or the body's."""

    method: str
    path: str
    params: Mapping[str, Any] = field(default_factory=dict)

    @property
    def line(self) -> str:
        """What faults are aimed at: "POST /refund"."""
        return f"{self.method} {self.path}"


class WireError(Exception):
    """An answer that says no. Nothing that the request did stays."""

    def __init__(self, message: str, *, status: int = 400, code: str = "", kind: str = "validation_error") -> None:
        self.status = status
        self.body = {
            "status": False,
            "message": message,
            "meta": {"nextStep": "Ensure that the value(s) you're passing are valid."},
            "type": kind,
            "code": code or "invalid_params",
        }
        super().__init__(message)


def not_found(called: str) -> WireError:
    """Make the error for what is not there; the live API answers 400 for some of them."""
    status = 400 if called == "Transaction reference" else 404
    return WireError(f"{called} not found", status=status, code=f"{called.split()[0].lower()}_not_found")


def required(params: Mapping[str, Any], name: str) -> Any:
    """Return a parameter that must be there."""
    value = params.get(name)
    if value in (None, ""):
        raise WireError(f"{name} is required")
    return value


def text(params: Mapping[str, Any], name: str) -> str:
    """Return a text that must be there."""
    value = required(params, name)
    if not isinstance(value, str):
        raise WireError(f"{name} must be a string")
    return value


def subunits(params: Mapping[str, Any], name: str = "amount") -> int:
    """Return a positive amount; Paystack takes a number and a text of one."""
    value = required(params, name)
    if isinstance(value, str) and value.isascii() and value.isdecimal():
        value = int(value)
    if type(value) is not int or value < 1:
        raise WireError(f"Invalid {name} passed", code="invalid_amount")
    return value
