"""What a gateway still wants to know of a payee, in our words: what it is, why it is asked, and what to do. Pure.

The gateway's own codes are patterns here; a code that no row knows gets a text that is true of all of them.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class RequirementGroup(StrEnum):
    """What a requirement is about."""

    IDENTITY = "identity"
    BANK = "bank"
    BUSINESS = "business"
    TERMS = "terms"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Requirement:
    """One thing that is asked. `codes` are the gateway's own names of it; `overdue`: it has closed the gate."""

    group: RequirementGroup
    title: str
    why: str
    action: str
    codes: tuple[str, ...] = ()
    overdue: bool = False


_G = RequirementGroup
_LAW = "The law asks everybody who pays people to know who they are."
_FORM = "Open the form and fill it in; it takes a minute."

#: The first row that fits a code names it; the more exact ones come first.
_TABLE: tuple[tuple[str, RequirementGroup, str, str, str], ...] = (
    (
        r"external_account|bank_account",
        _G.BANK,
        "A bank account to pay out to",
        "Withdrawals need somewhere to go.",
        "Have your account number at hand and open the form.",
    ),
    (
        r"verification\.(additional_)?document|proof_of_liveness",
        _G.IDENTITY,
        "A photo of your passport, identity card or driving licence",
        _LAW,
        "Take a clear photo of the whole card, front and back, and upload it in the form.",
    ),
    (r"\.dob", _G.IDENTITY, "Your date of birth", _LAW, _FORM),
    (r"first_name|last_name|full_name", _G.IDENTITY, "Your full name", _LAW, "Write it as it stands on your passport."),
    (
        r"ssn|id_number|tax_id|vat_id|political",
        _G.IDENTITY,
        "Your tax or identity number",
        "What you earn is reported where the law says so.",
        "You find it on your tax letter or identity card.",
    ),
    (r"address", _G.IDENTITY, "Your home address", _LAW, "It must be where you live; a post box is not enough."),
    (r"phone", _G.IDENTITY, "Your phone number", "The bank reaches you there if something is wrong.", _FORM),
    (r"email", _G.IDENTITY, "Your e-mail address", "The payment service writes to you there.", _FORM),
    (
        r"tos_acceptance",
        _G.TERMS,
        "Your agreement to the payment terms",
        "The payment service may pay you only with your agreement.",
        "Read the terms in the form and agree.",
    ),
    (
        r"business_profile|business_type|company|mcc|product_description",
        _G.BUSINESS,
        "What you do, and whether you work alone or as a company",
        "The payment service must know what it pays for.",
        "A line is enough: what work you do, and for whom.",
    ),
    (r"owners|directors|representative|person_", _G.BUSINESS, "Who owns and runs your company", _LAW, _FORM),
)


def translate(due: Iterable[str], past_due: Iterable[str] = ()) -> tuple[Requirement, ...]:
    """Put the gateway's codes into words, each thing once, grouped, what is overdue first."""
    overdue = set(past_due)
    found: dict[str, Requirement] = {}
    for code in dict.fromkeys([*past_due, *due]):
        one = _one(code, code in overdue)
        there = found.get(one.title)
        found[one.title] = _merged(there, one) if there else one
    order = list(RequirementGroup)
    return tuple(sorted(found.values(), key=lambda each: (not each.overdue, order.index(each.group))))


def _one(code: str, overdue: bool) -> Requirement:
    for pattern, group, title, why, action in _TABLE:
        if re.search(pattern, code):
            return Requirement(group, title, why, action, (code,), overdue)
    name = re.sub(r"[._]+", " ", code).strip()
    return Requirement(
        _G.OTHER,
        f"One more thing: {name}",
        "The payment service asks for it; it does not tell us more.",
        "Open the form: it says there what exactly is meant.",
        (code,),
        overdue,
    )


def _merged(first: Requirement, second: Requirement) -> Requirement:
    return Requirement(
        first.group,
        first.title,
        first.why,
        first.action,
        (*first.codes, *second.codes),
        first.overdue or second.overdue,
    )


_REASONS: tuple[tuple[str, str], ...] = (
    (r"past_due", "Something the payment service asked for is missing, so withdrawals are paused."),
    (r"pending_verification", "The payment service is checking what you sent. This takes up to two days."),
    (r"under_review", "The payment service is looking at your account. We tell you when it is done."),
    (r"^rejected", "The payment service has closed your account and pays nothing to it. Please write to us."),
    (r"listed|fraud", "The payment service has stopped your account. Please write to us."),
    (r"platform_paused", "The marketplace has paused your withdrawals. Please write to us."),
)


def explain(disabled_reason: str) -> str:
    """Put the gateway's reason for a closed gate into words; empty when it gave none."""
    if not disabled_reason:
        return ""
    for pattern, words in _REASONS:
        if re.search(pattern, disabled_reason):
            return words
    return "The payment service has paused your withdrawals and does not say why. Please write to us."
