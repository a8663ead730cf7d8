"""What is held about a person on floors that do not know people (audit, outbox, web), and here."""

from jobsphere.accounts.models import Consent, DataExport, EmailChange
from jobsphere.audit import selectors as audit
from jobsphere.outbox import selectors as outbox
from jobsphere.users.personal_data import Data, Subject, register, table
from jobsphere.web import idempotency


def register_all() -> None:
    """Register our own part and those of the floors below users."""
    register("consents", export=_export_own, erase=_erase_own)
    register("audit", export=_export_audit, erase=_keep)
    register("activity", export=_export_activity, erase=_keep)
    register("answers", export=_export_answers, erase=_erase_answers)


def _export_own(subject: Subject) -> Data:
    return {
        "consents": table(
            Consent.objects.filter(user_id=subject.id), "kind", "version", "given", "source", "created_at"
        ),
        "email_changes": table(
            EmailChange.objects.filter(user_id=subject.id), "status", "old_email", "new_email", "created_at"
        ),
        "exports": table(DataExport.objects.filter(user_id=subject.id), "status", "size", "created_at"),
    }


def _erase_own(subject: Subject) -> None:
    """Consents stay as proof, by id; addresses that were asked for go."""
    EmailChange.objects.filter(user_id=subject.id).delete()
    DataExport.objects.filter(user_id=subject.id).delete()


def _export_audit(subject: Subject) -> Data:
    return audit.entries_about(subject.id)


def _export_activity(subject: Subject) -> Data:
    return outbox.events_of(subject.id)


def _keep(subject: Subject) -> None:
    """Change nothing: these rows cannot be changed, and name people by id alone. The name behind the id is gone."""


def _export_answers(subject: Subject) -> Data:
    return [{"note": f"{idempotency.count_of(subject.id)} answers of the last two days, kept to answer retries alike."}]


def _erase_answers(subject: Subject) -> None:
    idempotency.forget(subject.id)
