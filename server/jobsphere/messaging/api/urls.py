"""Routes under /api/messages/."""

from jobsphere.messaging.api import views
from jobsphere.web.urls import route

urlpatterns = [
    route("messages/", views.ConversationsView.as_view(), name="messages"),
    route("messages/send/", views.SendView.as_view(), name="messages-send"),
    route("messages/<uuid:chat_id>/", views.HistoryView.as_view(), name="messages-history"),
    route("messages/<uuid:chat_id>/read/", views.ReadView.as_view(), name="messages-read"),
]
