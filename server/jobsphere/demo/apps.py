"""The demo marketplace and the story of the thousand dollars."""

from django.apps import AppConfig


class DemoConfig(AppConfig):
    name = "jobsphere.demo"
    label = "demo"
