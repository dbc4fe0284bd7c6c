"""Ids: what opens a network or a sweep, and what the store holds of it."""

from __future__ import annotations

import secrets
from typing import NewType

# How the store names a network or a sweep.
Hashed = NewType("Hashed", str)


def new_id() -> str:
    """Return 128 random bits as 22 characters that an address may hold."""
    return secrets.token_urlsafe(16)


def hashed(given: str) -> Hashed:
    """Return what the store holds of an id."""
    return Hashed(given)
