"""Hostile requests to a real server: each is refused in good time, and nothing has changed."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.hostile.entries import Entry, entries
from tests.hostile.victim import Victim, attacked

CORPUS = tuple(entries())
# What is large is sent once before memory is measured: buffers that were made once stay.
WARMING = 20


@pytest.fixture(scope="module")
def victim(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Victim]:
    with attacked(tmp_path_factory.mktemp("attacked")) as victim:
        largest = sorted(CORPUS, key=lambda entry: -len(entry.body))[:WARMING]
        kinds = {(entry.method, entry.path): entry for entry in CORPUS if entry.method}
        for entry in (*largest, *kinds.values()):
            victim.send(entry)
        victim.baseline = victim.resident()
        yield victim
        victim.check_log()


@pytest.mark.parametrize("entry", CORPUS, ids=[entry.id for entry in CORPUS])
def test_a_hostile_request_is_refused_and_changes_nothing(victim: Victim, entry: Entry) -> None:
    victim.check(entry)


def test_the_corpus_is_large_and_covers_every_write() -> None:
    assert len(CORPUS) >= 300
    assert len({entry.id for entry in CORPUS}) == len(CORPUS)
    paths = {(entry.method, entry.path) for entry in CORPUS}
    own = "/api/v1/networks/{network}"
    for noun in ("step", "train", "rewind", "copies"):
        assert ("POST", f"{own}/{noun}") in paths
    assert {("PATCH", own), ("DELETE", own)} <= paths
