"""How often one may ask on a hosted server: rows of a table, refused with 429 and Retry-After.

Each row is a bucket that fills steadily and holds a burst, kept as one number per key: the time at
which it will be full again (the generic cell rate algorithm). Rates hold for each process.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.base_path import local_path
from app.errors import Refused, answer, problem, respond
from app.guard import CHANGING
from app.rate_limits import RATES
from app.store.problems import StoreProblem
from app.store.tokens import Token
from app.tokens import Bearers, burst, per_second
from engine.sentence import Sentence, say

API = "/api/"
EMBEDDED = "/embed/"
PRACTICE = "/practice"
NETWORKS = "/api/v1/networks"
SWEEPS = "/api/v1/sweeps"
# What one knows by its id alone.
KNOWN = (NETWORKS, SWEEPS)
NEW = frozenset({NETWORKS, f"{NETWORKS}/import"})
SWEPT = 10_000


class Rate(NamedTuple):
    """So many requests per second on average, after a burst."""

    name: str
    per_second: float
    burst: int
    what: Sentence


ADDRESS = Rate(
    "requests_per_address",
    RATES.address_per_second,
    RATES.address_burst,
    say("requests from one address"),
)
NETWORK = Rate(
    "requests_per_network",
    RATES.network_per_second,
    RATES.network_burst,
    say("requests to one network"),
)
CREATION = Rate(
    "new_networks_per_address",
    RATES.new_networks_per_hour / 3600,
    RATES.new_networks_burst,
    say("new networks from one address"),
)
SWEEP = Rate(
    "new_sweeps_per_address",
    RATES.new_sweeps_per_hour / 3600,
    RATES.new_sweeps_burst,
    say("new sweeps from one address"),
)
TOKEN_CREATION = Rate(
    "new_networks_per_token", RATES.token_new_networks_per_hour / 3600,
    RATES.token_new_networks_burst, say("new networks with one token"),
)  # fmt: skip
TOKEN_SWEEP = SWEEP._replace(name="new_sweeps_per_token", what=say("new sweeps with one token"))
UNKNOWN = Rate(
    "unknown_networks_per_address",
    RATES.unknown_networks_per_minute / 60,
    RATES.unknown_networks_burst,
    say("requests for networks that do not exist"),
)


class Who(NamedTuple):
    """Who is counted, an address or a token, and the rows that are its own."""

    key: str
    requests: Rate
    creations: Rate
    sweeps: Rate


@dataclass(slots=True)
class Buckets:
    """When each bucket will be full again, by row and key."""

    clock: Callable[[], float] = time.monotonic
    full_at: dict[tuple[str, str], float] = field(default_factory=dict)

    def take(self, rate: Rate, key: str) -> float:
        """Take one request out of a bucket; return 0, or how many seconds to wait for it."""
        wait, full = self._look(rate, key)
        if wait == 0:
            self._sweep()
            self.full_at[rate.name, key] = full + 1 / rate.per_second
        return wait

    def wait(self, rate: Rate, key: str) -> float:
        """Return how many seconds a bucket is empty, without taking anything."""
        return self._look(rate, key)[0]

    def _look(self, rate: Rate, key: str) -> tuple[float, float]:
        now = self.clock()
        full = max(self.full_at.get((rate.name, key), now), now)
        return max(0.0, full - now - (rate.burst - 1) / rate.per_second), full

    def _sweep(self) -> None:
        if len(self.full_at) >= SWEPT:
            now = self.clock()
            self.full_at = {name: full for name, full in self.full_at.items() if full > now}


class RateLimits:
    """ASGI middleware: refuses what comes too often; files are free, and pages but those that
    bring a computed pass along.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self.buckets = Buckets()
        self.bearers = Bearers()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        path = local_path(scope) if scope["type"] == "http" else ""
        if not path.startswith((API, EMBEDDED, PRACTICE)):
            await self.app(scope, receive, send)
            return
        client = Request(scope).client
        address = client.host if client else ""
        try:
            token = await self.bearers.of(scope)
        except (Refused, StoreProblem) as error:
            # Who tries tokens is counted by the address.
            wait = self.buckets.take(ADDRESS, address)
            refusal = _too_many(ADDRESS, wait) if wait else respond(Request(scope), error)
            await refusal(scope, receive, send)
            return
        who = Who(address, ADDRESS, CREATION, SWEEP) if token is None else _bearer(token)
        wait, rate = self._refused(scope["method"], path, who)
        if rate is not None:
            await _too_many(rate, wait)(scope, receive, send)
            return

        async def counted(message: Message) -> None:
            if message["type"] == "http.response.start" and message["status"] == 404:
                self.buckets.take(UNKNOWN, who.key)
            await send(message)

        await self.app(scope, receive, counted if path.startswith(KNOWN) else send)

    def _refused(self, method: str, path: str, who: Who) -> tuple[float, Rate | None]:
        if path.startswith(KNOWN):
            wait = self.buckets.wait(UNKNOWN, who.key)
            if wait:
                return wait, UNKNOWN
        for rate, key in _rows(method, path, who):
            wait = self.buckets.take(rate, key)
            if wait:
                return wait, rate
        return 0.0, None


def _rows(method: str, path: str, who: Who) -> Iterator[tuple[Rate, str]]:
    yield who.requests, who.key
    if path.startswith((f"{NETWORKS}/", f"{SWEEPS}/")) and path not in NEW:
        yield NETWORK, path.split("/")[4][:40]
    if method in CHANGING and (path in NEW or path.endswith("/copies")):
        yield who.creations, who.key
    if method in CHANGING and path == SWEEPS:
        yield who.sweeps, who.key


def _bearer(token: Token) -> Who:
    what = say("requests with one token")
    rate = Rate("requests_per_token", per_second(token), burst(token), what)
    return Who(f"token {token.id}", rate, TOKEN_CREATION, TOKEN_SWEEP)


def _too_many(rate: Rate, after: float) -> ASGIApp:
    seconds = math.ceil(after)
    burst = {"name": rate.name, "value": rate.burst, "got": rate.burst + 1}
    wait = say("1 second") if seconds == 1 else say("{seconds} seconds", seconds=seconds)
    return answer(
        problem(
            429,
            say("There were too many {what}; try again in {wait}.", what=rate.what, wait=wait),
            limit=burst,
        ),
        {"Retry-After": str(seconds)},
    )
