"""The base of every view: a policy, an actor, and one way to run a command."""

from collections.abc import Callable
from typing import Any, ClassVar, TypeVar

import orjson
from django.db.models import QuerySet
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import BaseSerializer
from rest_framework.views import APIView

from jobsphere.db.transactions import edge_transaction
from jobsphere.kit.actor import Actor
from jobsphere.watch import tracing
from jobsphere.web import idempotency
from jobsphere.web.access import Access, actor_of
from jobsphere.web.json import dumps

Result = TypeVar("Result")


class ApiView(APIView):
    """A DRF view that denies by default and opens the transaction of its commands itself."""

    access: ClassVar[Access]
    #: Another policy for methods that may change something; by default the same.
    write_access: ClassVar[Access | None] = None
    #: The rate that applies (settings.THROTTLE_RATES); by default by HTTP method.
    throttle_action: ClassVar[str | None] = None
    #: Another rate for methods that may change something; by default the same.
    write_throttle_action: ClassVar[str | None] = None
    request: Request

    @property
    def actor(self) -> Actor:
        """Return who sent the request."""
        return actor_of(self.request)

    def validated(self, serializer: type[BaseSerializer[Any]], *, partial: bool = False) -> dict[str, Any]:
        """Return the body as the serializer understands it, or raise a problem that names the fields."""
        checked = serializer(data=self.request.data, partial=partial, context={"view": self})
        checked.is_valid(raise_exception=True)
        return dict(checked.validated_data)

    def queried(self, serializer: type[BaseSerializer[Any]]) -> dict[str, Any]:
        """Return the query parameters as the serializer understands them."""
        parameters = self.request.query_params
        data = {name: values[0] if len(values) == 1 else values for name, values in parameters.lists()}
        checked = serializer(data=data, context={"view": self})
        checked.is_valid(raise_exception=True)
        return dict(checked.validated_data)

    def paginated(
        self, rows: "QuerySet[Any]", serializer: type[BaseSerializer[Any]], *, key: str = "pk", **context: Any
    ) -> Response:
        """Answer one page of the rows, newest first by their time-ordered id (or another `key` of that kind)."""
        from jobsphere.web.pagination import KeysetPagination

        paginator = KeysetPagination()
        paginator.key = key
        page = paginator.paginate_queryset(rows, self.request, view=self)
        data = serializer(page, many=True, context={"view": self, "actor": self.actor, **context}).data
        return paginator.get_paginated_response(data)

    def command(
        self,
        verb: Callable[[], Result],
        *,
        render: Callable[[Result], Any] = lambda result: None,
        status: int = 200,
        money: bool = False,
        pending: Callable[[Any], bool] = lambda body: False,
    ) -> Response:
        """Run a verb in the edge's one transaction and answer with what it made.

        `money`: an Idempotency-Key is required, and after the commit (when the first attempt at the gateway has
        run) the result is rendered again, so a person sees the outcome in the same answer. `pending(body)` says
        that the outcome is not known yet: the answer is then 202.
        """
        claimed = self._fingerprint(required=money)
        with edge_transaction():
            stored = idempotency.claim(claimed) if claimed else None
            if stored:
                return Response(stored.body, status=stored.status, headers={"Idempotent-Replayed": "true"})
            with tracing.span(f"verb {type(self).__name__}"):
                result = verb()
            body = _plain(render(result))
            code = 202 if pending(body) else status
            if claimed:
                idempotency.store(claimed, code, body)
        if claimed and money:
            body = _plain(render(result))
            code = 202 if pending(body) else status
            with edge_transaction():
                idempotency.store(claimed, code, body)
        return Response(body, status=code)

    def _fingerprint(self, *, required: bool) -> idempotency.Fingerprint | None:
        key = self.request.headers.get(idempotency.HEADER, "")
        if not key or self.actor.id is None:
            if required:
                raise idempotency.IdempotencyKeyRequired(
                    [],
                    "Send an Idempotency-Key header: a fresh random text for each intention, the same on a retry.",
                )
            return None
        data: Any = self.request.data
        return idempotency.fingerprint(
            actor_id=self.actor.id,
            key=key,
            method=self.request.method or "",
            path=self.request.path,
            body=data if isinstance(data, dict | list) else {},
        )


def _plain(body: Any) -> Any:
    """Return the body as it will be on the wire, so that a stored answer is the answer that was given."""
    return None if body is None else orjson.loads(dumps(body))
