"""The verbs of documents: issue what an event makes necessary; set rates, brand and tax details."""

from jobsphere.invoices.services.issuing import issue
from jobsphere.invoices.services.settings import add_rate, end_rate, save_tax_details, set_brand

__all__ = ["add_rate", "end_rate", "issue", "save_tax_details", "set_brand"]
