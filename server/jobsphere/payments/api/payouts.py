"""Payouts and wallets over HTTP."""

from typing import Any
from uuid import UUID

from django.conf import settings
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.utils.urls import replace_query_param

from jobsphere.db.transactions import edge_transaction
from jobsphere.kit.money import Money
from jobsphere.payments import selectors, services
from jobsphere.payments.api.serializers import (
    BankSerializer,
    BanksQuerySerializer,
    ConnectPayeeSerializer,
    PayeeSerializer,
    PayoutBalanceSerializer,
    PayoutSerializer,
    QuoteQuerySerializer,
    ScheduleSerializer,
    WalletEntrySerializer,
    WalletQuerySerializer,
    WalletSerializer,
    WithdrawalQuoteSerializer,
    WithdrawSerializer,
)
from jobsphere.payments.api.shapes import entry_shape, payee_shape, payout_shape, quote_shape, wallet_shape
from jobsphere.payments.banks import list_banks
from jobsphere.payments.errors import PayoutsNotCovered
from jobsphere.payments.gateways.base import PayeeBank
from jobsphere.payments.types import PayoutSchedule, PayoutSpeed
from jobsphere.payments.wallets import explained, withdrawal_quote
from jobsphere.web.access import SIGNED_IN, recent
from jobsphere.web.pagination import KeysetPagination
from jobsphere.web.schema import IDEMPOTENCY_KEY, PAGING, page_of
from jobsphere.web.serializers import EmptySerializer
from jobsphere.web.views import ApiView


class PayeeVerbView(ApiView):
    """Base of the verbs about being paid: they answer with the payee after the first attempt."""

    access = SIGNED_IN
    throttle_action = "money"

    def render(self, _: object) -> dict[str, Any]:
        """Read the payee afresh."""
        return payee_shape(selectors.payee(self.actor, self.gateway), selectors.payout_plan(self.actor))

    #: At which gateway; empty: at the one in use.
    gateway = ""


class ConnectView(PayeeVerbView):
    """POST /payouts/connect"""

    access = recent()

    @extend_schema(
        summary="Become payable, or get a fresh link to complete what is missing",
        request=ConnectPayeeSerializer,
        responses={200: PayeeSerializer, 202: PayeeSerializer},
        parameters=[IDEMPOTENCY_KEY],
    )
    def post(self, request: Request) -> Response:
        """Answer with a link on which the gateway asks for what it needs. 202: it has not answered yet.

        Where the payee's `form` is "bank", give `bank` instead: there is no link, and the number is not kept.
        """
        body = self.validated(ConnectPayeeSerializer)
        self.gateway = body.get("gateway", "")
        bank = body.pop("bank", None)
        # Before the transaction, and only in memory: what is in a transaction or a queue is in a database.
        told = bank and services.tell_bank(
            actor=self.actor, bank=PayeeBank(**bank), country=body["country"], gateway=self.gateway
        )

        def verb() -> object:
            if told:
                return services.record_bank(actor=self.actor, told=told)
            return services.connect_payee(actor=self.actor, **body)

        return self.command(verb, render=self.render, money=True, pending=lambda answer: answer["pending"])


class RefreshPayeeView(PayeeVerbView):
    """POST /payouts/refresh"""

    @extend_schema(
        summary="Ask the gateway again whether I can be paid", request=EmptySerializer, responses=PayeeSerializer
    )
    def post(self, request: Request) -> Response:
        """Bring the gate up to date, for example on the return from onboarding."""
        self.validated(EmptySerializer)
        response = self.command(lambda: services.refresh_payee(actor=self.actor), render=self.render)
        response.data = self.render(None)
        return response


class ScheduleView(PayeeVerbView):
    """POST /payouts/schedule"""

    @extend_schema(summary="Choose who starts withdrawals", request=ScheduleSerializer, responses=PayeeSerializer)
    def post(self, request: Request) -> Response:
        """Choose manual withdrawals, a weekly day, or automatic ones whenever there is something to withdraw."""
        body = self.validated(ScheduleSerializer)
        minimums = body.get("minimums")
        wanted: dict[str, Any] = {
            "schedule": PayoutSchedule(body["schedule"]),
            "weekday": body.get("weekday"),
            "minimums": None if minimums is None else {each.currency: each for each in minimums},
        }

        def verb() -> object:
            return services.set_payout_schedule(actor=self.actor, **wanted)

        return self.command(verb, render=self.render)


class WithdrawView(ApiView):
    """POST /payouts/withdraw"""

    access = recent()
    throttle_action = "money"

    @extend_schema(
        summary="Withdraw from the wallet to the bank",
        request=WithdrawSerializer,
        responses={201: PayoutSerializer, 202: PayoutSerializer},
        parameters=[IDEMPOTENCY_KEY],
    )
    def post(self, request: Request) -> Response:
        """Start a withdrawal. 202: the gateway has not taken it yet."""
        body = self.validated(WithdrawSerializer)
        wanted: dict[str, Any] = {"amount": body["amount"], "speed": PayoutSpeed(body["speed"]), "fee": body.get("fee")}

        def verb() -> UUID:
            return services.request_withdrawal(actor=self.actor, **wanted).id

        def render(payout_id: UUID) -> dict[str, Any]:
            return payout_shape(selectors.payout(self.actor, payout_id))

        def pending(body: Any) -> bool:
            return body["status"] in ("requested", "transferring")

        try:
            return self.command(verb, render=render, status=201, money=True, pending=pending)
        except PayoutsNotCovered:
            # The refusal has undone everything; that somebody must move money is said in an edge of its own.
            with edge_transaction():
                services.report_uncovered(payee_id=self.actor.known_id(), amount=body["amount"])
            raise


class QuoteView(ApiView):
    """GET /payouts/quote"""

    access = SIGNED_IN

    @extend_schema(
        summary="What a withdrawal costs and when it arrives",
        responses=WithdrawalQuoteSerializer,
        parameters=[QuoteQuerySerializer],
    )
    def get(self, request: Request) -> Response:
        """Show fee, what arrives and when, at each speed; nothing is started."""
        query = self.queried(QuoteQuerySerializer)
        return Response(quote_shape(withdrawal_quote(self.actor, Money(query["amount"], query["currency"]))))


class BanksView(ApiView):
    """GET /payouts/banks"""

    access = SIGNED_IN
    throttle_action = "money"

    @extend_schema(
        summary="Banks of a country, for a payee's form",
        responses=BankSerializer(many=True),
        parameters=[BanksQuerySerializer],
    )
    def get(self, request: Request) -> Response:
        """List the banks that payouts can go to; empty where the gateway asks on its own page."""
        query = self.queried(BanksQuerySerializer)
        banks = list_banks(query["country"], query.get("gateway", ""))
        return Response([{"code": each.code, "name": each.name, "currency": each.currency} for each in banks])


class CancelWithdrawalView(ApiView):
    """POST /payouts/{id}/cancel/"""

    access = SIGNED_IN
    throttle_action = "money"

    @extend_schema(
        summary="Take a withdrawal back before it is sent",
        request=EmptySerializer,
        responses=PayoutSerializer,
        parameters=[IDEMPOTENCY_KEY],
    )
    def post(self, request: Request, payout_id: UUID) -> Response:
        """Put the money back into the wallet; 409 once it was sent."""
        self.validated(EmptySerializer)

        def verb() -> UUID:
            return services.cancel_withdrawal(actor=self.actor, payout_id=payout_id).id

        return self.command(verb, render=lambda found: payout_shape(selectors.payout(self.actor, found)), money=True)


class BalanceView(ApiView):
    """GET /payouts/balance"""

    access = SIGNED_IN

    @extend_schema(summary="What I can withdraw, and whether", responses=PayoutBalanceSerializer)
    def get(self, request: Request) -> Response:
        """Show my wallet and the gateway's gate in front of it."""
        wallet = wallet_shape(selectors.wallet(self.actor))
        plan = selectors.payout_plan(self.actor)
        payees = [payee_shape(each, plan) for each in selectors.payees(self.actor)]
        return Response({**wallet, "payee": payees[0], "payees": payees})


class PayoutHistoryView(ApiView):
    """GET /payouts/history"""

    access = SIGNED_IN

    @extend_schema(summary="My withdrawals", responses=page_of(PayoutSerializer), parameters=PAGING)
    def get(self, request: Request) -> Response:
        """List my withdrawals, newest first."""
        pages = KeysetPagination()
        rows = pages.paginate_queryset(selectors.payouts(self.actor), request, view=self)
        return pages.get_paginated_response([payout_shape(selectors.view_of_payout(row)) for row in rows])


class WalletView(ApiView):
    """GET /wallet/"""

    access = SIGNED_IN

    @extend_schema(summary="My wallet", responses=WalletSerializer)
    def get(self, request: Request) -> Response:
        """Show what is mine to withdraw, and what is on its way to the bank, by currency."""
        return Response(wallet_shape(selectors.wallet(self.actor)))


class WalletEntriesView(ApiView):
    """GET /wallet/entries/"""

    access = SIGNED_IN

    @extend_schema(
        summary="The statement of my wallet",
        responses=page_of(WalletEntrySerializer),
        parameters=[WalletQuerySerializer],
    )
    def get(self, request: Request) -> Response:
        """List every movement of my wallet in a currency, newest first, with the running balance."""
        query = self.queried(WalletQuerySerializer)
        page = selectors.wallet_entries(
            self.actor,
            currency=query.get("currency", settings.DEFAULT_CURRENCY),
            before=query.get("cursor"),
            limit=query["page_size"],
        )
        following = page.next and replace_query_param(request.build_absolute_uri(), "cursor", str(page.next))
        return Response(
            {"next": following, "previous": None, "results": [entry_shape(line) for line in explained(page)]}
        )
