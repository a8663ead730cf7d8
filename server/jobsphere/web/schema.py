"""The OpenAPI document: pages, problems and bearer tokens described once (DESIGN §6)."""

from enum import StrEnum
from functools import cache
from typing import Any

from drf_spectacular.openapi import AutoSchema
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse
from rest_framework import serializers

from jobsphere.kit.actor import CONTRACTOR, CUSTOMER
from jobsphere.kit.errors import error_classes
from jobsphere.web.access import policy_of

#: Ready-made parameter for `@extend_schema(parameters=[IDEMPOTENCY_KEY])` on verbs that move money.
IDEMPOTENCY_KEY = OpenApiParameter(
    "Idempotency-Key",
    str,
    OpenApiParameter.HEADER,
    required=True,
    description="A fresh random text for each intention; send the same one when you retry.",
)
CURSOR = OpenApiParameter("cursor", str, description="Opaque; follow `next` and `previous`.")
PAGE_SIZE = OpenApiParameter("page_size", int, description="1 to 100, default 20.")
#: Parameters of every list.
PAGING = [CURSOR, PAGE_SIZE]


def problem_answer(status: int, description: str) -> dict[tuple[int, str], OpenApiResponse]:
    """Return the entry of a refusal that only this operation has, to add to its `responses`."""
    schema = {"$ref": "#/components/schemas/Problem"}
    return {(status, "application/problem+json"): OpenApiResponse(schema, description=description)}


@cache
def page_of(serializer: type[serializers.BaseSerializer[Any]]) -> type[serializers.Serializer[Any]]:
    """Return the serializer of a page of such rows, for `@extend_schema(responses=page_of(JobSerializer))`."""
    name = serializer.__name__.removesuffix("Serializer")
    return type(
        f"{name}PageSerializer",
        (serializers.Serializer,),
        {
            "__doc__": f"A page of {name} rows.",
            "is_page": True,
            "next": serializers.URLField(allow_null=True),
            "previous": serializers.URLField(allow_null=True),
            "results": serializer(many=True),
        },
    )


def enum_names() -> dict[str, list[str]]:
    """Return how the document names each set of choices: after our StrEnum that has these values, in this order."""
    names: dict[tuple[str, ...], str] = {(CUSTOMER, CONTRACTOR): "OpenRole"}
    ours = [each for each in StrEnum.__subclasses__() if each.__module__.startswith("jobsphere.")]
    for each in sorted(ours, key=lambda enum: (enum.__module__, enum.__name__)):
        names.setdefault(tuple(each), each.__name__)
    return {f"{name}Enum": list(values) for values, name in names.items()}


class JobSphereSchema(AutoSchema):
    """Names operations by route and method, and tags them by app."""

    def get_tags(self) -> list[str]:
        return [self.view.__module__.split(".")[1]] if self.view.__module__.startswith("jobsphere.") else ["system"]

    def get_operation_id(self) -> str:
        """Name a GET that answers a page "…_list", so that it is never mistaken for the one of a single thing."""
        name: str = super().get_operation_id()
        answer: Any = self.get_response_serializers()
        is_list = isinstance(answer, serializers.ListSerializer) or getattr(answer, "is_page", False)
        if not (is_list and name.endswith("_retrieve")):
            return name
        last = self.path.rstrip("/").rsplit("/", 1)[-1]
        within = f"_in_{last[1:-1].removesuffix('_id')}" if last.startswith("{") else ""
        return f"{name.removesuffix('_retrieve')}{within}_list"

    def get_auth(self) -> list[dict[str, Any]]:
        access = policy_of(self.view, self.method)
        return [] if access is None or not access.signed_in else [{"bearer": []}]

    def get_description(self) -> str:  # type: ignore[override]
        access = policy_of(self.view, self.method)
        text = super().get_description()
        return f"{text}\n\nAccess: {access.describe()}." if access else text


def add_problems(result: dict[str, Any], generator: Any, request: Any, public: bool) -> dict[str, Any]:
    """Add the problem document to the answers that each operation may give."""
    components = result.setdefault("components", {})
    components.setdefault("schemas", {})["Problem"] = _problem_schema()
    components.setdefault("securitySchemes", {})["bearer"] = {
        "type": "http",
        "scheme": "bearer",
        "bearerFormat": "JWT",
    }
    answers = components.setdefault("responses", {})
    titles = {
        "400": "The input is wrong; `errors` names the fields",
        "401": "Sign in",
        "403": "A right is lacking",
        "404": "Not there, or not for you",
        "409": "Not in this status; `allowed_actions` says what is",
        "429": "Too many requests; see Retry-After",
    }
    for status, title in titles.items():
        answers[f"Problem{status}"] = {
            "description": title,
            "content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}},
        }
    for route, item in result.get("paths", {}).items():
        for method, operation in item.items():
            for status in _problem_statuses(route, method, operation):
                operation["responses"].setdefault(status, {"$ref": f"#/components/responses/Problem{status}"})
    return result


def _problem_statuses(route: str, method: str, operation: dict[str, Any]) -> list[str]:
    statuses = ["429"]
    if operation.get("security"):
        statuses += ["401", "403"]
    # In its body; it may be gone, or a stranger's. What is deleted may be gone as well.
    names_something = method == "delete" or (method != "get" and "/auth/" not in route)
    if "{" in route or names_something:
        statuses.append("404")
    if method != "get":
        statuses += ["400", "409"]
    elif operation.get("parameters"):
        statuses.append("400")
    return statuses


def _problem_schema() -> dict[str, Any]:
    text = {"type": "string"}
    field_error = {
        "type": "object",
        "required": ["pointer", "code", "detail"],
        "properties": {"pointer": text, "code": text, "detail": text},
    }
    return {
        "type": "object",
        "description": "RFC 9457 problem details.",
        "required": ["type", "title", "status", "detail", "code", "request_id"],
        "properties": {
            "type": {"type": "string", "format": "uri-reference"},
            "title": text,
            "status": {"type": "integer"},
            "detail": text,
            "code": {"type": "string", "enum": sorted({each.code for each in error_classes()})},
            "request_id": text,
            "errors": {"type": "array", "items": field_error},
            "current_status": text,
            "allowed_actions": {"type": "array", "items": text},
        },
    }
