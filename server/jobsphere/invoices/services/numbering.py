"""Numbers without gaps: the counter rises in the transaction that uses the number."""

from django.db.models import F

from jobsphere.db.guarded import update_where
from jobsphere.db.transactions import require_transaction
from jobsphere.invoices.models import InvoiceCounter


def next_number(issuer: str, year: int) -> int:
    """Take the next number of an issuer in a year.

    The UPDATE locks the counter's row until the transaction ends: who comes second waits, and a rollback gives the
    number back. Never read before it is raised, so nobody can hold the same one.
    """
    require_transaction()
    for _ in range(2):
        row = InvoiceCounter.objects.filter(issuer=issuer, year=year).only("pk").first()
        if row is None:
            InvoiceCounter.objects.bulk_create([InvoiceCounter(issuer=issuer, year=year)], ignore_conflicts=True)
            continue
        if update_where(InvoiceCounter, {"pk": row.pk}, last=F("last") + 1):
            return int(InvoiceCounter.objects.values_list("last", flat=True).get(pk=row.pk))
    raise RuntimeError(f"the counter of {issuer} in {year} could not be made")
