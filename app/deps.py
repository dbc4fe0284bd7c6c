"""What endpoints of networks are given: trainer, id, site, and what a write asks for.

All are asynchronous: FastAPI takes the others to a thread each, which is slower than they are.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import Depends, Header, Path, Query, Request
from pydantic import WithJsonSchema

from app import idempotency, links, versions
from app.access import Access, access
from app.errors import PROBLEMS, Refused
from app.lessons.own import Entry, OwnLessons
from app.store.problems import StoreProblem
from app.trainer import Asked, Trainer, unknown
from engine.sentence import say

# Later than any iteration.
FAR = 2**53

# Of a question about a network; an answer to it moves nothing.
At = Annotated[
    int | None,
    Query(
        alias="iteration",
        ge=0,
        le=FAR,
        description="As it stood after so many updates, with the pass that led there; any from 0 "
        "to the furthest reached. By default where it stands, which after a change of its "
        "parameters, data or batches is before a pass.",
    ),
]

KnownTable = Annotated[
    str | None,
    Query(
        alias="data",
        max_length=100,
        description="The `data_tag` of a table that is known: `spec.data` then is that tag.",
    ),
]

Key = Annotated[
    str | None,
    Header(description="A retry with the same key and body is answered, not done again."),
    WithJsonSchema({"type": "string", "pattern": "^[!-~]{1,200}$"}),
]


async def _trainer(request: Request) -> Trainer:
    trainer: Trainer | None = getattr(request.app.state, "trainer", None)
    if trainer is None:
        raise StoreProblem(say("The store is not open."))
    return trainer


async def _network(
    network: Annotated[str, Path(description="The id that POST /networks gave.")],
) -> Access:
    found = access(network)
    if found is None:
        raise unknown()
    return found


# Of what is looked at or copied, for which an id that only views does too.
NetworkId = Annotated[Access, Depends(_network)]


async def _edited(network: NetworkId) -> Access:
    if not network.edits:
        raise Refused(
            403,
            say(
                "This link lets one look at the network and changes nothing. Make a "
                "copy, which is one's own to change (POST /networks/{{id}}/copies), or "
                "ask for the link to edit."
            ),
        )
    return network


async def _lessons(request: Request) -> Mapping[str, Entry]:
    own: OwnLessons = request.app.state.own_lessons
    return await own.entries()


async def _site(request: Request) -> str:
    return links.site(request)


async def _asked(
    request: Request,
    if_match: Annotated[
        str | None,
        Header(description='The version to be changed, such as `"7"`; without it, the newest.'),
        WithJsonSchema({"type": "string", "pattern": versions.PATTERN, "examples": ['"1"']}),
    ] = None,
    idempotency_key: Key = None,
) -> Asked:
    assert (if_match, idempotency_key) is not None, "read from the headers themselves"
    return Asked(versions.read(request.headers), await idempotency.ticket(request))


async def _keyed(
    request: Request,
    idempotency_key: Key = None,
) -> Asked:
    assert (idempotency_key,) is not None, "read from the headers themselves"
    return Asked(ticket=await idempotency.ticket(request))


TrainerOf = Annotated[Trainer, Depends(_trainer)]
# Of what may be changed.
EditedId = Annotated[Access, Depends(_edited)]
Site = Annotated[str, Depends(_site)]
# The files of the folder with lessons of one's own, by slug.
OwnEntries = Annotated[Mapping[str, Entry], Depends(_lessons)]
# Of a write to a network, and of one that makes a new network.
Write = Annotated[Asked, Depends(_asked)]
Creation = Annotated[Asked, Depends(_keyed)]


def _problems(*statuses: int) -> dict[int | str, dict[str, Any]]:
    return {status: _PROBLEMS[status] for status in statuses}


_SHAPE = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
_PROBLEMS: dict[int, dict[str, Any]] = {
    status: {"description": text, "content": _SHAPE}
    for status, text in (
        (400, "The body is not JSON, or a header cannot be read."),
        (403, "The request comes from another site's page, or the id only views the network."),
        (404, "There is no such network."),
        (409, "Another write goes on, or one with this Idempotency-Key."),
        (412, "The network has another version by now."),
        (413, "The body is too large."),
        (415, "The body's type is not application/json."),
        (422, "A field, a shape, a type or a value is wrong."),
        (429, "There were too many requests."),
        (503, "The computation would take too long, or too many are waiting."),
        (507, "The store is full; nothing was changed."),
    )
}
READS = _problems(400, 404, 422, 429, 503)
ASKS = _problems(400, 404, 413, 415, 422, 429, 503)
WRITES = _problems(400, 403, 404, 409, 412, 413, 415, 422, 429, 503, 507)
CREATES = _problems(400, 403, 409, 413, 415, 422, 429, 503, 507)
assert set(PROBLEMS) <= set(_PROBLEMS), "errors are described alike everywhere"
