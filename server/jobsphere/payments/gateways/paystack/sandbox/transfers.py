"""Recipients and transfers to them from our balance: at once or after a code, paid, failed, or sent back later."""

from jobsphere.payments.gateways.paystack.sandbox import shapes
from jobsphere.payments.gateways.paystack.sandbox.cards import BANKS, BY_ACCOUNT, BY_BANK
from jobsphere.payments.gateways.paystack.sandbox.events import emit
from jobsphere.payments.gateways.paystack.sandbox.money import available, move
from jobsphere.payments.gateways.paystack.sandbox.store import Body, Row, get, insert, look, page, stamp, update
from jobsphere.payments.gateways.paystack.sandbox.wire import Request, WireError, subunits, text
from jobsphere.payments.gateways.sandbox import balances, timers
from jobsphere.payments.gateways.sandbox.state import SandboxState

#: The code that the sandbox sends to the operator.
OTP = "123456"
_TYPES = {"ghipps": "ghipss"}
_MADE_AT = "2020-01-01T00:00:00.000Z"
_REFERENCE = frozenset("abcdefghijklmnopqrstuvwxyz0123456789_-")
#: The fields that only some answers show.
_NEW_ONLY = ("transfersessionid", "transfertrials")


# --- banks and recipients


def list_banks(state: SandboxState, request: Request) -> tuple[list[Body], Body]:
    """GET /bank, of a country or a currency."""
    wanted = request.params
    found = [
        {
            "name": bank.name,
            "slug": bank.name.lower().replace(" ", "-"),
            "code": bank.code,
            "longcode": bank.code,
            "gateway": None,
            "pay_with_bank": False,
            "supports_transfer": True,
            "available_for_direct_debit": False,
            "active": True,
            "is_deleted": False,
            "country": bank.country,
            "currency": bank.currency,
            "type": bank.kind,
            "id": number,
            "createdAt": _MADE_AT,
            "updatedAt": _MADE_AT,
        }
        for number, bank in enumerate(BANKS, 1)
        if wanted.get("currency", bank.currency) == bank.currency
        and wanted.get("country", bank.country.lower()) == bank.country.lower()
    ]
    return found, {"pageCount": 1}


def resolve(state: SandboxState, request: Request) -> Body:
    """GET /bank/resolve: the name on an account."""
    number, code = text(request.params, "account_number"), text(request.params, "bank_code")
    account = BY_ACCOUNT.get(number)
    if code not in BY_BANK:
        raise WireError("Unknown bank code: " + code, code="invalid_bank_code")
    if account is None or not account.exists:
        raise WireError("Could not resolve account name. Check parameters or try again.", status=422)
    bank_id = BANKS.index(BY_BANK[code]) + 1
    return {"account_number": number, "account_name": "SANDBOX PAYEE", "bank_id": bank_id}


def create_recipient(state: SandboxState, request: Request) -> Body:
    """POST /transferrecipient: one of an account, ever; made again, it is given again."""
    params = dict(request.params)
    number, code = text(params, "account_number"), text(params, "bank_code")
    bank = BY_BANK.get(code)
    if bank is None:
        raise WireError("Unknown bank code: " + code, code="invalid_bank_code")
    if text(params, "type") != _TYPES.get(bank.kind, bank.kind):
        raise WireError("Invalid recipient type for this bank")
    known = look(state, "account", f"{code}/{number}")
    if known is not None:
        return get(state, "recipient", known.body["recipient_code"], "Recipient").body
    params["currency"] = str(params.get("currency") or bank.currency)
    body = shapes.recipient(state, params, bank.name, text(params, "name"))
    row = insert(state, "recipient", body["recipient_code"], body)
    insert(state, "account", f"{code}/{number}", {"id": f"{code}/{number}", "recipient_code": row.name})
    return row.body


def retrieve_recipient(state: SandboxState, request: Request, code: str) -> Body:
    """GET /transferrecipient/{code}."""
    return get(state, "recipient", code, "Recipient").body


def list_recipients(state: SandboxState, request: Request) -> tuple[list[Body], Body]:
    """GET /transferrecipient."""
    rows, meta = page(state, "recipient", request.params)
    return [row.body for row in rows], meta


def set_active(state: SandboxState, code: str, *, active: bool) -> None:
    """Let an account become unusable, or usable again."""
    update(state, get(state, "recipient", code, "Recipient"), active=active)


# --- transfers


def create(state: SandboxState, request: Request) -> Body:
    """POST /transfer: of a reference once, ever, and never beyond our balance."""
    params = dict(request.params)
    reference = text(params, "reference")
    if not 16 <= len(reference) <= 50 or set(reference) - _REFERENCE:
        raise WireError("Invalid reference: 16 to 50 of a-z, 0-9, - and _")
    if text(params, "source") != "balance":
        raise WireError("Invalid source")
    to = get(state, "recipient", text(params, "recipient"), "Recipient")
    params["amount"] = subunits(params)
    if look(state, "reference", reference) is not None:
        raise WireError("Transfer reference already exists", code="duplicate_reference")
    if not to.body["active"]:
        raise WireError("Recipient specified is not active")
    if str(params.get("currency") or to.body["currency"]) != to.body["currency"]:
        raise WireError("Recipient cannot receive this currency")
    fee = state.setting("transfer_fee")
    if params["amount"] + fee > available(state, to.body["currency"]):
        raise WireError("Your balance is not enough to fulfil this request", code="insufficient_balance")
    body = shapes.transfer(state, params, to.body, fee)
    row = insert(state, "transfer", body["transfer_code"], body)
    insert(state, "reference", reference, {"id": reference, "transfer_code": row.name})
    if state.setting("transfer_otp"):
        update(state, row, status="otp")
    else:
        _start(state, row)
    return row.body | {"recipient": to.number}


def finalize(state: SandboxState, request: Request) -> Body:
    """POST /transfer/finalize_transfer: the code that was sent to the operator."""
    row = get(state, "transfer", text(request.params, "transfer_code"), "Transfer")
    if row.body["status"] != "otp":
        raise WireError("Transfer is not currently awaiting OTP")
    if text(request.params, "otp") != OTP:
        raise WireError("OTP code is not valid", code="invalid_otp")
    _start(state, row)
    return _shown(row)


def resend_code(state: SandboxState, request: Request) -> Body:
    """POST /transfer/resend_otp: the code comes once more; in the sandbox it is always the same."""
    row = get(state, "transfer", text(request.params, "transfer_code"), "Transfer")
    if text(request.params, "reason") not in ("resend_otp", "transfer"):
        raise WireError("Reason for OTP is not valid")
    if row.body["status"] != "otp":
        raise WireError("Transfer is not currently awaiting OTP")
    return {}


def retrieve(state: SandboxState, request: Request, code: str) -> Body:
    """GET /transfer/{code}."""
    return _shown(get(state, "transfer", code, "Transfer")) | {"fees_breakdown": []}


def verify(state: SandboxState, request: Request, reference: str) -> Body:
    """GET /transfer/verify/{reference}."""
    known = get(state, "reference", reference, "Transfer")
    return _shown(get(state, "transfer", known.body["transfer_code"], "Transfer"))


def list_all(state: SandboxState, request: Request) -> tuple[list[Body], Body]:
    """GET /transfer."""
    rows, meta = page(state, "transfer", request.params)
    return [_shown(row) for row in rows], meta


def land(state: SandboxState, code: str) -> None:
    """Let a transfer reach the bank, which takes it or does not."""
    row = get(state, "transfer", code, "Transfer")
    if row.body["status"] != "pending":
        return
    account = BY_ACCOUNT.get(row.body["recipient"]["recipient_account"])
    ends = account.ends if account else ""
    if ends == "failed":
        fail(state, code)
        return
    update(state, row, status="success", transferred_at=stamp(state.now()))
    emit(state, "transfer.success", _shown(row))
    if ends == "reversed":
        timers.schedule(state, state.setting("payout_paid_after"), "return_transfer", code)


def fail(state: SandboxState, code: str, reason: str = "Could not complete transfer") -> None:
    """Let a transfer fail: what it had taken is on our balance again."""
    _give_back(state, code, "failed", reason)


def send_back(state: SandboxState, code: str) -> None:
    """Let the bank return a transfer, also after it was paid."""
    _give_back(state, code, "reversed", "The bank has returned it")


def balance(state: SandboxState, request: Request) -> list[Body]:
    """GET /balance."""
    rows = state.rows("SELECT currency FROM balances WHERE account = '' ORDER BY currency")
    return [
        {"currency": row["currency"].upper(), "balance": balances.available(state, row["currency"])} for row in rows
    ]


def ledger(state: SandboxState, request: Request) -> tuple[list[Body], Body]:
    """GET /balance/ledger."""
    rows, meta = page(state, "ledger", request.params)
    return [row.body for row in rows], meta


def _start(state: SandboxState, row: Row) -> None:
    """Take the money and let the transfer be on its way."""
    taken = row.body["amount"] + row.body["fee_charged"]
    row.hidden["taken"] = taken
    update(state, row, status="pending")
    move(state, row, -taken, row.body["reason"] or "Transfer")
    timers.schedule(state, state.setting("payout_paid_after"), "land_transfer", row.name)


def _give_back(state: SandboxState, code: str, status: str, reason: str) -> None:
    row = get(state, "transfer", code, "Transfer")
    if row.body["status"] in ("failed", "reversed"):
        return
    timers.cancel(state, code)
    update(state, row, status=status, failures=reason)
    if row.hidden.get("taken"):
        move(state, row, row.hidden.pop("taken"), reason)
        update(state, row)
    emit(state, f"transfer.{status}", _shown(row))


def _shown(row: Row) -> Body:
    return {name: value for name, value in row.body.items() if name not in _NEW_ONLY}
