"""Connected accounts: what a payee must still tell, the gate that opens and closes, and the onboarding link."""

import secrets
from typing import Any

from jobsphere.payments.gateways.sandbox.cards import BANKS_BY_NUMBER
from jobsphere.payments.gateways.sandbox.events import emit
from jobsphere.payments.gateways.sandbox.faults import Trouble
from jobsphere.payments.gateways.sandbox.objects import Body, Stored, add, get, look, new_id, page, save
from jobsphere.payments.gateways.sandbox.state import SandboxState
from jobsphere.payments.gateways.sandbox.wire import (
    Request,
    WireError,
    choice,
    invalid,
    metadata_of,
    not_ours,
    required,
)

#: What an Express account must tell before it can be paid.
REQUIREMENTS = (
    "external_account",
    "individual.first_name",
    "individual.last_name",
    "tos_acceptance.date",
    "tos_acceptance.ip",
)
_LINK_SECONDS = 300


def create(state: SandboxState, request: Request) -> Body:
    """POST /v1/accounts."""
    params = request.params
    country = str(params.get("country", "US"))
    if len(country) != 2 or not country.isalpha():
        raise invalid(f"Country '{country}' is unknown.", "country", "country_unsupported")
    requested = params.get("capabilities") or {}
    account = add(state, _new_account(state, params, country, sorted(requested)))
    return account.body


def retrieve(state: SandboxState, request: Request, account_id: str) -> Body:
    """GET /v1/accounts/{id}."""
    account = look(state, account_id)
    if account is None or account.body["object"] != "account":
        raise not_ours(account_id)
    return account.body


def list_all(state: SandboxState, request: Request) -> Body:
    """GET /v1/accounts."""
    return page(state, "account", request.params, url="/v1/accounts")


def create_link(state: SandboxState, request: Request, trouble: Trouble) -> Body:
    """POST /v1/account_links: a page that can be opened once, for five minutes."""
    params = request.params
    choice(params, "type", ("account_onboarding", "account_update"))
    account = get(state, "account", str(required(params, "account")), param="account")
    account.hidden |= {
        "token": secrets.token_urlsafe(12),
        "expires": state.now() + _LINK_SECONDS,
        "return_url": required(params, "return_url"),
        "refresh_url": required(params, "refresh_url"),
    }
    save(state, account)
    return {
        "object": "account_link",
        "created": state.now(),
        "expires_at": account.hidden["expires"],
        "url": f"{trouble.public_url}/onboarding/{account.id}?token={account.hidden['token']}",
    }


def complete(state: SandboxState, account_id: str, *, bank: str, holder: str = "") -> Body:
    """Tell everything that is required, as the payee on the onboarding page does. `bank` is a test account number."""
    account = get(state, "account", account_id)
    if bank not in BANKS_BY_NUMBER:
        raise invalid("This is not a test account number.", "external_account", "account_number_invalid")
    body = _new_bank(state, account, bank, holder)
    account.body["external_accounts"] |= {"data": [body]}
    account.hidden |= {"bank": bank, "token": ""}
    account.body["details_submitted"] = True
    _set_gate(account, (), "")
    save(state, account)
    emit(state, "account.external_account.created", body, account=account.id)
    emit(state, "account.updated", account.body, account=account.id)
    return account.body


def change_bank(state: SandboxState, account_id: str, *, bank: str, holder: str = "") -> Body:
    """Let the payee (or whoever has got into their account) name another bank account on the gateway's own page."""
    account = get(state, "account", account_id)
    if not account.body["details_submitted"]:
        raise WireError("The account has not told everything yet.")
    if bank not in BANKS_BY_NUMBER:
        raise invalid("This is not a test account number.", "external_account", "account_number_invalid")
    body = _new_bank(state, account, bank, holder)
    account.body["external_accounts"] |= {"data": [body]}
    account.hidden["bank"] = bank
    save(state, account)
    emit(state, "account.external_account.created", body, account=account.id)
    emit(state, "account.updated", account.body, account=account.id)
    return account.body


def restrict(state: SandboxState, account_id: str, due: tuple[str, ...], reason: str) -> None:
    """Close the gate again: no transfer and no payout until the payee has told more."""
    account = get(state, "account", account_id)
    _set_gate(account, due, reason)
    save(state, account)
    emit(state, "account.updated", account.body, account=account.id)


def unrestrict(state: SandboxState, account_id: str) -> None:
    """Open the gate of an account that has told everything."""
    account = get(state, "account", account_id)
    if not account.body["details_submitted"]:
        raise WireError("The account has not told everything yet.")
    _set_gate(account, (), "")
    save(state, account)
    emit(state, "account.updated", account.body, account=account.id)


def _set_gate(account: Stored, due: tuple[str, ...], reason: str) -> None:
    is_open = not due and not reason
    account.body["payouts_enabled"] = account.body["charges_enabled"] = is_open
    status = "active" if is_open else "inactive"
    account.body["capabilities"] = dict.fromkeys(account.body["capabilities"], status)
    account.body["requirements"] |= {
        "currently_due": list(due),
        "eventually_due": list(due),
        "past_due": list(due) if reason == "requirements.past_due" else [],
        "disabled_reason": reason or None,
    }


def _new_bank(state: SandboxState, account: Stored, number: str, holder: str) -> Body:
    return {
        "id": new_id("bank_account"),
        "object": "bank_account",
        "account": account.id,
        "account_holder_name": holder or None,
        "account_holder_type": "individual",
        "account_type": None,
        "available_payout_methods": ["standard", "instant"] if BANKS_BY_NUMBER[number].instant else ["standard"],
        "bank_name": "SANDBOX TEST BANK",
        "country": account.body["country"],
        "currency": account.body["default_currency"],
        "default_for_currency": True,
        "fingerprint": f"sandbox{number[-4:]}",
        "last4": number[-4:],
        "metadata": {},
        "routing_number": "110000000",
        "status": "new",
    }


_CURRENCIES = {"US": "usd", "GB": "gbp", "CA": "cad", "AU": "aud", "JP": "jpy", "CH": "chf", "NG": "ngn", "IN": "inr"}


def _requirements(due: tuple[str, ...]) -> dict[str, Any]:
    return {
        "alternatives": [],
        "current_deadline": None,
        "currently_due": list(due),
        "disabled_reason": "requirements.past_due" if due else None,
        "errors": [],
        "eventually_due": list(due),
        "past_due": [],
        "pending_verification": [],
    }


def _new_account(state: SandboxState, params: Body, country: str, capabilities: list[str]) -> Body:
    account_id = new_id("account")
    return {
        "id": account_id,
        "object": "account",
        "business_profile": {"mcc": None, "name": None, "product_description": None, "url": None},
        "business_type": params.get("business_type"),
        "capabilities": dict.fromkeys(capabilities, "inactive"),
        "charges_enabled": False,
        "controller": {
            "fees": {"payer": "application_express"},
            "is_controller": True,
            "losses": {"payments": "application"},
            "requirement_collection": "stripe",
            "stripe_dashboard": {"type": "express"},
            "type": "application",
        },
        "country": country.upper(),
        "created": state.now(),
        "default_currency": _CURRENCIES.get(country.upper(), "eur"),
        "details_submitted": False,
        "email": params.get("email"),
        "external_accounts": {
            "object": "list",
            "data": [],
            "has_more": False,
            "url": f"/v1/accounts/{account_id}/external_accounts",
        },
        "future_requirements": _requirements(()),
        "metadata": metadata_of(params),
        "payouts_enabled": False,
        "requirements": _requirements(REQUIREMENTS),
        "settings": {
            "branding": {"icon": None, "logo": None, "primary_color": None, "secondary_color": None},
            "card_payments": {"statement_descriptor_prefix": None},
            "dashboard": {"display_name": None, "timezone": "Etc/UTC"},
            "payments": {"statement_descriptor": None},
            "payouts": {
                "debit_negative_balances": True,
                "schedule": {"delay_days": 2, "interval": _interval(params)},
                "statement_descriptor": None,
            },
        },
        "tos_acceptance": {"date": None, "ip": None, "user_agent": None},
        "type": choice(params, "type", ("express", "custom", "standard")),
    }


def _interval(params: Body) -> str:
    schedule = ((params.get("settings") or {}).get("payouts") or {}).get("schedule") or {}
    return choice(schedule, "interval", ("daily", "manual", "weekly", "monthly"))
