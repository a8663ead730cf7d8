"""Stored files: uploads, and who may read them."""

from django.apps import AppConfig


class FilesConfig(AppConfig):
    name = "jobsphere.files"
    label = "files"

    def ready(self) -> None:
        """Register the jobs, what key rotation has to seal again, and what we hold about people."""
        from jobsphere.db.encryption_rotation import register as register_store
        from jobsphere.files import housekeeping, personal_data, sealing, tasks  # noqa: F401
        from jobsphere.files.documents import tasks as reading  # noqa: F401
        from jobsphere.users.personal_data import register

        register_store(sealing.STORE)
        register("files", export=personal_data.export, erase=personal_data.erase)
