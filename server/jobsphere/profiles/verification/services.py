"""Verbs of papers: the contractor hands in and takes back, staff decide, the clock ends them."""

from uuid import UUID

from jobsphere.audit import services as audit
from jobsphere.db.encryption_fields import sealed
from jobsphere.db.guarded import move
from jobsphere.db.transactions import require_transaction
from jobsphere.files import selectors as file_selectors
from jobsphere.files import services as files
from jobsphere.files.types import Purpose
from jobsphere.kit import clock
from jobsphere.kit.actor import CONTRACTOR, SYSTEM, Actor, require_right
from jobsphere.kit.errors import Conflict, FieldError, Forbidden, InvalidInput, WrongStatus
from jobsphere.outbox.services import publish
from jobsphere.profiles import policies
from jobsphere.profiles.events import VerificationDecided, VerificationEnded, VerificationSubmitted
from jobsphere.profiles.models import Category, HiringRequirement, Verification
from jobsphere.profiles.types import PaperDetails, VerificationKind, VerificationStatus
from jobsphere.profiles.verification import rules, selectors
from jobsphere.profiles.verification.rules import OWNER, STAFF, VERIFICATION

TARGET = "verification"
VERIFICATION_RIGHT = "verification"


def submit(*, actor: Actor, paper: PaperDetails) -> UUID:
    """Hand a paper in for staff to look at; returns its id.

    Raises Forbidden without the role, InvalidInput, Conflict when too many papers wait already.
    """
    require_transaction()
    policies.require_role(actor, CONTRACTOR)
    rules.check_paper(paper, clock.now().date())
    waiting = Verification.objects.filter(person_id=actor.known_id(), status__in=["submitted", "more_needed"])
    if waiting.count() >= rules.MAX_WAITING:
        raise Conflict(f"{rules.MAX_WAITING} of your papers wait for an answer. Withdraw one, or wait.")
    row = Verification.objects.create(
        person_id=actor.known_id(),
        kind=paper.kind,
        status=VerificationStatus.SUBMITTED,
        number=paper.number,
        issuer=paper.issuer,
        expires_on=paper.expires_on,
    )
    _attach(actor, row.id, paper.file_ids)
    _submitted(actor, row, "verification.submit")
    return row.id


def resubmit(*, actor: Actor, verification_id: UUID, paper: PaperDetails) -> None:
    """Answer what staff asked for; the files that were there stay. Raises NotFound, WrongStatus, InvalidInput."""
    require_transaction()
    row = selectors.own_row(actor, verification_id)
    _require(row, "resubmit", OWNER)
    rules.check_paper(paper, clock.now().date())
    if paper.kind != row.kind:
        raise InvalidInput.at("/kind", "fixed", "This paper is of another kind; hand in a new one.")
    number = sealed(Verification, "number", row.id, paper.number)
    _move(row, "resubmit", OWNER, number=number, issuer=paper.issuer, expires_on=paper.expires_on, reason="")
    _attach(actor, row.id, paper.file_ids)
    _submitted(actor, row, "verification.resubmit")


def withdraw(*, actor: Actor, verification_id: UUID) -> None:
    """Take a paper back: it counts no more, and its files are deleted. Raises NotFound, WrongStatus."""
    require_transaction()
    row = selectors.own_row(actor, verification_id)
    _move(row, "withdraw", OWNER, number=sealed(Verification, "number", row.id, ""))
    files.remove_attached(actor=actor, target_type=TARGET, target_id=row.id)
    _ended(actor, row, VerificationStatus.WITHDRAWN, "verification.withdraw")


def approve(*, actor: Actor, verification_id: UUID) -> None:
    """Accept a paper; raises Forbidden without "verification" or for one's own, NotFound, WrongStatus, Conflict."""
    row = _for_staff(actor, verification_id)
    if row.expires_on is not None and row.expires_on < clock.now().date():
        raise Conflict("This paper has run out meanwhile. Reject it, or ask for the new one.")
    _decide(actor, row, "approve", "")


def reject(*, actor: Actor, verification_id: UUID, reason: str) -> None:
    """Refuse a paper, or take an approval back, and say why; raises like `approve`."""
    _decide(actor, _for_staff(actor, verification_id), "reject", reason)


def ask_again(*, actor: Actor, verification_id: UUID, reason: str) -> None:
    """Ask for a better copy or for what is missing; raises like `approve`."""
    _decide(actor, _for_staff(actor, verification_id), "ask_again", reason)


def lapse(verification_id: UUID) -> bool:
    """End a paper whose last day is over; False when somebody was faster."""
    require_transaction()
    row = Verification.objects.get(pk=verification_id)
    if not move(Verification, row.id, from_status=VERIFICATION.sources("lapse"), to_status=VerificationStatus.LAPSED):
        return False
    _ended(SYSTEM, row, VerificationStatus.LAPSED, "verification.lapse")
    return True


def require_for_hiring(*, actor: Actor, category: str, kinds: tuple[VerificationKind, ...]) -> None:
    """Say which papers are needed to be hired in a category (a slug; empty: in every category); none is allowed.

    Raises Forbidden without the right "verification", InvalidInput for an unknown category.
    """
    require_transaction()
    require_right(actor, VERIFICATION_RIGHT)
    found = Category.objects.filter(slug=category).first() if category else None
    if category and found is None:
        raise InvalidInput.at("/category", "unknown", f"There is no category '{category}'.")
    HiringRequirement.objects.update_or_create(category=found, defaults={"kinds": sorted(kinds)})
    detail = {"category": category, "kinds": list(kinds)}
    target_id = found.id if found else None
    audit.record(actor=actor, verb="hiring.require", target_type="category", target_id=target_id, detail=detail)


def _for_staff(actor: Actor, verification_id: UUID) -> Verification:
    require_transaction()
    row = selectors.row_for_staff(actor, verification_id)
    if row.person_id == actor.id:
        raise Forbidden("Somebody else must look at your own papers.")
    return row


def _decide(actor: Actor, row: Verification, action: str, reason: str) -> None:
    status = _move(row, action, STAFF, decided_by=actor.id, decided_at=clock.now(), reason=reason)
    detail = {"kind": row.kind, "reason": reason}
    audit.record(actor=actor, verb=f"verification.{action}", target_type=TARGET, target_id=row.id, detail=detail)
    decided = VerificationDecided(verification_id=row.id, person_id=row.person_id, kind=row.kind, status=status.value)
    publish(decided, actor=actor)


def _move(row: Verification, action: str, party: str, **changes: object) -> VerificationStatus:
    status = _require(row, action, party)
    if not move(Verification, row.id, from_status=row.status, to_status=status, **changes):
        raise WrongStatus(action, Verification.objects.get(pk=row.pk).status)
    return status


def _require(row: Verification, action: str, party: str) -> VerificationStatus:
    return VERIFICATION.next(VerificationStatus(row.status), action, party=party)


def _attach(actor: Actor, verification_id: UUID, file_ids: tuple[UUID, ...]) -> None:
    found = file_selectors.files_by_id(file_ids)
    wrong = [index for index, each in enumerate(file_ids) if each in found and found[each].purpose != Purpose.DOCUMENT]
    if wrong:
        detail = "Upload papers with purpose=document: only those rest sealed."
        raise InvalidInput([FieldError(f"/file_ids/{index}", "wrong-purpose", detail) for index in wrong])
    files.attach(actor=actor, file_ids=file_ids, to_type=TARGET, to_id=verification_id)


def _submitted(actor: Actor, row: Verification, verb: str) -> None:
    audit.record(actor=actor, verb=verb, target_type=TARGET, target_id=row.id, detail={"kind": row.kind})
    publish(VerificationSubmitted(verification_id=row.id, person_id=row.person_id, kind=row.kind), actor=actor)


def _ended(actor: Actor, row: Verification, status: VerificationStatus, verb: str) -> None:
    audit.record(actor=actor, verb=verb, target_type=TARGET, target_id=row.id, detail={"kind": row.kind})
    ended = VerificationEnded(verification_id=row.id, person_id=row.person_id, kind=row.kind, status=status.value)
    publish(ended, actor=actor)
