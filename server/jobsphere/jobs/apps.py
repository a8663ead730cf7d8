"""Jobs, proposals and the search for them."""

from django.apps import AppConfig


class JobsConfig(AppConfig):
    name = "jobsphere.jobs"
    label = "jobs"

    def ready(self) -> None:
        from jobsphere.jobs import handlers, policies, tasks  # noqa: F401  registers subscribers and tasks
        from jobsphere.messaging.policies import register_subject

        register_subject("job", policies.may_write_about_job)
