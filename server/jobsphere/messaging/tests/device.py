"""A client of the chat, as small as it can be: what a device knows, and how frames and snapshots change it.

`web/src/features/everyone/messages/model.ts` is the same in TypeScript. Two rules make the order of what arrives
irrelevant: of two copies the one with the higher revision counts, and receipts are kept as the spans that they name.
"""

from dataclasses import dataclass, field
from typing import Any

from jobsphere.messaging.rules import preview

Row = dict[str, Any]


@dataclass(frozen=True)
class Receipt:
    """What somebody was delivered, or has read: the messages from first to last, at a moment."""

    kind: str
    person_id: str
    first_id: str
    last_id: str
    at: str

    def covers(self, message: Row) -> bool:
        """Say whether it is about this message; nobody reads their own."""
        written_by_other = message["sender_id"] not in (None, self.person_id)
        return written_by_other and self.first_id <= message["id"] <= self.last_id


@dataclass
class Device:
    """One conversation on one device."""

    chat: Row | None = None
    copies: dict[str, Row] = field(default_factory=dict)
    gone: set[str] = field(default_factory=set)
    receipts: set[Receipt] = field(default_factory=set)

    def load(self, chat: Row, newest: list[Row]) -> None:
        """Take a snapshot: what stands between its ends and is missing in it was hidden."""
        self._take_chat(chat)
        there = {row["id"] for row in newest}
        if newest:
            last = newest[0]["id"]
            self.gone |= {each for each in self.copies if each <= last and each not in there}
        for row in newest:
            self._take(row)

    def hear(self, frame: Row) -> None:
        """Take one frame."""
        data = frame["data"]
        self._take_chat(data["chat"])
        if frame["type"] in ("conversation.delivered", "conversation.read"):
            span = (data["person_id"], data["first_id"], data["last_id"], data["at"])
            self.receipts.add(Receipt(frame["type"].removeprefix("conversation."), *span))
        elif "hidden_id" in data:
            self.gone.add(data["hidden_id"])
        elif "message" in data:
            self._take(data["message"])

    def shown(self) -> list[Row]:
        """Return the messages as the person sees them, the newest first."""
        return [self._shown(self.copies[each]) for each in sorted(self.copies, reverse=True) if each not in self.gone]

    def _take_chat(self, chat: Row) -> None:
        if self.chat is None or chat["revision"] >= self.chat["revision"]:
            self.chat = chat

    def _take(self, row: Row) -> None:
        self.copies[row["id"]] = merged(self.copies.get(row["id"]), row)

    def _shown(self, row: Row) -> Row:
        delivered = row["delivered_at"] or self._when("delivered", row)
        return {
            **row,
            "delivered_at": delivered,
            "read_at": row["read_at"] or self._when("read", row),
            "reply_to": row["reply_to"] and self._quote(row["reply_to"]),
        }

    def _when(self, kind: str, row: Row) -> str | None:
        return next((each.at for each in self.receipts if each.kind == kind and each.covers(row)), None)

    def _quote(self, quote: Row) -> Row:
        if quote["id"] in self.gone:
            return hidden(quote)
        copy = self.copies.get(quote["id"])
        if copy is None or copy["revision"] <= quote["revision"] or is_hidden(quote):
            return quote
        return {
            "id": copy["id"],
            "sender_id": copy["sender_id"],
            "body": preview(copy["body"]),
            "file_count": len(copy["files"]),
            "gone": copy["deleted_at"] is not None,
            "revision": copy["revision"],
        }


def merged(old: Row | None, new: Row) -> Row:
    """Return the newer copy, with the receipts that either has, and the newer quotation."""
    if old is None:
        return new
    newer, older = (new, old) if new["revision"] >= old["revision"] else (old, new)
    row = {**newer}
    for receipt in ("delivered_at", "read_at"):
        row[receipt] = newer[receipt] or older[receipt]
    if newer["reply_to"] and older["reply_to"]:
        row["reply_to"] = max(
            older["reply_to"], newer["reply_to"], key=lambda each: (is_hidden(each), each["revision"])
        )
    return row


def is_hidden(quote: Row) -> bool:
    """Say whether the viewer has hidden what is quoted, which is for good."""
    return bool(quote["gone"] and quote["sender_id"] is None)


def hidden(quote: Row) -> Row:
    """Return the quotation of a message that the viewer has hidden."""
    return {"id": quote["id"], "sender_id": None, "body": "", "file_count": 0, "gone": True, "revision": 0}
