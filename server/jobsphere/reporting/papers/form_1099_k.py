"""Form 1099-K: a table of its boxes, one row a payee, and the recipient's copy on paper.

The boxes are those of the form (Rev. March 2024): 1a gross amount, 1b card not present, 3 number of transactions,
4 tax withheld, 5a-5l by month. The portal of the IRS (IRIS) has a CSV template of its own for each tax year, behind its
sign-in: the columns here carry the names of the boxes, to be put under that template's headings. Dollars with cents.
"""

import csv
import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import typst

from jobsphere.invoices.types import BrandView

_HERE = Path(__file__).parent
_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_LETTERS = "abcdefghijkl"
COLUMNS = (
    *("Tax year", "Form", "Corrected", "Filer name", "Filer TIN", "Filer address", "Filer type"),
    *("Recipient TIN type", "Recipient TIN", "Recipient name", "Street", "City", "State", "ZIP", "Account number"),
    *("Box 1a", "Box 1b", "Box 3", "Box 4"),
    *(f"Box 5{letter} {month}" for letter, month in zip(_LETTERS, _MONTHS, strict=True)),
)


@dataclass(frozen=True, slots=True)
class Form:
    """One payee's form; amounts are cents by month."""

    year: int
    account: str
    details: Mapping[str, str]
    gross: Sequence[int]
    transactions: int
    corrected: bool = False

    @property
    def name(self) -> str:
        """Return the payee's name as it stands on the form."""
        said = self.details
        return said["legal_name"] if said["kind"] == "entity" else f"{said['first_name']} {said['last_name']}"


def csv_of(operator: BrandView, forms: Sequence[Form]) -> str:
    """Return the table."""
    out = io.StringIO()
    rows = csv.writer(out)
    rows.writerow(COLUMNS)
    for form in forms:
        said = form.details
        filer = (operator.name, operator.tax_number, ", ".join(operator.address.splitlines()), "TPSO")
        recipient = ("EIN" if said["kind"] == "entity" else "SSN", said["tin"], form.name)
        where = (said["street"], said["city"], said["region"], said["post_code"], form.account)
        total = dollars(sum(form.gross))
        boxes = (total, total, form.transactions, dollars(0), *map(dollars, form.gross))
        head = (form.year, "1099-K", "X" if form.corrected else "")
        rows.writerow(map(_plain, (*head, *filer, *recipient, *where, *boxes)))
    return out.getvalue()


def pdf_of(operator: BrandView, form: Form) -> bytes:
    """Return the recipient's copy; the tax number shows its last four digits only, as the IRS allows."""
    boxes = [
        ["1a  Gross amount of third party network transactions", dollars(sum(form.gross))],
        ["1b  Card not present transactions", dollars(sum(form.gross))],
        ["3   Number of payment transactions", str(form.transactions)],
        ["4   Federal income tax withheld", dollars(0)],
        *_months(form),
    ]
    said = form.details
    document = {
        "year": str(form.year),
        "corrected": form.corrected,
        "colour": operator.colour,
        "filer": [operator.name, *operator.address.splitlines(), f"TIN {operator.tax_number}"],
        "recipient": [
            form.name,
            said["street"],
            f"{said['city']} {said['region']} {said['post_code']}",
            f"TIN {'*' * 5}{said['tin'][-4:]}",
        ],
        "account": form.account,
        "boxes": boxes,
    }
    return _compile(json.dumps(document, sort_keys=True))


def _months(form: Form) -> list[list[str]]:
    names = zip(_LETTERS, _MONTHS, form.gross, strict=True)
    return [[f"5{letter}  {month}", dollars(amount)] for letter, month, amount in names]


@lru_cache(maxsize=16)
def _compile(document: str) -> bytes:
    return bytes(typst.compile(_HERE / "form_1099_k.typ", sys_inputs={"document": document}, ignore_system_fonts=True))


def dollars(cents: int) -> str:
    """Return cents as a form has them."""
    return f"{cents // 100}.{cents % 100:02d}"


def _plain(value: object) -> str:
    """Return a cell that no spreadsheet takes for a formula."""
    text = str(value)
    return f"'{text}" if text[:1] in ("=", "+", "-", "@") else text
