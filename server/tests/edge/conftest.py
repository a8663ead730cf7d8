"""Routes that exist only here, to test what every route gets from `ApiView`."""

from typing import Any

import pytest
from django.urls import path
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from config.urls import urlpatterns as real_routes
from jobsphere.kit.errors import Conflict
from jobsphere.web.access import PUBLIC, SIGNED_IN, right
from jobsphere.web.models import IdempotencyRecord
from jobsphere.web.problems import bad_request, not_found, server_error
from jobsphere.web.serializers import MoneyField, StrictSerializer
from jobsphere.web.views import ApiView

handler400, handler404, handler500 = bad_request, not_found, server_error


class PaymentBody(StrictSerializer):
    price = MoneyField()
    note = serializers.CharField(max_length=20, required=False)


class Pay(ApiView):
    """A verb that leaves one row, so that a test can count how often it ran."""

    access = SIGNED_IN
    throttle_action = "money"

    def post(self, request: Request) -> Response:
        body = self.validated(PaymentBody)

        def verb() -> IdempotencyRecord:
            if body.get("note") == "refuse":
                raise Conflict("Refused on purpose.")
            return IdempotencyRecord.objects.create(
                actor_id=self.actor.known_id(), key=f"ran-{IdempotencyRecord.objects.count()}"
            )

        return self.command(
            verb,
            render=lambda row: {"ran": str(row.id), "price": body["price"].to_json()},
            status=201,
            money=True,
            pending=lambda answer: body.get("note") == "slow",
        )


class NoPolicy(ApiView):
    def get(self, request: Request) -> Response:
        return Response({"leaked": True})


class Finance(ApiView):
    access = right("finance")

    def get(self, request: Request) -> Response:
        return Response({"books": "open"})


class Broken(ApiView):
    access = PUBLIC

    def get(self, request: Request) -> Response:
        raise ZeroDivisionError("the secret inside")


class Leaky(ApiView):
    """Fails, and quotes what it was sent."""

    access = PUBLIC

    def post(self, request: Request) -> Response:
        raise ValueError(f"cannot pay with {dict(request.data)['quote']}")


class Rows(ApiView):
    access = PUBLIC

    class Row(serializers.Serializer[Any]):
        id = serializers.UUIDField()

    def get(self, request: Request) -> Response:
        return self.paginated(IdempotencyRecord.objects.all(), self.Row)


urlpatterns = [
    path("api/test/pay/", Pay.as_view()),
    path("api/test/no-policy", NoPolicy.as_view()),
    path("api/test/finance", Finance.as_view()),
    path("api/test/broken", Broken.as_view()),
    path("api/test/leaky", Leaky.as_view()),
    path("api/test/rows/", Rows.as_view()),
    *real_routes,
]


@pytest.fixture(autouse=True)
def _test_routes(settings: Any) -> None:
    settings.ROOT_URLCONF = __name__
