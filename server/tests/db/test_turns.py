"""Who takes a turn raises the row's revision and no other's, named by its own columns or by what belongs to it."""

from uuid import uuid4

import pytest
from django.db import connection

from jobsphere.db.guarded import take_turn
from jobsphere.db.transactions import NoTransactionError, edge_transaction
from jobsphere.messaging.models import Conversation, Message
from jobsphere.users.models import User

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def chats() -> list[Conversation]:
    first, second = sorted(
        (User.objects.create(name=name, email=f"{name}@example.com", password="!") for name in ("pat", "casey")),
        key=lambda each: each.pk,
    )
    return [
        Conversation.objects.create(first=first, second=second, subject_type="job", subject_id=uuid4())
        for _ in range(2)
    ]


def revisions(chats: list[Conversation]) -> list[int]:
    return [Conversation.objects.get(pk=each.pk).revision for each in chats]


def test_a_turn_raises_one_revision_and_returns_it(chats: list[Conversation]) -> None:
    before = revisions(chats)
    with edge_transaction():
        assert take_turn(Conversation, pk=chats[0].pk) == before[0] + 1
        assert take_turn(Conversation, subject_id=chats[0].subject_id) == before[0] + 2
        assert take_turn(Conversation, pk=uuid4()) is None
    assert revisions(chats) == [before[0] + 2, before[1]]


def test_a_row_may_be_named_by_what_belongs_to_it(chats: list[Conversation]) -> None:
    before = revisions(chats)
    said = Message.objects.create(conversation=chats[1], sender=chats[1].first, client_id="a", body="Hello.")
    with edge_transaction():
        take_turn(Conversation, messages=said.pk)
    assert revisions(chats) == [before[0], before[1] + 1]


def test_without_a_transaction_nothing_is_written(chats: list[Conversation]) -> None:
    before = revisions(chats)
    assert not connection.in_atomic_block
    with pytest.raises(NoTransactionError):
        take_turn(Conversation, pk=chats[0].pk)
    assert revisions(chats) == before
