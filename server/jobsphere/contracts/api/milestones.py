"""Milestones, refund requests and time entries over HTTP."""

from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from jobsphere.contracts import selectors, services
from jobsphere.contracts.api.base import DealView
from jobsphere.contracts.api.contracts import TAGS, handover
from jobsphere.contracts.api.serializers.shown import (
    ContractSerializer,
    RefundRequestSerializer,
    TimeEntrySerializer,
)
from jobsphere.contracts.api.serializers.taken import (
    HandoverSerializer,
    OptionalReasonSerializer,
    RefundWriteSerializer,
    TimeEntryWriteSerializer,
)
from jobsphere.contracts.types import TimeDetails
from jobsphere.web.schema import IDEMPOTENCY_KEY, PAGING, page_of
from jobsphere.web.serializers import EmptySerializer, ReasonSerializer


class StartMilestoneView(DealView):
    """/milestones/{id}/start/"""

    @extend_schema(tags=TAGS, summary="Start a milestone", request=EmptySerializer, responses=ContractSerializer)
    def post(self, request: Request, milestone_id: UUID) -> Response:
        """For the contractor. The first start of a contract ends its free cancellation."""
        self.validated(EmptySerializer)
        return self.command(
            lambda: services.start_milestone(actor=self.actor, milestone_id=milestone_id), render=self.contract
        )


class SubmitMilestoneView(DealView):
    """/milestones/{id}/submit/"""

    @extend_schema(tags=TAGS, summary="Hand in a milestone", request=HandoverSerializer, responses=ContractSerializer)
    def post(self, request: Request, milestone_id: UUID) -> Response:
        """For the contractor. Without an answer the money is released at `auto_release_at`."""
        work = handover(self)
        return self.command(
            lambda: services.submit_milestone(actor=self.actor, milestone_id=milestone_id, work=work),
            render=self.contract,
        )


class RequestChangesView(DealView):
    """/milestones/{id}/request-changes/"""

    @extend_schema(tags=TAGS, summary="Ask for changes", request=ReasonSerializer, responses=ContractSerializer)
    def post(self, request: Request, milestone_id: UUID) -> Response:
        """For the customer; the automatic release stops until work is handed in again."""
        reason = self.validated(ReasonSerializer)["reason"]
        return self.command(
            lambda: services.request_changes(actor=self.actor, milestone_id=milestone_id, reason=reason),
            render=self.contract,
        )


class ReleaseMilestoneView(DealView):
    """/milestones/{id}/release/"""

    throttle_action = "money"

    @extend_schema(
        tags=TAGS,
        summary="Approve a milestone and release its money",
        parameters=[IDEMPOTENCY_KEY],
        request=OptionalReasonSerializer,
        responses=ContractSerializer,
    )
    def post(self, request: Request, milestone_id: UUID) -> Response:
        """For the customer, or an administrator with a reason."""
        reason = self.validated(OptionalReasonSerializer)["reason"]
        return self.command(
            lambda: services.release_milestone(actor=self.actor, milestone_id=milestone_id, reason=reason),
            render=self.contract,
            money=True,
        )


class RefundMilestoneView(DealView):
    """/milestones/{id}/refund/"""

    throttle_action = "money"

    @extend_schema(
        tags=TAGS,
        summary="Give a milestone's money back",
        parameters=[IDEMPOTENCY_KEY],
        request=RefundWriteSerializer,
        responses=ContractSerializer,
    )
    def post(self, request: Request, milestone_id: UUID) -> Response:
        """For the contractor, or an administrator; without an amount, all that is protected."""
        body = self.validated(RefundWriteSerializer)
        return self.command(
            lambda: services.refund_milestone(actor=self.actor, milestone_id=milestone_id, **body),
            render=self.contract,
            money=True,
        )


class RequestRefundView(DealView):
    """/milestones/{id}/request-refund/"""

    @extend_schema(
        tags=TAGS,
        summary="Ask for a milestone's money back",
        request=RefundWriteSerializer,
        responses={201: RefundRequestSerializer},
    )
    def post(self, request: Request, milestone_id: UUID) -> Response:
        """For the customer; the contractor agrees or declines."""
        body = self.validated(RefundWriteSerializer)
        return self.command(
            lambda: services.request_refund(actor=self.actor, milestone_id=milestone_id, **body),
            render=lambda request_id: RefundRequestSerializer(selectors.refund_request(self.actor, request_id)).data,
            status=201,
        )


class RefundRequestListView(DealView):
    """/contracts/{id}/refund-requests/"""

    @extend_schema(tags=TAGS, summary="Refund requests", parameters=PAGING, responses=page_of(RefundRequestSerializer))
    def get(self, request: Request, contract_id: UUID) -> Response:
        """List the refund requests of a contract, newest first."""
        rows = selectors.refund_requests(self.actor, contract_id)
        return self.page(rows, lambda page: selectors.refund_request_views(self.actor, page), RefundRequestSerializer)


class AgreeToRefundView(DealView):
    """/refund-requests/{id}/agree/"""

    throttle_action = "money"

    @extend_schema(
        tags=TAGS,
        summary="Agree to a refund",
        parameters=[IDEMPOTENCY_KEY],
        request=EmptySerializer,
        responses=ContractSerializer,
    )
    def post(self, request: Request, request_id: UUID) -> Response:
        """For the contractor; the money goes back at once."""
        self.validated(EmptySerializer)
        return self.command(
            lambda: services.agree_to_refund(actor=self.actor, request_id=request_id),
            render=self.contract,
            money=True,
        )


class DeclineRefundView(DealView):
    """/refund-requests/{id}/decline/"""

    @extend_schema(
        tags=TAGS, summary="Decline a refund", request=OptionalReasonSerializer, responses=ContractSerializer
    )
    def post(self, request: Request, request_id: UUID) -> Response:
        """For the contractor."""
        reason = self.validated(OptionalReasonSerializer)["reason"]
        return self.command(
            lambda: services.decline_refund(actor=self.actor, request_id=request_id, reason=reason),
            render=self.contract,
        )


class WithdrawRefundRequestView(DealView):
    """/refund-requests/{id}/withdraw/"""

    @extend_schema(
        tags=TAGS, summary="Withdraw a refund request", request=EmptySerializer, responses=ContractSerializer
    )
    def post(self, request: Request, request_id: UUID) -> Response:
        """For the customer."""
        self.validated(EmptySerializer)
        return self.command(
            lambda: services.withdraw_refund_request(actor=self.actor, request_id=request_id), render=self.contract
        )


class TimeEntryListView(DealView):
    """/contracts/{id}/time-entries/"""

    @extend_schema(tags=TAGS, summary="Time log", parameters=PAGING, responses=page_of(TimeEntrySerializer))
    def get(self, request: Request, contract_id: UUID) -> Response:
        """List the time logged on a contract, newest first; the totals are in the contract's `time`."""
        rows = selectors.time_entries(self.actor, contract_id)
        return self.page(rows, lambda page: selectors.time_entry_views(self.actor, page), TimeEntrySerializer)

    @extend_schema(
        tags=TAGS, summary="Log time", request=TimeEntryWriteSerializer, responses={201: TimeEntrySerializer}
    )
    def post(self, request: Request, contract_id: UUID) -> Response:
        """For the contractor: a start and an end, or a number of minutes."""
        body = self.validated(TimeEntryWriteSerializer)
        return self.command(
            lambda: services.log_time(actor=self.actor, contract_id=contract_id, **body),
            render=lambda entry_id: TimeEntrySerializer(selectors.time_entry(self.actor, entry_id)).data,
            status=201,
        )


class TimeEntryView(DealView):
    """/time-entries/{id}/"""

    @extend_schema(tags=TAGS, summary="A time entry", responses=TimeEntrySerializer)
    def get(self, request: Request, entry_id: UUID) -> Response:
        """Show when, what and with which files; to the two of its contract."""
        return Response(TimeEntrySerializer(selectors.time_entry(self.actor, entry_id)).data)

    @extend_schema(
        tags=TAGS, summary="Change a time entry", request=TimeEntryWriteSerializer, responses=TimeEntrySerializer
    )
    def put(self, request: Request, entry_id: UUID) -> Response:
        """For who logged it, until it is billed; files are added to those that are there."""
        body = self.validated(TimeEntryWriteSerializer)
        file_ids = body.pop("file_ids")
        return self.command(
            lambda: services.change_time(
                actor=self.actor, entry_id=entry_id, details=TimeDetails(**body), file_ids=file_ids
            ),
            render=lambda changed: TimeEntrySerializer(selectors.time_entry(self.actor, changed)).data,
        )

    @extend_schema(tags=TAGS, summary="Take a time entry back", responses={204: None})
    def delete(self, request: Request, entry_id: UUID) -> Response:
        """For who logged it, until it is billed."""
        return self.command(lambda: services.delete_time_entry(actor=self.actor, entry_id=entry_id), status=204)
