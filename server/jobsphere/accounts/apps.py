"""A person's account over time: consent, a new address, closing and coming back, their data to take away, leaving."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "jobsphere.accounts"
    label = "accounts"

    def ready(self) -> None:
        """Register jobs, tasks and listeners, the way back into closed accounts, and what is held about people."""
        from jobsphere.accounts import handlers, personal_data, selectors, tasks  # noqa: F401
        from jobsphere.accounts.services.closing import offer_way_back
        from jobsphere.files import contents
        from jobsphere.users import closing

        personal_data.register_all()
        contents.register("exports", selectors.export_names)
        closing.register_way_back(offer_way_back)
