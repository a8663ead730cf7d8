"""Who did what."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "jobsphere.audit"
    label = "audit"
