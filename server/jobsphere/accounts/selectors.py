"""What a person sees of their account."""

from dataclasses import replace
from uuid import UUID

from jobsphere.accounts import rules
from jobsphere.accounts.models import CleanUp, CleanUpReport, Consent, DataExport, EmailChange
from jobsphere.accounts.types import (
    AccountState,
    ChangeStatus,
    CleanUpView,
    ConsentView,
    EmailChangeView,
    ExportStatus,
    ExportView,
    Retention,
    TableRetention,
)
from jobsphere.db import retention as periods
from jobsphere.kit import clock
from jobsphere.kit.actor import Actor
from jobsphere.kit.errors import NotFound
from jobsphere.outbox.policies import require_operator
from jobsphere.users import personal_data
from jobsphere.users.services.email_change import credential_now


def state(viewer: Actor) -> AccountState:
    """Return consents, a change that is under way, and what would speak against deleting the account now."""
    return AccountState(
        blockers=tuple(personal_data.blockers(personal_data.subject_of(viewer.known_id()))),
        consents=consents(viewer),
        email_change=_email_change(viewer),
        recover_days=rules.RECOVERY.days,
        grace_days=rules.GRACE.days,
    )


def consents(viewer: Actor) -> tuple[ConsentView, ...]:
    """Return what the person said last about each thing."""
    newest = {row.kind: row for row in Consent.objects.filter(user_id=viewer.known_id()).order_by("pk")}
    return tuple(ConsentView(row.kind, row.version, row.given, row.source, row.created_at) for row in newest.values())


def exports(viewer: Actor) -> list[ExportView]:
    """Return the person's data exports, newest first; there are never many."""
    rows = DataExport.objects.filter(user_id=viewer.known_id()).order_by("-pk")[:20]
    return [_export(row) for row in rows]


def export(viewer: Actor, export_id: UUID) -> ExportView:
    """Return one data export; raises NotFound for anybody else's."""
    return _export(_export_row(viewer, export_id))


def export_file(viewer: Actor, export_id: UUID) -> str:
    """Return the file of a finished export; raises NotFound for anybody else's, or when its time is over."""
    row = _export_row(viewer, export_id)
    if row.status != ExportStatus.READY or row.expires_at is None or row.expires_at <= clock.now():
        raise NotFound("This export is not ready, or its time is over. Ask for a new one.")
    return row.filename


def _export_row(viewer: Actor, export_id: UUID) -> DataExport:
    row = DataExport.objects.filter(pk=export_id, user_id=viewer.known_id()).first()
    if row is None:
        raise NotFound("You have asked for no such export.")
    return row


def _export(row: DataExport) -> ExportView:
    url = f"/api/account/exports/{row.id}/file/" if row.status == ExportStatus.READY else ""
    return ExportView(row.id, row.status, row.done, row.total, row.size, url, row.expires_at, row.created_at)


def _email_change(viewer: Actor) -> EmailChangeView | None:
    open_ = EmailChange.objects.filter(user_id=viewer.known_id(), status=ChangeStatus.PENDING)
    row = open_.filter(expires_at__gt=credential_now()).first()
    if row is None:
        return None
    return EmailChangeView(
        row.id, row.new_email, row.old_confirmed_at is not None, row.new_confirmed_at is not None, row.expires_at
    )


#: Runs that staff see.
_RUNS = 14


def retention(viewer: Actor) -> Retention:
    """Return what is said of every table, and what the last clean-ups did; raises Forbidden for who is no operator."""
    require_operator(viewer)
    runs = list(CleanUp.objects.order_by("-pk").prefetch_related("reports")[:_RUNS])
    last: dict[str, CleanUpReport] = {}
    for run in reversed(runs):
        last |= {report.table: report for report in run.reports.all()}
    return Retention(
        tables=tuple(_table(rule, last.get(rule.table)) for rule in periods.rules()),
        runs=tuple(_run(run) for run in runs),
    )


def removed_by(run_id: UUID) -> list[tuple[str, int]]:
    """Return how many rows of each table a run has removed."""
    return list(CleanUpReport.objects.filter(run_id=run_id).order_by("table").values_list("table", "removed"))


def _table(rule: periods.Rule, report: CleanUpReport | None) -> TableRetention:
    period = rule.period()
    days = None if period is None else period.days
    row = TableRetention(rule.table, rule.how, days, rule.days, rule.why, rule.by)
    if report is None:
        return row
    return replace(
        row,
        cleaned_at=report.created_at,
        removed=report.removed,
        unfinished=report.unfinished,
        error=report.error,
    )


def _run(run: CleanUp) -> CleanUpView:
    reports = list(run.reports.all())
    failed = tuple(sorted(each.table for each in reports if each.error))
    removed = sum(each.removed for each in reports)
    return CleanUpView(run.id, run.source, run.created_at, run.finished_at, removed, len(reports), failed)


def export_names(prefix: str) -> list[str]:
    """Return the names of the contents of exports that begin like this, which the sweep of files must leave alone."""
    return list(DataExport.objects.filter(filename__startswith=prefix).values_list("filename", flat=True))
