"""Where gateways tell us of changes."""

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from jobsphere.kit.errors import InvalidInput
from jobsphere.payments import inbox, registry
from jobsphere.payments.api.serializers import WebhookAnswerSerializer
from jobsphere.payments.gateways.base import WebhookRejectedError
from jobsphere.web.access import PUBLIC
from jobsphere.web.views import ApiView


class WebhookView(ApiView):
    """POST /webhooks/<gateway>: signed by the gateway, so they need no other credentials."""

    access = PUBLIC
    authentication_classes = ()
    throttle_classes = ()

    @extend_schema(summary="An event from the payment gateway", request=None, responses=WebhookAnswerSerializer)
    def post(self, request: Request, gateway: str) -> Response:
        """Verify the signature on the raw body, store the event once, and answer; it is handled from the queue."""
        try:
            inbox.receive(gateway_name=registry.called_at(gateway), body=request._request.body, headers=request.headers)
        except WebhookRejectedError as error:
            raise InvalidInput.at("", "webhook-rejected", f"This is not a valid event: {error}") from error
        return Response({"received": True})
