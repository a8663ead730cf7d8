"""People and their sign-in."""

from django.apps import AppConfig


class UsersConfig(AppConfig):
    name = "jobsphere.users"
    label = "users"
