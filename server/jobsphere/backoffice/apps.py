"""What admins and the operator do."""

from django.apps import AppConfig


class BackofficeConfig(AppConfig):
    name = "jobsphere.backoffice"
    label = "backoffice"
