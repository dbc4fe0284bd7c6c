"""Which of two kinds of answer a request prefers (RFC 9110, `Accept`)."""

from __future__ import annotations

from contextlib import suppress

LONGEST = 2_000


def prefers(header: str, kind: str, usual: str) -> bool:
    """Whether a kind is asked for by its name, and the usual one is not preferred to it."""
    weights = _weights(header)
    wanted = weights.get(kind, 0.0)
    return 0 < wanted >= weights.get(usual, 0.0)


def _weights(header: str) -> dict[str, float]:
    """Return the weight of everything that is named, 1 where none is given."""
    found: dict[str, float] = {}
    for part in header[:LONGEST].lower().split(","):
        kind, *settings = (piece.strip() for piece in part.split(";"))
        found[kind] = 1.0
        for setting in settings:
            if setting.startswith("q="):
                with suppress(ValueError):
                    found[kind] = float(setting[2:])
    return found
