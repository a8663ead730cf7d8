"""Paystack's balance ledger as our movements.

A ledger line says how much the balance changed and which row of Paystack's own tables did it, by number. The payment or
transfer of that number tells our id, and the full amount: the rest of the difference is the fee.
"""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

from jobsphere.kit.money import Money
from jobsphere.payments.gateways.base import BalanceMovement, MovementKind, ObjectKind, Ok, Outcome
from jobsphere.payments.gateways.paystack.calls import PaystackCalls, Wire, between
from jobsphere.payments.gateways.paystack.currencies import from_wire
from jobsphere.payments.gateways.paystack.errors import UNREADABLE, Failure
from jobsphere.payments.gateways.paystack.normalise import moment

#: A payment reaches the balance when it settles, some days after it was made.
_SETTLES_WITHIN = timedelta(days=4)

#: What a line is, by Paystack's model and whether the balance grew.
_KINDS = {
    ("transaction", True): MovementKind.CHARGE,
    ("refund", False): MovementKind.REFUND,
    ("refund", True): MovementKind.REFUND_FAILURE,
    ("transfer", False): MovementKind.PAYOUT,
    ("transfer", True): MovementKind.PAYOUT_FAILURE,
    ("dispute", False): MovementKind.DISPUTE,
    ("dispute", True): MovementKind.DISPUTE_REVERSAL,
}
_OBJECTS = {
    "transaction": ObjectKind.PAYMENT,
    "refund": ObjectKind.REFUND,
    "transfer": ObjectKind.PAYOUT,
    "dispute": ObjectKind.DISPUTE,
}
#: Where rows of a model are listed, and under which name we know them.
_NAMES = {"transaction": ("/transaction", "reference"), "transfer": ("/transfer", "transfer_code")}


class PaystackLedger(PaystackCalls):
    """What moved our balance."""

    def list_balance_movements(
        self, *, since: datetime, until: datetime | None = None, payee_id: str = ""
    ) -> Outcome[tuple[BalanceMovement, ...]]:
        """See the port. Payees have no balance here."""
        if payee_id:
            return Ok(())
        lines = self._collect("/balance/ledger", between(since, until), keep=_within(since, until))
        if isinstance(lines, Failure):
            return lines.outcome
        rows = self._rows(lines, since - _SETTLES_WITHIN, until)
        if isinstance(rows, Failure):
            return rows.outcome
        try:
            return Ok(tuple(_movement(line, rows) for line in sorted(lines, key=lambda line: int(line["id"]))))
        except (KeyError, TypeError, ValueError):
            return UNREADABLE.outcome

    def _rows(
        self, lines: list[Wire], since: datetime, until: datetime | None
    ) -> dict[tuple[str, int], Wire] | Failure:
        """Read the payments and transfers of the time, and singly those that are older."""
        rows: dict[tuple[str, int], Wire] = {}
        for model, (path, _) in _NAMES.items():
            wanted = {int(line["model_row"]) for line in lines if _model(line) == model}
            if not wanted:
                continue
            listed = self._collect(path, between(since, until), keep=_one_of(wanted))
            if isinstance(listed, Failure):
                return listed
            rows |= {(model, int(row["id"])): row for row in listed}
            for number in sorted(wanted - {int(row["id"]) for row in listed}):
                answer = self._send("GET", f"{path}/{number}")
                if isinstance(answer, Failure):
                    return answer
                rows[model, number] = answer["data"]
        return rows


def _within(since: datetime, until: datetime | None) -> Callable[[Wire], bool]:
    def keep(line: Wire) -> bool:
        created = moment(line["createdAt"])
        return created is not None and created >= since and (until is None or created < until)

    return keep


def _one_of(numbers: set[int]) -> Callable[[Wire], bool]:
    return lambda row: int(row["id"]) in numbers


def _model(line: Wire) -> str:
    return str(line["model_responsible"]).lower()


def _movement(line: Wire, rows: Mapping[tuple[str, int], Wire]) -> BalanceMovement:
    model, number = _model(line), int(line["model_row"])
    net = from_wire(line["difference"], str(line["currency"]))
    row: Mapping[str, Any] | None = rows.get((model, number))
    # A transfer or payment whose row is known shows its fee: what moved beyond its amount.
    gross = _signed(from_wire(row["amount"], str(line["currency"])), net) if row else net
    created = moment(line["createdAt"])
    assert created is not None  # Lines without one were not kept.
    return BalanceMovement(
        gateway_id=str(line["id"]),
        kind=_KINDS.get((model, net.amount > 0), MovementKind.OTHER),
        amount=gross,
        fee=gross - net,
        net=net,
        created=created,
        available_at=created,
        object_kind=_OBJECTS.get(model, ObjectKind.OTHER),
        object_id=str(row[_NAMES[model][1]]) if row else str(number),
    )


def _signed(amount: Money, like: Money) -> Money:
    return amount if like.amount >= 0 else -amount
