"""Routes under /api/notifications/."""

from jobsphere.notifications.api import devices, views
from jobsphere.web.urls import route

urlpatterns = [
    route("notifications/", views.NotificationsView.as_view(), name="notifications"),
    route("notifications/unread-count/", views.UnreadCountView.as_view(), name="notifications-unread-count"),
    route("notifications/read-all/", views.ReadAllView.as_view(), name="notifications-read-all"),
    route("notifications/preferences/", views.PreferencesView.as_view(), name="notifications-preferences"),
    route("notifications/settings/", views.SettingsView.as_view(), name="notifications-settings"),
    route("notifications/devices/", devices.DevicesView.as_view(), name="notifications-devices"),
    route("notifications/devices/<uuid:device_id>/", devices.DeviceView.as_view(), name="notifications-device"),
    route("notifications/unsubscribe/", devices.UnsubscribeView.as_view(), name="notifications-unsubscribe"),
    route("notifications/<uuid:notification_id>/read/", views.ReadView.as_view(), name="notification-read"),
]
