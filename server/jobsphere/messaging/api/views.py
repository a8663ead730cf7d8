"""Conversations over HTTP (R82, R84)."""

from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from jobsphere.messaging import selectors, services
from jobsphere.messaging.api.serializers import (
    ConversationSerializer,
    MarkedReadSerializer,
    MessageSerializer,
    SendSerializer,
)
from jobsphere.messaging.policies import require_participant
from jobsphere.messaging.types import MessageView
from jobsphere.web.access import SIGNED_IN
from jobsphere.web.pagination import KeysetPagination
from jobsphere.web.schema import PAGING, page_of
from jobsphere.web.views import ApiView


class ByActivity(KeysetPagination):
    """The conversation that was last written in comes first."""

    key = "last_activity"


class ConversationsView(ApiView):
    """My conversations."""

    access = SIGNED_IN

    @extend_schema(parameters=PAGING, responses=page_of(ConversationSerializer))
    def get(self, request: Request) -> Response:
        """List my conversations, the one last written in first, with how much I have not read."""
        pages = ByActivity()
        rows = pages.paginate_queryset(selectors.conversations(self.actor), request, view=self)
        shown = selectors.conversation_views(self.actor, rows)
        return pages.get_paginated_response(ConversationSerializer(shown, many=True).data)


class HistoryView(ApiView):
    """One conversation."""

    access = SIGNED_IN

    @extend_schema(parameters=PAGING, responses=page_of(MessageSerializer))
    def get(self, request: Request, chat_id: UUID) -> Response:
        """Read the messages of a conversation, the newest first."""
        require_participant(self.actor, chat_id)
        pages = KeysetPagination()
        rows = pages.paginate_queryset(selectors.messages(self.actor, chat_id), request, view=self)
        shown = selectors.message_views(self.actor, rows)
        return pages.get_paginated_response(MessageSerializer(shown, many=True).data)


class SendView(ApiView):
    """New messages."""

    access = SIGNED_IN

    @extend_schema(request=SendSerializer, responses={201: MessageSerializer})
    def post(self, request: Request) -> Response:
        """Write to a conversation, or begin one about a job, a proposal or a contract. A resend arrives once."""
        wanted = self.validated(SendSerializer)
        return self.command(lambda: self._send(wanted), render=lambda sent: MessageSerializer(sent).data, status=201)

    def _send(self, wanted: dict[str, Any]) -> MessageView:
        message = {name: wanted[name] for name in ("body", "client_id", "file_ids")}
        chat_id = wanted.get("chat_id") or services.begin_conversation(
            actor=self.actor,
            recipient_id=wanted["recipient_id"],
            subject_type=wanted["subject_type"],
            subject_id=wanted["subject_id"],
        )
        return services.send_message(actor=self.actor, chat_id=chat_id, **message)


class ReadView(ApiView):
    """What I have read."""

    access = SIGNED_IN

    @extend_schema(request=None, responses=MarkedReadSerializer)
    def post(self, request: Request, chat_id: UUID) -> Response:
        """Mark what the other person wrote as read; they see it."""
        return self.command(
            lambda: services.mark_read(actor=self.actor, chat_id=chat_id), render=lambda count: {"read": count}
        )
