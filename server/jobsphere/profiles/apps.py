"""What contractors offer and customers are, and the words for trades and skills."""

from django.apps import AppConfig


class ProfilesConfig(AppConfig):
    name = "jobsphere.profiles"
    label = "profiles"

    def ready(self) -> None:
        """Register handlers and tasks, and who reads the pages of a paper."""
        from jobsphere.files import access
        from jobsphere.files.types import Purpose
        from jobsphere.profiles import handlers, policies, selectors, tasks  # noqa: F401
        from jobsphere.profiles.verification.selectors import may_read_files

        access.register("verification", may_read_files)
        access.register(
            "avatar",
            selectors.anybody_sees,
            readable=selectors.all_of_them,
            may_change=policies.is_oneself,
            purpose=Purpose.AVATAR,
            most=1,
        )
        access.register(
            "portfolio_entry",
            selectors.anybody_sees,
            readable=selectors.all_of_them,
            may_change=policies.may_change_entry,
            purpose=Purpose.PORTFOLIO,
            most=8,
        )

        from jobsphere.moderation import subjects
        from jobsphere.profiles.reported import profile_subject

        subjects.register("profile", profile_subject)

        from jobsphere.profiles import personal_data
        from jobsphere.users.personal_data import register

        register("profiles", export=personal_data.export, erase=personal_data.erase)

        from jobsphere.profiles import heads
        from jobsphere.web.heads import listed_pages, public_page

        public_page(r"/contractors/([0-9a-f-]{36})", heads.contractor_head)
        listed_pages(heads.public_profiles)
