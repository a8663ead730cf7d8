"""The list of conversations, one of them, what is unread, and who is there (R82, R84)."""

from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from jobsphere.messaging import selectors, services
from jobsphere.messaging.api.serializers import (
    ConversationSerializer,
    ListQuerySerializer,
    MarkedDeliveredSerializer,
    MarkedReadSerializer,
    PresenceQuerySerializer,
    PresencesSerializer,
    UnreadSerializer,
    UpToSerializer,
)
from jobsphere.messaging.policies import get_conversation_for
from jobsphere.messaging.types import ChatFilter
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

    @extend_schema(parameters=[*PAGING, ListQuerySerializer], responses=page_of(ConversationSerializer))
    def get(self, request: Request) -> Response:
        """List my conversations, the one last written in first, with how much I have not read."""
        asked = self.queried(ListQuerySerializer)
        wanted = ChatFilter(name=asked["q"].strip(), unread=asked["unread"], subject_type=asked["about"])
        pages = ByActivity()
        rows = pages.paginate_queryset(selectors.conversations(self.actor, wanted), request, view=self)
        shown = selectors.conversation_views(self.actor, rows)
        return pages.get_paginated_response(ConversationSerializer(shown, many=True).data)


class ConversationView(ApiView):
    """One conversation."""

    access = SIGNED_IN

    @extend_schema(responses=ConversationSerializer)
    def get(self, request: Request, chat_id: UUID) -> Response:
        """Read who the other one is, what it is about, what is unread, and whether I can write."""
        return Response(ConversationSerializer(get_conversation_for(self.actor, chat_id)).data)


class UnreadView(ApiView):
    """What waits for me."""

    access = SIGNED_IN

    @extend_schema(responses=UnreadSerializer)
    def get(self, request: Request) -> Response:
        """Count the messages that I have not read, and the conversations that they are in."""
        return Response(UnreadSerializer(selectors.unread_total(self.actor)).data)


class PresenceView(ApiView):
    """Who is there."""

    access = SIGNED_IN

    @extend_schema(parameters=[PresenceQuerySerializer], responses=PresencesSerializer)
    def get(self, request: Request) -> Response:
        """Tell who of these people is there or when they last were; only people I talk to who do not hide it."""
        wanted = self.queried(PresenceQuerySerializer)["person"]
        found = selectors.presences(self.actor, wanted)
        return Response(PresencesSerializer({"results": list(found.values())}).data)


class ReadView(ApiView):
    """What I have read."""

    access = SIGNED_IN

    @extend_schema(request=UpToSerializer, responses=MarkedReadSerializer)
    def post(self, request: Request, chat_id: UUID) -> Response:
        """Mark what the other person wrote as read, all of it or up to a message; they see it."""
        wanted = self.validated(UpToSerializer)
        return self.command(
            lambda: services.mark_read(actor=self.actor, chat_id=chat_id, **wanted),
            render=lambda count: {"read": count},
        )


class DeliveredView(ApiView):
    """What has reached me."""

    access = SIGNED_IN

    @extend_schema(request=UpToSerializer, responses=MarkedDeliveredSerializer)
    def post(self, request: Request, chat_id: UUID) -> Response:
        """Say that a device of mine has the messages of a conversation; the other person sees it."""
        wanted = self.validated(UpToSerializer)
        return self.command(
            lambda: services.mark_delivered(actor=self.actor, chat_id=chat_id, **wanted),
            render=lambda count: {"delivered": count},
        )


class AllDeliveredView(ApiView):
    """What has reached me while I was away."""

    access = SIGNED_IN

    @extend_schema(request=None, responses=MarkedDeliveredSerializer)
    def post(self, request: Request) -> Response:
        """Say that a device of mine has everything, in all conversations: once, when it comes back."""
        return self.command(
            lambda: services.mark_all_delivered(actor=self.actor), render=lambda count: {"delivered": count}
        )
