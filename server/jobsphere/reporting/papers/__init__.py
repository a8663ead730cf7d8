"""The files and papers of reporting."""

from jobsphere.invoices.selectors import brand
from jobsphere.kit.actor import Actor
from jobsphere.kit.errors import NotFound
from jobsphere.reporting.models import ReportLine, Seller
from jobsphere.reporting.papers.form_1099_k import Form, pdf_of
from jobsphere.reporting.rules import Regime


def recipient_copy(viewer: Actor, year: int) -> bytes:
    """Return the viewer's own copy of the latest form 1099-K of a year; raises NotFound before it was filed."""
    mine = {"user_id": viewer.known_id(), "report__year": year, "report__regime": Regime.FORM_1099_K}
    line = ReportLine.objects.filter(**mine).order_by("-id").first()
    seller = Seller.objects.filter(user_id=viewer.known_id()).first()
    if line is None or seller is None:
        raise NotFound("No form 1099-K was filed for you for this year.")
    said, is_corrected = line.figures, line.change != "new"
    account = viewer.known_id().hex[:12].upper()
    form = Form(year, account, seller.details, said["gross"], sum(said["transactions"]), is_corrected)
    return pdf_of(brand(), form)
