"""Invoices, credit notes and taxes, drawn up from what the money does."""

from django.apps import AppConfig


class InvoicesConfig(AppConfig):
    name = "jobsphere.invoices"
    label = "invoices"

    def ready(self) -> None:
        """Register what listens to events, what reconciliation asks, and what is held about people."""
        from jobsphere.invoices import checks, handlers, personal_data  # noqa: F401  they register themselves
        from jobsphere.users.personal_data import register

        register("invoices", export=personal_data.export, erase=personal_data.erase)
