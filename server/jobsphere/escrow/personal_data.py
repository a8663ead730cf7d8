"""What holds say about a person: the reason why staff froze one."""

from django.db.models import Q

from jobsphere.escrow.models import EscrowHold
from jobsphere.users.personal_data import Data, Subject, scrub, table


def export(subject: Subject) -> Data:
    """Return the money that is or was held for or from the person."""
    mine = EscrowHold.objects.filter(Q(payer_id=subject.id) | Q(payee_id=subject.id))
    return table(mine, "id", "status", "currency", "created_at")


def erase(subject: Subject) -> None:
    """Take name, address and number out of the reasons; amounts stay."""
    mine = EscrowHold.objects.filter(Q(payer_id=subject.id) | Q(payee_id=subject.id))
    scrub(mine, ("frozen_reason",), subject)
