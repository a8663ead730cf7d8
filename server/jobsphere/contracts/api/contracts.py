"""Contracts over HTTP (R52-R57)."""

from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from jobsphere.contracts import selectors, services
from jobsphere.contracts.api.base import DealView, offer_is_pending
from jobsphere.contracts.api.serializers.shown import ContractSerializer, DeliverableSerializer, OfferSerializer
from jobsphere.contracts.api.serializers.taken import (
    ContractFilterSerializer,
    ContractUpdateSerializer,
    ContractWriteSerializer,
    HandoverSerializer,
)
from jobsphere.contracts.types import Handover
from jobsphere.web.schema import IDEMPOTENCY_KEY, PAGING, page_of
from jobsphere.web.serializers import ReasonSerializer

TAGS = ["contracts"]


class ContractListView(DealView):
    """/contracts/"""

    write_throttle_action = "money"

    @extend_schema(
        tags=TAGS,
        summary="My contracts",
        parameters=[ContractFilterSerializer, *PAGING],
        responses=page_of(ContractSerializer),
    )
    def get(self, request: Request) -> Response:
        """List contracts with their milestones and money, newest first."""
        rows = selectors.contracts(self.actor, **self.queried(ContractFilterSerializer))
        return self.page(rows, lambda page: selectors.contract_views(self.actor, page), ContractSerializer)

    @extend_schema(
        tags=TAGS,
        summary="Contract with a contractor who proposed: offer and funding in one step",
        parameters=[IDEMPOTENCY_KEY],
        request=ContractWriteSerializer,
        responses={201: OfferSerializer, 202: OfferSerializer},
    )
    def post(self, request: Request) -> Response:
        """Offer the job at the proposal's price (or other terms) and reserve the money.

        Answers with the offer; its `contract_id` names the contract once the contractor has accepted.
        """
        body = self.validated(ContractWriteSerializer)

        def verb() -> UUID:
            return services.make_offer_on_proposal(actor=self.actor, proposal_id=body["proposal_id"], **body["shared"])

        return self.command(verb, render=self.offer, status=201, money=True, pending=offer_is_pending)


class OneContractView(DealView):
    """/contracts/{id}/"""

    @extend_schema(tags=TAGS, summary="A contract", responses=ContractSerializer)
    def get(self, request: Request, contract_id: UUID) -> Response:
        """Show a contract to a party of it: milestones, money, time, what cancelling would do."""
        return Response(self.contract(contract_id))

    @extend_schema(
        tags=TAGS,
        summary="Change titles and dates of milestones",
        request=ContractUpdateSerializer,
        responses=ContractSerializer,
    )
    def put(self, request: Request, contract_id: UUID) -> Response:
        """For the customer, until work starts. Amounts are fixed with the payment."""
        body = self.validated(ContractUpdateSerializer)

        def verb() -> UUID:
            services.update_milestones(actor=self.actor, contract_id=contract_id, changes=body["milestones"])
            return contract_id

        return self.command(verb, render=self.contract)


class CompleteContractView(DealView):
    """/contracts/{id}/complete/"""

    throttle_action = "money"

    @extend_schema(
        tags=TAGS,
        summary="Mark a contract done",
        parameters=[IDEMPOTENCY_KEY],
        request=HandoverSerializer,
        responses=ContractSerializer,
    )
    def post(self, request: Request, contract_id: UUID) -> Response:
        """The customer approves all that was handed in, and its money is released; the contractor hands all in."""
        work = handover(self)

        def verb() -> UUID:
            services.complete_contract(actor=self.actor, contract_id=contract_id, work=work)
            return contract_id

        return self.command(verb, render=self.contract, money=True)


class CompleteJobView(DealView):
    """/jobs/{id}/complete/"""

    throttle_action = "money"

    @extend_schema(
        tags=TAGS,
        summary="Mark a job done",
        parameters=[IDEMPOTENCY_KEY],
        request=HandoverSerializer,
        responses=ContractSerializer,
    )
    def post(self, request: Request, job_id: UUID) -> Response:
        """The same as completing the job's contract (R35, R51)."""
        work = handover(self)

        def verb() -> UUID:
            contract_id = selectors.contract_id_of_job(self.actor, job_id)
            services.complete_contract(actor=self.actor, contract_id=contract_id, work=work)
            return contract_id

        return self.command(verb, render=self.contract, money=True)


class DeliverContractView(DealView):
    """/contracts/{id}/deliver/"""

    @extend_schema(tags=TAGS, summary="Hand in everything", request=HandoverSerializer, responses=ContractSerializer)
    def post(self, request: Request, contract_id: UUID) -> Response:
        """For the contractor: start what is not started, and submit every milestone with this work."""
        work = handover(self)

        def verb() -> UUID:
            services.deliver_contract(actor=self.actor, contract_id=contract_id, work=work)
            return contract_id

        return self.command(verb, render=self.contract)


class CancelContractView(DealView):
    """/contracts/{id}/cancel/"""

    throttle_action = "money"

    @extend_schema(
        tags=TAGS,
        summary="Cancel a contract",
        parameters=[IDEMPOTENCY_KEY],
        request=ReasonSerializer,
        responses=ContractSerializer,
    )
    def post(self, request: Request, contract_id: UUID) -> Response:
        """End it early. Where the protected money goes is in `if_cancelled` beforehand (the pinned policy)."""
        body = self.validated(ReasonSerializer)

        def verb() -> UUID:
            services.cancel_contract(actor=self.actor, contract_id=contract_id, reason=body["reason"])
            return contract_id

        return self.command(verb, render=self.contract, money=True)


class HoldContractView(DealView):
    """/contracts/{id}/hold/"""

    @extend_schema(tags=TAGS, summary="Hold a contract's money", request=ReasonSerializer, responses=ContractSerializer)
    def post(self, request: Request, contract_id: UUID) -> Response:
        """For administrators: nothing is released or refunded until it is resumed."""
        body = self.validated(ReasonSerializer)

        def verb() -> UUID:
            services.hold_contract(actor=self.actor, contract_id=contract_id, reason=body["reason"])
            return contract_id

        return self.command(verb, render=self.contract)


class ResumeContractView(DealView):
    """/contracts/{id}/resume/"""

    @extend_schema(
        tags=TAGS, summary="Let a contract's money move again", request=ReasonSerializer, responses=ContractSerializer
    )
    def post(self, request: Request, contract_id: UUID) -> Response:
        """For administrators."""
        body = self.validated(ReasonSerializer)

        def verb() -> UUID:
            services.resume_contract(actor=self.actor, contract_id=contract_id, reason=body["reason"])
            return contract_id

        return self.command(verb, render=self.contract)


class DeliverableListView(DealView):
    """/contracts/{id}/deliverables/"""

    @extend_schema(tags=TAGS, summary="What was handed in", parameters=PAGING, responses=page_of(DeliverableSerializer))
    def get(self, request: Request, contract_id: UUID) -> Response:
        """List deliverables, newest first, with the customer's answers."""
        rows = selectors.deliverables(self.actor, contract_id)
        return self.page(rows, selectors.deliverable_views, DeliverableSerializer)


def handover(view: DealView) -> Handover:
    """Return the work in the body."""
    checked = HandoverSerializer(data=view.request.data)
    checked.is_valid(raise_exception=True)
    work: Handover = checked.validated_data
    return work
