"""How long money's vouchers and what gateways told us are kept."""

from django.db.models import Q

from jobsphere.db.retention import Rule, delete, follow, keep
from jobsphere.payments.models import GatewayEvent

RULES: list[Rule] = [
    delete(
        GatewayEvent,
        days="webhooks",
        only=Q(handled_at__isnull=False),
        why="As the gateway signed it, with names and addresses; what comes again later is only looked at again.",
    ),
    *keep(
        "payments_payment",
        "payments_refund",
        "payments_payout",
        "payments_payoutcoverage",
        "payments_chargeback",
        "payments_earninglot",
        "payments_gatewaymovement",
        "payments_gatewayoperation",
        why="Vouchers of the books: kept as long as these; what names a person is emptied when the person leaves.",
    ),
    *keep(
        "payments_savedmethod",
        why="Which card paid; never its number. Emptied and removed at the gateway when its owner leaves.",
    ),
    *follow(
        "payments_payee",
        "payments_payeeaccount",
        of="users_user",
        why="Where somebody is paid; emptied when they leave.",
    ),
    *keep("payments_gatewayhealth", why="One row for each gateway; about nobody."),
]
