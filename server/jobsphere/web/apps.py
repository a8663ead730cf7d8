"""The HTTP edge."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "jobsphere.web"
    label = "web"
