"""Tokens that scripts send as `Authorization: Bearer …`: limits of their own, and nothing else.

A token opens no network: it is a name under which requests are counted, so that a script of a
course need not share the limits of its address. Pages of other sites gain nothing by it: a browser
sends this header to another site only where that site has allowed it, and here none is allowed.
What `Origin` and `Sec-Fetch-Site` say is looked at all the same.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial

from starlette.requests import Request
from starlette.types import Scope

from app.errors import Refused
from app.rate_limits import RATES
from app.store import tokens
from app.store.ids import of_token
from app.store.problems import StoreProblem
from app.store.tokens import Token
from app.trainer import Trainer
from engine.sentence import say

# After so many seconds the store is asked anew: so long a token counts that was revoked.
KNOWN = 5.0
MOST = 1_000
LONGEST = 200


@dataclass(slots=True)
class Bearers:
    """Who has sent which token, as far as it was asked for of late."""

    clock: Callable[[], float] = time.monotonic
    known: dict[str, tuple[float, Token | None]] = field(default_factory=dict)

    async def of(self, scope: Scope) -> Token | None:
        """Return the token that a request is made with, None where it has none.

        Refuses with 401 a token that is not known, and raises StoreProblem.
        """
        given = _given(scope)
        if given is None:
            return None
        found = await self._found(given, scope) if len(given) <= LONGEST else None
        if found is None:
            raise Refused(
                401,
                say(
                    "The token in the header Authorization is not known here, or was revoked; "
                    "leave the header out, and the limits of your address hold, or ask the "
                    "operator of this server for a token."
                ),
                {"WWW-Authenticate": 'Bearer realm="gradwalk", error="invalid_token"'},
            )
        return found

    async def _found(self, given: str, scope: Scope) -> Token | None:
        name, now = of_token(given), self.clock()
        if name in self.known and self.known[name][0] > now:
            return self.known[name][1]
        trainer: Trainer | None = getattr(scope["app"].state, "trainer", None)
        if trainer is None:
            raise StoreProblem(say("The store is not open."))
        found = await trainer.database.read(partial(tokens.find, token=name))
        if len(self.known) >= MOST:
            self.known.clear()
        self.known[name] = (now + KNOWN, found)
        return found


def per_second(token: Token) -> int:
    """Return how many requests a second may be made with a token on average."""
    return token.per_second or RATES.token_per_second


def burst(token: Token) -> int:
    """Return how many requests may be made with a token at once."""
    return token.burst or RATES.token_burst


def _given(scope: Scope) -> str | None:
    """Return what stands after `Bearer`; of several headers, nothing that is a token."""
    headers = Request(scope).headers.getlist("authorization")
    parts = [one.partition(" ") for one in headers]
    found = [rest.strip() for scheme, _, rest in parts if scheme.lower() == "bearer"]
    if not found:
        return None
    return found[0] if len(headers) == 1 else ""
