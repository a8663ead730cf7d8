"""Routes about the socket; the socket itself is no HTTP."""

from jobsphere.realtime.api import views
from jobsphere.web.urls import route

urlpatterns = [
    route("socket/", views.SocketView.as_view(), name="socket"),
    route("presence/", views.PresenceView.as_view(), name="presence"),
]
