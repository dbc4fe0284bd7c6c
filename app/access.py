"""What an id in an address gives: the network that it finds, and whether it may be changed.

`POST /networks` gives the id that edits. The one that views follows from it, and nothing that edits
follows from that; both stand in the same place of the same addresses.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple
from urllib.parse import quote

from app.store.ids import ID, VIEW, Hashed, new_id, of_network, of_view, view_of

PREFIX = "/api/v1/networks"


@dataclass(frozen=True, slots=True)
class Access:
    """An id as it was given, and the network's own in the store, which opens nothing."""

    id: str
    stored: Hashed
    edits: bool = True


class Place(NamedTuple):
    """Where a network is found by who has this access: the addresses that answers tell."""

    site: str
    access: Access

    @property
    def address(self) -> str:
        return f"{self.site}{PREFIX}/{self.access.id}"

    @property
    def view(self) -> str | None:
        """The address of the page that only views the network; None for who can only view it."""
        viewing = access(view_of(self.access.id)) if self.access.edits else None
        return None if viewing is None else Place(self.site, viewing).page()

    def page(self, at: int | None = None) -> str:
        """Return the address that opens the network in the browser, at an iteration."""
        return f"{self.site}/lab?network={self.access.id}" + ("" if at is None else f"&at={at}")

    def node(self, at: int | None = None) -> Callable[[str], str]:
        """Return the function that gives the address of a node's whole value, at an iteration."""
        query = "" if at is None else f"?iteration={at}"
        return lambda name: f"{self.address}/nodes/{quote(name, safe='')}{query}"


def access(given: str) -> Access | None:
    """Return what an id gives; None for what cannot be one."""
    if ID.fullmatch(given):
        return Access(given, of_network(given))
    if given.startswith(VIEW) and ID.fullmatch(given.removeprefix(VIEW)):
        return Access(given, of_view(given), edits=False)
    return None


def new_access() -> Access:
    """Return the access of who makes a network: a new id."""
    made = new_id()
    return Access(made, of_network(made))
