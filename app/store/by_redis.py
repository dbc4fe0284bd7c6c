"""The wire between processes that Redis is: a channel that all of them subscribe to.

It carries news and keeps nothing: whatever must last is in the store.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from importlib.util import find_spec
from typing import TYPE_CHECKING

from app.store.news import ANSWERED, CHANNEL, NAME, TRIED
from app.store.problems import StoreProblem
from engine.sentence import say

if TYPE_CHECKING:
    from redis.asyncio import Redis

ACCEPTED = "redis://HOST:PORT, rediss://USER:PASSWORD@HOST:PORT or unix:///PATH"


class ByRedis:
    """Two connections to a server: one listens, and one tells."""

    def __init__(self, address: str) -> None:
        """Raises StoreProblem for what is no address of Redis, or where its driver is missing."""
        self._redis = _client(address)

    async def listen(self, heard: Callable[[str], None], begun: Callable[[], None]) -> None:
        """Listen on one connection until it is lost, or passes nothing on."""
        clock = asyncio.get_running_loop().time
        async with self._redis.pubsub(ignore_subscribe_messages=True) as channel:
            await channel.subscribe(CHANNEL)
            hears, asked, due = False, False, 0.0
            while True:
                message = await channel.get_message(timeout=max(0.0, due - clock()))
                if message is not None and message["data"]:
                    heard(message["data"])
                elif message is not None:
                    asked, due = False, clock() + TRIED
                    if not hears:
                        hears = True
                        begun()
                elif clock() >= due:
                    # Nothing for a while: what is told now must come back.
                    if asked:
                        raise TimeoutError
                    asked, due = True, clock() + ANSWERED
                    await self.tell("")

    async def tell(self, what: str) -> None:
        """Tell all who listen."""
        await self._redis.publish(CHANNEL, what)

    async def close(self) -> None:
        """Leave."""
        await self._redis.aclose()


def _client(address: str) -> Redis:
    if find_spec("redis") is None:
        raise StoreProblem(
            say("News by Redis need the package redis, which is not installed; install it.")
        )
    from redis.asyncio import Redis
    from redis.asyncio.retry import Retry
    from redis.backoff import NoBackoff

    try:
        # Whoever listens must hear that a connection was lost, and ask for what was missed.
        return Redis.from_url(
            address, decode_responses=True, client_name=NAME.replace(" ", "-"),
            socket_connect_timeout=ANSWERED, socket_timeout=ANSWERED, retry=Retry(NoBackoff(), 0),
        )  # fmt: skip
    except ValueError:
        raise StoreProblem(
            say(
                "GRADWALK_REDIS is no address of Redis; accepted are {accepted}.", accepted=ACCEPTED
            )
        ) from None
