"""How much a person may store: reserved by one guarded update, so that no two uploads pass the limit together."""

from datetime import UTC, datetime, time, timedelta
from uuid import UUID

from django.conf import settings
from django.db.models import F, Value
from django.db.models.functions import Greatest

from jobsphere.db.guarded import update_where
from jobsphere.db.transactions import require_transaction
from jobsphere.files.errors import StorageQuotaReached, UploadsQuotaReached
from jobsphere.files.models import FileUsage
from jobsphere.files.types import Usage
from jobsphere.kit import clock
from jobsphere.kit.errors import DomainError


def usage_of(owner_id: UUID) -> Usage:
    """Return what a person stores and may store; one query."""
    row = FileUsage.objects.filter(pk=owner_id).first()
    today = row if row and row.day == clock.now().date() else None
    return Usage(
        used_bytes=row.used_bytes if row else 0,
        limit_bytes=settings.STORAGE_PER_PERSON,
        uploads_today=today.uploads if today else 0,
        uploads_a_day=settings.UPLOADS_A_DAY,
        uploaded_bytes_today=today.uploaded_bytes if today else 0,
        bytes_a_day=settings.UPLOAD_BYTES_A_DAY,
        max_size=settings.MAX_FILE_SIZE,
    )


def require_room(owner_id: UUID, size: int) -> None:
    """Refuse early, before anything is written; `reserve` is what decides.

    Raises StorageQuotaReached, UploadsQuotaReached.
    """
    if problem := _problem(usage_of(owner_id), size):
        raise problem


def reserve(owner_id: UUID, size: int) -> None:
    """Count a new file of the person, or refuse it; of two at once only those that fit.

    Raises StorageQuotaReached, UploadsQuotaReached.
    """
    require_transaction()
    today = clock.now().date()
    FileUsage.objects.bulk_create([FileUsage(owner_id=owner_id, day=today)], ignore_conflicts=True)
    update_where(FileUsage, {"pk": owner_id, "day__lt": today}, day=today, uploads=0, uploaded_bytes=0)
    fits = {
        "pk": owner_id,
        "used_bytes__lte": settings.STORAGE_PER_PERSON - size,
        "uploads__lt": settings.UPLOADS_A_DAY,
        "uploaded_bytes__lte": settings.UPLOAD_BYTES_A_DAY - size,
    }
    more = {"used_bytes": F("used_bytes") + size, "uploads": F("uploads") + 1}
    if not update_where(FileUsage, fits, uploaded_bytes=F("uploaded_bytes") + size, **more):
        raise _problem(usage_of(owner_id), size) or StorageQuotaReached()


def release(owner_id: UUID, size: int) -> None:
    """Give room back; what was uploaded today stays counted, else deleting would be a way around the day's limit."""
    require_transaction()
    FileUsage.objects.filter(pk=owner_id).update(used_bytes=Greatest(F("used_bytes") - size, Value(0)))


def _problem(usage: Usage, size: int) -> DomainError | None:
    if usage.used_bytes + size > usage.limit_bytes:
        return StorageQuotaReached(
            f"Your files have {_words(usage.used_bytes)} of {_words(usage.limit_bytes)}. Delete some that you do not "
            "need any more (Settings, Your files), then try again.",
            used_bytes=usage.used_bytes,
            limit_bytes=usage.limit_bytes,
        )
    if usage.uploads_today >= usage.uploads_a_day or usage.uploaded_bytes_today + size > usage.bytes_a_day:
        return UploadsQuotaReached(
            f"A day has room for {usage.uploads_a_day} files with {_words(usage.bytes_a_day)} in all. Go on tomorrow.",
            resets_at=_midnight().isoformat().replace("+00:00", "Z"),
        )
    return None


def _midnight() -> datetime:
    return datetime.combine(clock.now().date() + timedelta(days=1), time(), tzinfo=UTC)


def _words(size: int) -> str:
    return f"{size / 1_000_000:.0f} MB" if size >= 1_000_000 else f"{size / 1000:.0f} KB"
