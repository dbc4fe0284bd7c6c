"""Where a sweep is found: its id is the permission for it, as a network's is."""

from __future__ import annotations

from typing import NamedTuple

from app.store.ids import ID, Hashed, new_id, of_sweep

PREFIX = "/api/v1/sweeps"


class SweepPlace(NamedTuple):
    """A sweep as its own address tells of it."""

    site: str
    id: str

    @property
    def stored(self) -> Hashed:
        """What the store holds of the id."""
        return of_sweep(self.id)

    @property
    def address(self) -> str:
        return f"{self.site}{PREFIX}/{self.id}"


def sweep_place(site: str, given: str) -> SweepPlace | None:
    """Return where a sweep is that has an id; None for what cannot be one."""
    return SweepPlace(site, given) if ID.fullmatch(given) else None


def new_sweep_place(site: str) -> SweepPlace:
    """Return where a new sweep is found."""
    return SweepPlace(site, new_id())
