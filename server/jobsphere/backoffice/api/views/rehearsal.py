"""The rehearsal: the stage, its exercises, and what everybody may know of the sandbox."""

from typing import Any

from django.db import transaction
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from jobsphere.backoffice.api.serializers.rehearsal import (
    KeptWholeSerializer,
    MailboxQuerySerializer,
    MailboxSerializer,
    PlayedSerializer,
    PlaySerializer,
    RehearsalSerializer,
    SandboxModeSerializer,
)
from jobsphere.backoffice.api.views.money import FinanceView
from jobsphere.backoffice.rehearsal import selectors, services
from jobsphere.backoffice.rehearsal.gate import require_rehearsal
from jobsphere.backoffice.rehearsal.types import Outcome
from jobsphere.kit.actor import ADMIN
from jobsphere.web.access import PUBLIC, role
from jobsphere.web.schema import IDEMPOTENCY_KEY
from jobsphere.web.views import ApiView


class RehearsalView(FinanceView):
    """The operator's stage; with a real gateway or in production there is nothing at this address."""

    write_throttle_action = "money"

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Tell nobody of it where there is none, before anything else is looked at."""
        require_rehearsal()
        super().initial(request, *args, **kwargs)

    @extend_schema(tags=["admin"], responses=RehearsalSerializer)
    def get(self, request: Request) -> Response:
        """Show the stage: gateways and their faults, the clock, events, the last letter, and every exercise."""
        return Response(RehearsalSerializer(selectors.state(self.actor)).data)

    @extend_schema(tags=["admin"], parameters=[IDEMPOTENCY_KEY], request=PlaySerializer, responses=PlayedSerializer)
    def post(self, request: Request) -> Response:
        """Play an exercise, let its consequences happen, and say whether the books balance; 202 while it is played."""
        asked = self.validated(PlaySerializer)
        name, outcomes = asked["exercise"], list[Outcome]()

        def verb() -> None:
            act = services.prepare(actor=self.actor, name=name, values=asked["values"])
            # As with a real gateway, what happens outside happens after our commit.
            transaction.on_commit(lambda: outcomes.append(services.play(name, act)))

        return self.command(
            verb,
            render=lambda _: PlayedSerializer(outcomes[0] if outcomes else services.being_played(name)).data,
            money=True,
            pending=lambda body: not body["happened"],
        )


class SandboxModeView(ApiView):
    """What the bar over every screen shows."""

    access = PUBLIC

    @extend_schema(tags=["sandbox"], responses=SandboxModeSerializer)
    def get(self, request: Request) -> Response:
        """Say whether this is a sandbox; then also its clock, its test cards, and the last letter to you."""
        return Response(SandboxModeSerializer(selectors.mode(self.actor)).data)


class MailboxBase(ApiView):
    """For administrators alone, because letters carry codes; where nothing is kept there is nothing at this address."""

    access = role(ADMIN)

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Tell nobody of it where there is none, before anything else is looked at."""
        require_rehearsal()
        super().initial(request, *args, **kwargs)


class MailboxView(MailboxBase):
    """What the sandbox sent."""

    @extend_schema(tags=["sandbox"], parameters=[MailboxQuerySerializer], responses=MailboxSerializer)
    def get(self, request: Request) -> Response:
        """List the last letters and push messages, the newest first; of one receiver, if asked."""
        to = self.queried(MailboxQuerySerializer)["to"]
        return Response(MailboxSerializer({"kept": selectors.mailbox_of(to)}).data)


class MailboxItemView(MailboxBase):
    """One thing that the sandbox sent."""

    @extend_schema(operation_id="sandbox_mailbox_item_retrieve", tags=["sandbox"], responses=KeptWholeSerializer)
    def get(self, request: Request, kept_id: str) -> Response:
        """Show it as it left: headers, text, HTML."""
        return Response(KeptWholeSerializer(selectors.kept_for(kept_id)).data)
