"""Ids: what opens a network or a sweep, and what the store holds of it.

An id is a permission, and the store holds only a hash of it, which finds a row and opens nothing:
who reads a stolen copy, or a log of SQL, can ask for no network. One round of SHA-256 is enough. A
salt and stretching protect what can be guessed, such as a password; an id is 128 random bits, and
nobody tries 2^128 of them, however fast one try is. There are no more bits in a hash than in an id.

From the id that edits a network follows the one that views it, and from that the hash, each by a
hash of its own kind: there is no way back, so a view opens no edit, and neither needs to be stored.
These functions cannot change any more: what is stored does not tell the ids to hash anew.
"""

from __future__ import annotations

import hashlib
import re
import secrets
from base64 import urlsafe_b64encode
from typing import NewType

# How the store names a network, a sweep or a token.
Hashed = NewType("Hashed", str)
BYTES = 16
ID = re.compile(r"[A-Za-z0-9_-]{22}")
VIEW = "view-"
TOKEN = "gradwalk-"


def new_id() -> str:
    """Return 128 random bits as 22 characters that an address may hold."""
    return secrets.token_urlsafe(BYTES)


def view_of(edit: str) -> str:
    """Return the id that only views the network which an id edits."""
    return VIEW + _digest("network to look at", edit)


def of_view(view: str) -> Hashed:
    """Return what the store holds of a network, from the id that views it."""
    return Hashed(_digest("network", view))


def of_network(edit: str) -> Hashed:
    """Return what the store holds of a network, from the id that edits it."""
    return of_view(view_of(edit))


def of_sweep(given: str) -> Hashed:
    """Return what the store holds of a sweep."""
    return Hashed(_digest("sweep", given))


def new_token() -> str:
    """Return a new token for scripts, of as many random bits, that tells what it is."""
    return TOKEN + new_id()


def of_token(given: str) -> Hashed:
    """Return what the store holds of a token."""
    return Hashed(_digest("token", given))


def _digest(kind: str, given: str) -> str:
    """Return 128 bits of SHA-256 in 22 characters, others for every kind."""
    found = hashlib.sha256(f"gradwalk {kind}\0{given}".encode()).digest()[:BYTES]
    return urlsafe_b64encode(found).rstrip(b"=").decode()
