"""The ledger app: it puts its triggers back after every migration and refuses to run without them."""

from django.apps import AppConfig


class LedgerConfig(AppConfig):
    name = "jobsphere.ledger"
    label = "ledger"
    verbose_name = "Ledger"

    def ready(self) -> None:
        from jobsphere.ledger import figures, reconcile, runs, tasks, triggers  # noqa: F401

        triggers.connect_signals(self)
        reconcile.register_own()

        from jobsphere.ledger import personal_data
        from jobsphere.users.personal_data import register

        register("ledger", export=personal_data.export, erase=personal_data.erase, blockers=personal_data.blockers)
