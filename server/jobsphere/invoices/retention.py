"""How long documents are kept."""

from jobsphere.db.retention import Rule, follow, keep

RULES: list[Rule] = [
    *keep(
        "invoices_invoice",
        "invoices_invoiceline",
        "invoices_invoicecounter",
        "invoices_start",
        why="Tax law asks for them for up to ten years, and the numbers prove that none is missing.",
    ),
    *keep(
        "invoices_invoicewords",
        why="Who sold what to whom: the law has us keep it with the document (GDPR art. 17(3)(b)). Sealed.",
    ),
    *keep("invoices_brand", "invoices_taxrate", why="Documents of their time refer to them; nothing about a person."),
    *follow("invoices_taxdetails", of="users_user", why="Goes when the person leaves; documents have their own copy."),
]
