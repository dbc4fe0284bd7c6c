"""What an id in an address gives: the network that it finds, and the addresses to tell of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple
from urllib.parse import quote

from app.store.ids import ID, Hashed, new_id, of_network

PREFIX = "/api/v1/networks"


@dataclass(frozen=True, slots=True)
class Access:
    """An id as it was given, and the network's own in the store, which opens nothing."""

    id: str
    stored: Hashed


class Place(NamedTuple):
    """Where a network is found by who has this access: the addresses that answers tell."""

    site: str
    access: Access

    @property
    def address(self) -> str:
        return f"{self.site}{PREFIX}/{self.access.id}"

    def page(self, at: int | None = None) -> str:
        """Return the address that opens the network in the browser, at an iteration."""
        return f"{self.site}/lab?network={self.access.id}" + ("" if at is None else f"&at={at}")

    def node(self, at: int | None = None) -> Callable[[str], str]:
        """Return the function that gives the address of a node's whole value, at an iteration."""
        query = "" if at is None else f"?iteration={at}"
        return lambda name: f"{self.address}/nodes/{quote(name, safe='')}{query}"


def access(given: str) -> Access | None:
    """Return what an id gives; None for what cannot be one."""
    return Access(given, of_network(given)) if ID.fullmatch(given) else None


def new_access() -> Access:
    """Return the access of who makes a network: a new id."""
    made = new_id()
    return Access(made, of_network(made))
