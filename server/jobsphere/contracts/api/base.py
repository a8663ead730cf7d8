"""What the views share: answers rendered from fresh state, pages of presented rows."""

from collections.abc import Callable, Sequence
from typing import Any, TypeVar
from uuid import UUID

from django.db.models import Model, QuerySet
from rest_framework.response import Response
from rest_framework.serializers import BaseSerializer

from jobsphere.contracts import selectors
from jobsphere.contracts.api.serializers.shown import ContractSerializer, OfferSerializer
from jobsphere.payments.types import PaymentDetail
from jobsphere.web.access import SIGNED_IN
from jobsphere.web.pagination import KeysetPagination
from jobsphere.web.views import ApiView

Row = TypeVar("Row", bound=Model)

#: The gateway has not told yet what became of the payment.
UNKNOWN = {PaymentDetail.CREATED, PaymentDetail.PROCESSING, PaymentDetail.CAPTURING}


class DealView(ApiView):
    """Base of the views of offers and contracts."""

    access = SIGNED_IN

    def offer(self, offer_id: UUID) -> dict[str, Any]:
        """Render an offer as the viewer sees it now."""
        return dict(OfferSerializer(selectors.offer(self.actor, offer_id)).data)

    def contract(self, contract_id: UUID) -> dict[str, Any]:
        """Render a contract as the viewer sees it now."""
        return dict(ContractSerializer(selectors.contract(self.actor, contract_id)).data)

    def page(
        self,
        rows: "QuerySet[Row]",
        present: Callable[[Sequence[Row]], Sequence[Any]],
        serializer: type[BaseSerializer[Any]],
    ) -> Response:
        """Answer one page, presented at once, so that the queries do not grow with it."""
        paginator = KeysetPagination()
        page = paginator.paginate_queryset(rows, self.request, view=self)
        return paginator.get_paginated_response(serializer(present(page), many=True).data)


def offer_is_pending(body: dict[str, Any]) -> bool:
    """Say whether the outcome of an offer's payment is not known yet: answered with 202."""
    payment = body.get("payment")
    return body["status"] == "accepting" or bool(payment and payment["detail"] in UNKNOWN)
