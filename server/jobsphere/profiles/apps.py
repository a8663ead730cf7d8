"""What contractors offer and customers are, and the words for trades and skills."""

from django.apps import AppConfig


class ProfilesConfig(AppConfig):
    name = "jobsphere.profiles"
    label = "profiles"
