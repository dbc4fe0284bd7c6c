"""Ids and their hashes: one way only, and the same for ever."""

from __future__ import annotations

import re

from app.store import ids
from app.store.ids import of_network, of_sweep, of_view, view_of

EDIT = "AAAAAAAAAAAAAAAAAAAAAA"


def test_hashes_stay_what_they_are_or_no_stored_network_is_found() -> None:
    # As sha256sum and base64 write them.
    assert view_of(EDIT) == "view-jbFXzKjZ9MKjR9ezx_thiA"
    assert of_network(EDIT) == "jaF_bhu1QMpBMcOFJ6chyg"
    assert of_sweep(EDIT) == "ryCaBxhHP8qnp9kabeN7Zg"


def test_ids_have_128_random_bits() -> None:
    made = {ids.new_id() for _ in range(10_000)}
    assert len(made) == 10_000
    assert all(ids.ID.fullmatch(one) for one in made)
    for place in range(21):
        assert len({one[place] for one in made}) == 64


def test_each_step_is_another_hash_so_that_none_serves_for_another() -> None:
    view = view_of(EDIT)
    bare = view.removeprefix(ids.VIEW)
    assert of_view(view) == of_network(EDIT)
    found = [EDIT, bare, of_network(EDIT), of_sweep(EDIT), of_network(bare), of_view(bare),
             of_network(of_network(EDIT)), of_view(EDIT)]  # fmt: skip
    assert len(set(found)) == len(found)
    assert all(re.fullmatch("[A-Za-z0-9_-]{22}", one) for one in found)
