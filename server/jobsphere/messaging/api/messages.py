"""Messages: history, search, and what one does with them (R82, R84)."""

from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from jobsphere.messaging import selectors, services
from jobsphere.messaging.api.paging import HISTORY, HistoryPagination
from jobsphere.messaging.api.serializers import (
    EditSerializer,
    MessageSerializer,
    SearchQuerySerializer,
    SearchResultSerializer,
    SendSerializer,
)
from jobsphere.messaging.policies import require_participant
from jobsphere.messaging.rules import words_of
from jobsphere.messaging.types import MessageView
from jobsphere.web.access import SIGNED_IN
from jobsphere.web.pagination import KeysetPagination
from jobsphere.web.schema import PAGING, page_of
from jobsphere.web.views import ApiView

LOOKED_IN = "The texts that people wrote; not the names or contents of files, nor the steps of the deal."


class HistoryView(ApiView):
    """One conversation's messages."""

    access = SIGNED_IN

    @extend_schema(parameters=HISTORY, responses=page_of(MessageSerializer))
    def get(self, request: Request, chat_id: UUID) -> Response:
        """Read the messages of a conversation, the newest first; `previous` leads to newer ones."""
        require_participant(self.actor, chat_id)
        pages = HistoryPagination()
        rows = pages.paginate_queryset(selectors.messages(self.actor, chat_id), request, view=self)
        shown = selectors.message_views(self.actor, rows)
        return pages.get_paginated_response(MessageSerializer(shown, many=True).data)


class SearchView(ApiView):
    """What was said."""

    access = SIGNED_IN

    @extend_schema(parameters=[*PAGING, SearchQuerySerializer], responses=SearchResultSerializer)
    def get(self, request: Request) -> Response:
        """Find messages that have all of the words in them, in one conversation or in all of mine."""
        asked = self.queried(SearchQuerySerializer)
        words, chat_id = words_of(asked["q"]), asked["chat_id"]
        if chat_id:
            require_participant(self.actor, chat_id)
        pages = KeysetPagination()
        found = selectors.found_messages(self.actor, words, chat_id=chat_id)
        shown = selectors.message_views(self.actor, pages.paginate_queryset(found, request, view=self))
        answer = pages.get_paginated_response(MessageSerializer(shown, many=True).data)
        answer.data["searched"] = {"words": words, "chat_id": chat_id, "looked_in": LOOKED_IN}
        return answer


class SendView(ApiView):
    """New messages."""

    access = SIGNED_IN

    @extend_schema(request=SendSerializer, responses={201: MessageSerializer})
    def post(self, request: Request) -> Response:
        """Write to a conversation, or begin one about a job, a proposal or a contract. A resend arrives once."""
        wanted = self.validated(SendSerializer)
        return self.command(lambda: self._send(wanted), render=lambda sent: MessageSerializer(sent).data, status=201)

    def _send(self, wanted: dict[str, Any]) -> MessageView:
        message = {name: wanted[name] for name in ("body", "client_id", "file_ids", "reply_to")}
        chat_id = wanted.get("chat_id") or services.begin_conversation(
            actor=self.actor,
            recipient_id=wanted["recipient_id"],
            subject_type=wanted["subject_type"],
            subject_id=wanted["subject_id"],
        )
        return services.send_message(actor=self.actor, chat_id=chat_id, **message)


class EditView(ApiView):
    """Another text."""

    access = SIGNED_IN

    @extend_schema(request=EditSerializer, responses=MessageSerializer)
    def post(self, request: Request, chat_id: UUID, message_id: UUID) -> Response:
        """Change my message within 15 minutes; both see that it was changed."""
        body = self.validated(EditSerializer)["body"]
        return self.command(
            lambda: services.edit_message(actor=self.actor, chat_id=chat_id, message_id=message_id, body=body),
            render=lambda changed: MessageSerializer(changed).data,
        )


class DeleteView(ApiView):
    """A message less, for both."""

    access = SIGNED_IN

    @extend_schema(request=None, responses=MessageSerializer)
    def post(self, request: Request, chat_id: UUID, message_id: UUID) -> Response:
        """Take my message back within 15 minutes; both see that there was one. Again is harmless."""
        return self.command(
            lambda: services.delete_message(actor=self.actor, chat_id=chat_id, message_id=message_id),
            render=lambda deleted: MessageSerializer(deleted).data,
        )


class HideView(ApiView):
    """A message less, for me."""

    access = SIGNED_IN

    @extend_schema(request=None, responses={204: None})
    def post(self, request: Request, chat_id: UUID, message_id: UUID) -> Response:
        """Put a message out of my sight, on all my devices and for good; the other person still sees it."""
        return self.command(
            lambda: services.hide_message(actor=self.actor, chat_id=chat_id, message_id=message_id), status=204
        )
