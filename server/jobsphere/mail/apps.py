"""Letters: what they look like and how they leave."""

from django.apps import AppConfig


class MailConfig(AppConfig):
    name = "jobsphere.mail"
    label = "mail"
