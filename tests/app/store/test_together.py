"""Rows that are put into the store together."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import Connection, create_engine, event, insert, select

from app.store.tables import CLOCK, METADATA
from app.store.together import flush, put, together

PUT = insert(CLOCK)


@pytest.fixture
def connection() -> Iterator[Connection]:
    engine = create_engine("sqlite://")
    METADATA.create_all(engine)
    with engine.connect() as connection:
        yield connection
    engine.dispose()


def count(connection: Connection) -> int:
    return len(connection.execute(select(CLOCK.c.id)).all())


def row(key: int) -> dict[str, float]:
    return {"id": key, "seen_at": 0.0}


def test_rows_wait_for_the_end_and_take_one_statement(connection: Connection) -> None:
    executed: list[bool] = []

    @event.listens_for(connection, "before_cursor_execute")
    def seen(*given: object) -> None:
        executed.append(bool(given[-1]))

    with together(connection):
        for key in range(5):
            put(connection, PUT, row(key))
        assert executed == []
    assert executed == [True], "one statement, of many rows"
    assert count(connection) == 5


def test_a_row_by_itself_is_there_at_once(connection: Connection) -> None:
    put(connection, PUT, row(1))
    assert count(connection) == 1


def test_who_must_read_what_waits_has_it_inserted(connection: Connection) -> None:
    with together(connection):
        put(connection, PUT, row(1))
        flush(connection)
        assert count(connection) == 1
        put(connection, PUT, row(2))
    assert count(connection) == 2


def test_nothing_waits_on_after_a_failure(connection: Connection) -> None:
    with pytest.raises(ZeroDivisionError), together(connection):
        put(connection, PUT, row(1))
        raise ZeroDivisionError
    put(connection, PUT, row(2))
    assert count(connection) == 1


def test_a_connection_that_breaks_is_told_as_it_is(connection: Connection) -> None:
    put(connection, PUT, row(1))
    with pytest.raises(ZeroDivisionError), together(connection):
        put(connection, PUT, row(2))
        connection.invalidate()
        raise ZeroDivisionError
