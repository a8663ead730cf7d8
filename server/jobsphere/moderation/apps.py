"""Safety between people: blocks, reports, decisions with their reasons, restrictions and appeals."""

from django.apps import AppConfig


class ModerationConfig(AppConfig):
    name = "jobsphere.moderation"
    label = "moderation"

    def ready(self) -> None:
        """Register handlers and tasks; keep suspended accounts closed; say what we hold about people."""
        from jobsphere.moderation import handlers, personal_data, tasks  # noqa: F401
        from jobsphere.moderation.policies import refuse_suspended
        from jobsphere.users import closing
        from jobsphere.users.personal_data import register

        closing.register(refuse_suspended)
        register("moderation", export=personal_data.export, erase=personal_data.erase)
