"""What tax authorities are told of contractors."""

from django.apps import AppConfig


class ReportingConfig(AppConfig):
    name = "jobsphere.reporting"
    label = "reporting"

    def ready(self) -> None:
        """Register what runs by the clock, what payments asks before a withdrawal, and what is held about people."""
        from jobsphere.ledger import checks
        from jobsphere.payments import withholding
        from jobsphere.reporting import collecting, handlers, personal_data, policies, tasks  # noqa: F401  they register themselves
        from jobsphere.users.personal_data import register

        withholding.register(policies.why_withheld)
        checks.register("reporting.sums", collecting.sums_match_the_books, collecting.EXPLANATIONS)
        register("reporting", export=personal_data.export, erase=personal_data.erase)
