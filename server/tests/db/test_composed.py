"""A read whose SQL is kept finds what the ORM finds, whatever the values, and refuses what has another shape."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.db.models import Count, QuerySet

from jobsphere.db import composed as module
from jobsphere.db.composed import Composed, ShapeError, composed, first, get, in_lists
from jobsphere.kit import clock
from jobsphere.outbox.models import StoredEvent
from jobsphere.realtime.models import Presence
from jobsphere.users.models import Session, User

pytestmark = pytest.mark.django_db


def person(name: str, **values: Any) -> User:
    return User.objects.create(name=name, email=f"{name}-{uuid4().hex[:8]}@example.com", password="!", **values)


def event(name: str = "a", *, age: timedelta = timedelta(0), about: UUID | None = None) -> StoredEvent:
    row = StoredEvent(name=name, aggregate_type="b", aggregate_id=about or uuid4(), payload={"n": [1, None]})
    row.created_at = clock.now() - age
    row.save()
    return row


def values_of(row: Any) -> dict[str, Any]:
    return {name: value for name, value in vars(row).items() if name != "_state"}


@composed
def events_about(*, about: UUID, since: datetime, name: str) -> "QuerySet[StoredEvent]":
    rows = StoredEvent.objects.filter(aggregate_id=about, created_at__gte=since, name=name)
    return rows.order_by("sequence")


@composed
def among(*, ids: list[UUID], name: str) -> "QuerySet[User]":
    return User.objects.filter(pk__in=ids, name=name).order_by("email")


@composed
def counted(*, about: UUID) -> "QuerySet[Any]":
    rows = StoredEvent.objects.filter(aggregate_id=about).order_by()
    return rows.values("aggregate_id").annotate(count=Count("pk")).values_list("count", flat=True)


def test_what_is_read_is_what_the_orm_reads_for_one_value_after_the_other() -> None:
    for _ in range(2):
        about = uuid4()
        event(about=about, age=timedelta(days=2))
        wanted = [event(about=about), event(about=about)]
        event(name="b", about=about)
        found = events_about(about=about, since=clock.now() - timedelta(days=1), name="a")
        assert [values_of(row) for row in found] == [values_of(StoredEvent.objects.get(pk=row.pk)) for row in wanted]
        assert counted(about=about) == [4]
    assert events_about(about=uuid4(), since=clock.now() - timedelta(days=9), name="a") == []
    assert counted.one(about=uuid4()) is None


def test_a_row_that_was_read_can_be_changed_and_saved() -> None:
    pat = person("pat")
    found = get(User, pk=pat.pk)
    found.name = "Pat"
    found.save()
    assert User.objects.get(pk=pat.pk).name == "Pat"


@pytest.mark.parametrize("count", [1, 2, 3, 5, 20])
def test_a_list_finds_all_of_its_own_and_nobody_else(count: int) -> None:
    people = [person("pat") for _ in range(count)]
    person("pat")
    stranger = person("sam")
    ids = [each.pk for each in people]
    assert {row.pk for row in among(ids=[*ids, stranger.pk], name="pat")} == set(ids)


def test_lists_may_be_longer_than_one_text_takes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_MOST", 4)
    ids = [person("pat").pk for _ in range(9)]
    assert {row.pk for row in in_lists(among, ids=[*ids, ids[0]], name="pat")} == set(ids)
    assert in_lists(among, ids=[], name="pat") == []
    with pytest.raises(ShapeError):
        among(ids=ids, name="pat")


def test_first_knows_none_truth_and_what_is_read_beside() -> None:
    pat, gone = person("pat"), person("gone", is_active=False)
    found = first(User, pk=pat.pk, is_active=True)
    assert found == pat
    assert first(User, pk=gone.pk, is_active=True) is None
    assert first(User, pk=gone.pk, is_active=False) == gone
    session = Session.objects.create(
        user=pat, expires_at=clock.now(), last_used_at=clock.now(), authenticated_at=clock.now()
    )
    beside = first(Session, "user", pk=session.pk, revoked_at=None)
    assert beside is not None
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(User.objects, "get_queryset", lambda: pytest.fail("the user was asked for once more"))
        assert beside.user == pat
    Session.objects.filter(pk=session.pk).update(revoked_at=clock.now())
    assert first(Session, pk=session.pk, revoked_at=None) is None


def test_an_id_may_be_text_as_for_the_orm() -> None:
    pat = person("pat")
    assert get(User, pk=str(pat.pk)) == pat
    assert among(ids=[str(pat.pk)], name="pat") == [pat]  # type: ignore[list-item]
    assert first(Session, user_id=str(pat.pk)) is None


def test_get_raises_what_the_orm_raises() -> None:
    with pytest.raises(User.DoesNotExist):
        get(User, pk=uuid4())


def test_without_an_order_the_first_is_the_oldest() -> None:
    about = uuid4()
    rows = [event(about=about) for _ in range(3)]
    assert first(StoredEvent, aggregate_id=about) == rows[0] == StoredEvent.objects.filter(aggregate_id=about).first()


def test_what_has_another_shape_is_refused() -> None:
    with pytest.raises(ShapeError):
        events_about(about=None, since=clock.now(), name="a")  # type: ignore[arg-type]
    with pytest.raises(ShapeError):
        among(ids=[], name="pat")
    with pytest.raises(ShapeError, match="sequence"):
        first(StoredEvent, sequence=3)

    @composed
    def numbered(*, number: int) -> "QuerySet[StoredEvent]":
        return StoredEvent.objects.filter(sequence=number)

    @composed
    def forgetful(*, about: UUID, name: str) -> "QuerySet[StoredEvent]":
        return StoredEvent.objects.filter(aggregate_id=about)

    with pytest.raises(ShapeError, match="takes UUIDs"):
        numbered(number=3)  # type: ignore[arg-type]
    with pytest.raises(ShapeError, match="does not ask"):
        forgetful(about=uuid4(), name="a")


def test_nothing_is_composed_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    event_ = event()
    get(StoredEvent, pk=event_.pk)
    monkeypatch.setattr(Composed, "_compose", lambda *_: pytest.fail("composed once more"))
    assert get(StoredEvent, pk=event_.pk) == event_


@pytest.mark.django_db(transaction=True)
def test_each_thread_reads_on_its_own_connection() -> None:
    pat = person("pat")
    here = connection.connection

    def read(_: int) -> tuple[bool, bool]:
        try:
            return get(User, pk=pat.pk) == pat, connection.connection is here
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        assert set(pool.map(read, range(4))) == {(True, False)}
    assert get(User, pk=pat.pk) == pat


def test_presence_is_found_by_its_own_key() -> None:
    pat = person("pat")
    Presence.objects.create(user_id=pat.pk)
    assert first(Presence, user_id=pat.pk, online=False) is not None
    assert first(Presence, user_id=pat.pk, online=True) is None
