"""Errors of the domain. One class is the exception, the HTTP answer, the OpenAPI entry and the docs row (DESIGN §6)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar


@dataclass(frozen=True, slots=True)
class FieldError:
    """One thing wrong with the input: where (JSON pointer), a stable code, and a sentence."""

    pointer: str
    code: str
    detail: str

    def to_json(self) -> dict[str, str]:
        return {"pointer": self.pointer, "code": self.code, "detail": self.detail}


class DomainError(Exception):
    """Something a person asked for cannot be done; says why and what to do next."""

    code: ClassVar[str] = "error"
    status: ClassVar[int] = 400
    title: ClassVar[str] = "The request could not be carried out"

    def __init__(self, detail: str = "", **fields: Any) -> None:
        self.detail = detail or self.title
        self.fields = fields
        super().__init__(self.detail)


class NotFound(DomainError):
    """It does not exist, or not for you: the two are never told apart."""

    code = "not-found"
    status = 404
    title = "Not found"


class Forbidden(DomainError):
    """You are known and may see it, but this is not yours to do."""

    code = "forbidden"
    status = 403
    title = "You may not do this"


class SignInRequired(DomainError):
    """No valid credentials came with the request."""

    code = "sign-in-required"
    status = 401
    title = "Please sign in"


class Conflict(DomainError):
    """The request is well formed but does not fit the present state."""

    code = "conflict"
    status = 409
    title = "This does not fit the present state"


class WrongStatus(Conflict):
    """The object has a status in which this action does not exist."""

    code = "wrong-status"
    title = "Not possible in the present status"

    def __init__(self, action: str, current_status: str, allowed_actions: Iterable[str] = ()) -> None:
        super().__init__(
            f"'{action}' is not possible while the status is '{current_status}'. Reload to see what is.",
            current_status=str(current_status),
            allowed_actions=sorted(allowed_actions),
        )


class InvalidInput(DomainError):
    """Fields of the input are wrong; `errors` names each of them and the remedy."""

    code = "invalid-input"
    status = 400
    title = "Please correct the marked fields"

    def __init__(self, errors: Sequence[FieldError], detail: str = "") -> None:
        self.errors = tuple(errors)
        super().__init__(detail or "; ".join(error.detail for error in self.errors))

    @classmethod
    def at(cls, pointer: str, code: str, detail: str) -> "InvalidInput":
        """Build the common case: one wrong field."""
        return cls([FieldError(pointer, code, detail)])


class Unavailable(DomainError):
    """Something we depend on does not answer; nothing was lost, try again."""

    code = "unavailable"
    status = 503
    title = "Temporarily unavailable"


def error_classes(root: type[DomainError] = DomainError) -> list[type[DomainError]]:
    """Return every domain error that is loaded, for the OpenAPI document and the docs."""
    found: list[type[DomainError]] = []
    for child in root.__subclasses__():
        found += [child, *error_classes(child)]
    return sorted(set(found), key=lambda each: (each.code, each.__name__))
