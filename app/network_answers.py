"""What is answered about a network: the session's own view, with id, version and links."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Literal
from urllib.parse import quote

import numpy as np
from starlette.responses import Response

from app import wire
from app.access import Place
from app.errors import Refused
from app.live import Live
from app.store.networks import Stored
from app.training import history
from app.training.prediction import full
from app.training.session import Session
from app.versions import etag
from engine.errors import EngineError
from engine.ops import Array

NPY = "application/x-npy"
Headers = dict[str, str]


def overview(
    row: Stored, session: Session, place: Place, known: str | None = None
) -> dict[str, Any]:
    """Return the body of `GET /networks/{id}`; of large parameters, where they can be fetched.

    A table of one's own whose tag is known is left out.
    """
    here = place.address
    may = "edit" if place.access.edits else "view"
    own = {"id": place.access.id, "access": may, "version": row.version, "name": row.name}
    found = {**own, **session.view(), "furthest": row.furthest, "stands_at": row.iteration}
    if known is not None and known == found["data_tag"]:
        found["spec"] = {**found["spec"], "data": {"tag": known}}
    found["links"] = {
        "self": here,
        "graph": f"{here}/graph",
        "history": f"{here}/history",
        "parameters": {
            name: f"{here}/parameters/{quote(name, safe='')}" for name in found["parameters"]
        },
        "page": place.page(),
    }
    if place.view is not None:
        found["links"]["view"] = place.view
    return found


def answered(
    row: Stored, session: Session, place: Place, status: int = 200, known: str | None = None
) -> wire.JsonResponse:
    """Return the overview as a response, with its version, and its address if it is new."""
    headers = headers_of(row.version)
    if status == 201:
        headers["Location"] = place.address
    return wire.JsonResponse(overview(row, session, place, known), status, headers)


def versioned(content: Mapping[str, Any], version: int) -> wire.JsonResponse:
    """Return content that belongs to a version."""
    return wire.JsonResponse({**content, "version": version}, headers=headers_of(version))


def parameter(live: Live, name: str, binary: bool) -> Response:
    """Return a parameter, as JSON or as a file for `numpy.load`; refuses an unknown name."""
    value = _named(live.session.parameter, name)
    if not binary:
        answer = {"name": name, "shape": list(value.shape), "value": full(value)}
        return versioned(answer, live.row.version)
    file = io.BytesIO()
    np.save(file, value, allow_pickle=False)
    safe = re.sub(r"[^A-Za-z0-9_]", "_", name)
    headers = {**headers_of(live.row.version),
               "Content-Disposition": f'attachment; filename="{safe}.npy"'}  # fmt: skip
    return Response(file.getvalue(), headers=headers, media_type=NPY)


def whole(live: Live, node: str, what: Literal["value", "grad"]) -> wire.JsonResponse:
    """Return a node's whole value or gradient; refuses an unknown name."""
    found = _named(lambda name: live.session.tensor(name, what), node)
    answer = {"name": node, "shape": list(found.shape), what: full(found)}
    return versioned(answer, live.row.version)


def told(
    live: Live, chunks: Sequence[bytes], points: int, start: int, end: int
) -> wire.JsonResponse:
    """Return the history of the iterations from one to another, and where a PATCH changed it."""
    columns = history.join(chunks, min(end, live.row.furthest))
    if columns:
        kept = columns["iteration"] >= start
        columns = {name: column[kept] for name, column in columns.items()}
    changed = [
        {"iteration": part.begins, "changed": part.changed}
        for part in live.row.segments
        if part.changed is not None
    ]
    answer = {**history.answer(columns, points), "changes": changed}
    return versioned(answer, live.row.version)


def _named(read: Callable[[str], Array], name: str) -> Array:
    try:
        return read(name)
    except EngineError as error:
        raise Refused(404, error.message) from error


def tagged(content: Mapping[str, Any], tag: str) -> wire.JsonResponse:
    """Return content under an entity tag of its own."""
    return wire.JsonResponse(content, headers={"ETag": tag, "Cache-Control": "no-cache"})


def headers_of(version: int) -> Headers:
    """Return the headers of what belongs to a version."""
    return {"ETag": etag(version), "Cache-Control": "no-cache", "Vary": "Accept-Language"}
