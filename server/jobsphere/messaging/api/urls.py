"""Routes under /api/messages/."""

from jobsphere.messaging.api import conversations, messages
from jobsphere.web.urls import route

_MESSAGE = "messages/<uuid:chat_id>/<uuid:message_id>"

urlpatterns = [
    route("messages/", conversations.ConversationsView.as_view(), name="messages"),
    route("messages/send/", messages.SendView.as_view(), name="messages-send"),
    route("messages/search/", messages.SearchView.as_view(), name="messages-search"),
    route("messages/unread/", conversations.UnreadView.as_view(), name="messages-unread"),
    route("messages/presence/", conversations.PresenceView.as_view(), name="messages-presence"),
    route("messages/delivered-all/", conversations.AllDeliveredView.as_view(), name="messages-all-delivered"),
    route(
        "messages/conversations/<uuid:chat_id>/",
        conversations.ConversationView.as_view(),
        name="messages-conversation",
    ),
    route("messages/<uuid:chat_id>/", messages.HistoryView.as_view(), name="messages-history"),
    route("messages/<uuid:chat_id>/read/", conversations.ReadView.as_view(), name="messages-read"),
    route("messages/<uuid:chat_id>/delivered/", conversations.DeliveredView.as_view(), name="messages-delivered"),
    route(f"{_MESSAGE}/edit/", messages.EditView.as_view(), name="messages-edit"),
    route(f"{_MESSAGE}/delete/", messages.DeleteView.as_view(), name="messages-delete"),
    route(f"{_MESSAGE}/hide/", messages.HideView.as_view(), name="messages-hide"),
]
