"""Cards that a person keeps, over HTTP."""

from dataclasses import asdict
from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from jobsphere.payments import registry, selectors, services
from jobsphere.payments.api.serializers.saved import (
    SavedMethodSerializer,
    SavedMethodsSerializer,
    SaveMethodSerializer,
)
from jobsphere.payments.types import SavedMethodStatus
from jobsphere.web.access import SIGNED_IN
from jobsphere.web.schema import IDEMPOTENCY_KEY
from jobsphere.web.serializers import EmptySerializer
from jobsphere.web.views import ApiView

TAGS = ["payments"]


def is_saving(body: dict[str, Any]) -> bool:
    """Say whether the gateway has not told yet: answered with 202."""
    return bool(body["status"] == SavedMethodStatus.SAVING)


class SavedMethodApiView(ApiView):
    """Base of the views of kept cards."""

    access = SIGNED_IN
    throttle_action = "money"

    def rendered(self, method_id: UUID) -> dict[str, Any]:
        """Render a card afresh."""
        return dict(SavedMethodSerializer(asdict(selectors.saved_method(self.actor, method_id))).data)

    def all_of_mine(self, _: object = None) -> dict[str, Any]:
        """Render every card, and whether one can be kept."""
        possible = any(registry.gateway(name).capabilities.saved_methods for name in registry.in_use())
        found = [asdict(each) for each in selectors.saved_methods(self.actor)]
        return dict(SavedMethodsSerializer({"possible": possible, "methods": found}).data)


class SavedMethodListView(SavedMethodApiView):
    """/payments/methods/"""

    @extend_schema(
        operation_id="payments_methods_list", tags=TAGS, summary="Cards that I keep", responses=SavedMethodsSerializer
    )
    def get(self, request: Request) -> Response:
        """List them, the usual one first; `possible`: whether this marketplace can keep cards."""
        return Response(self.all_of_mine())

    @extend_schema(
        tags=TAGS,
        summary="Keep a card",
        parameters=[IDEMPOTENCY_KEY],
        request=SaveMethodSerializer,
        responses={201: SavedMethodSerializer, 202: SavedMethodSerializer},
    )
    def post(self, request: Request) -> Response:
        """Keep a card for payments while I am away. `action_url`: my bank asks first whether it is me.

        202: the gateway has not answered yet; look again.
        """
        body = self.validated(SaveMethodSerializer)
        return self.command(
            lambda: services.save_method(actor=self.actor, **body),
            render=self.rendered,
            status=201,
            money=True,
            pending=is_saving,
        )


class SavedMethodView(SavedMethodApiView):
    """/payments/methods/{id}/"""

    @extend_schema(tags=TAGS, summary="A card that I keep", responses=SavedMethodSerializer)
    def get(self, request: Request, method_id: UUID) -> Response:
        """Show it."""
        return Response(self.rendered(method_id))

    @extend_schema(tags=TAGS, summary="Remove a card", responses={200: SavedMethodsSerializer})
    def delete(self, request: Request, method_id: UUID) -> Response:
        """Keep it no longer; answers with the cards that are left."""
        return self.command(
            lambda: services.remove_method(actor=self.actor, method_id=method_id), render=self.all_of_mine
        )


class ConfirmSavedMethodView(SavedMethodApiView):
    """/payments/methods/{id}/confirm/"""

    @extend_schema(
        tags=TAGS,
        summary="Go on after 3-D Secure",
        parameters=[IDEMPOTENCY_KEY],
        request=EmptySerializer,
        responses=SavedMethodSerializer,
    )
    def post(self, request: Request, method_id: UUID) -> Response:
        """Ask the gateway what became of it."""
        self.validated(EmptySerializer)
        verb = services.confirm_saved_method
        return self.command(lambda: verb(actor=self.actor, method_id=method_id), render=self.rendered, money=True)


class DefaultSavedMethodView(SavedMethodApiView):
    """/payments/methods/{id}/default/"""

    @extend_schema(tags=TAGS, summary="Use this card", request=EmptySerializer, responses=SavedMethodsSerializer)
    def post(self, request: Request, method_id: UUID) -> Response:
        """Charge it where no card is named."""
        self.validated(EmptySerializer)
        verb = services.use_by_default
        return self.command(lambda: verb(actor=self.actor, method_id=method_id), render=self.all_of_mine)
