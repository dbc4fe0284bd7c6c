"""The reference of the REST interface, read off the OpenAPI document: nothing here knows a route.

An operation has an example request, as a `curl` command that works as it stands, and an example
answer: the one that the document gives, else, where asking changes nothing, what the application
answers, else a value made of the schema.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple
from urllib.parse import quote, urlencode

from starlette.types import ASGIApp

from app.docs_answers import ask
from app.docs_json import excerpt, pretty
from app.docs_schema import Field, Model, Piece, Schemas
from app.security import OPEN_POSTS

JSON = "application/json"
STREAM = "text/event-stream"
METHODS = ("get", "post", "put", "patch", "delete")
# Tags whose GETs tell everyone the same.
SAME_FOR_ALL = ("tables", "health")
# What FastAPI writes where a route says nothing itself: keys of the catalogue.
DESCRIPTIONS = {"Successful Response": "docs.success", "Validation Error": "docs.invalid"}


class Parameter(NamedTuple):
    field: Field
    place: str
    example: str | None


class Response(NamedTuple):
    status: str
    description: str
    kinds: list[str]
    type: list[Piece]


class Operation(NamedTuple):
    anchor: str
    method: str
    path: str
    summary: str
    description: str
    deprecated: bool
    parameters: list[Parameter]
    fields: list[Field]
    body_model: str | None
    body: str | None
    curl: str
    stateless: bool
    responses: list[Response]
    answer: str | None


class Noun(NamedTuple):
    tag: str
    operations: list[Operation]


class Reference(NamedTuple):
    version: str
    nouns: list[Noun]
    models: list[Model]


class Reader:
    """Reads one document; `app` answers its examples, which are kept in `answers`."""

    def __init__(
        self,
        document: Mapping[str, Any],
        app: ASGIApp,
        answers: dict[str, Any],
        site: str,
        more: Callable[[int], str],
    ) -> None:
        self.document, self.app, self.answers = document, app, answers
        self.site, self.more = site, more
        self.schemas = Schemas(document)

    async def reference(self) -> Reference:
        """Return the whole reference, its operations gathered by their first tag."""
        nouns: dict[str, list[Operation]] = {}
        for path, item in self.document["paths"].items():
            for method in METHODS:
                if method in item:
                    row = await self._operation(path, method, item[method])
                    nouns.setdefault((item[method].get("tags") or ["other"])[0], []).append(row)
        rows = [Noun(*noun) for noun in nouns.items()]
        return Reference(self.document["info"]["version"], rows, self.schemas.models())

    async def _operation(self, path: str, method: str, facts: Mapping[str, Any]) -> Operation:
        parameters = [self._parameter(part) for part in facts.get("parameters", ())]
        media = facts.get("requestBody", {}).get("content", {})
        body = self._example(media[JSON], whole=False) if JSON in media else None
        schema = _schema(media)
        address = _address(path, parameters)
        stateless = _stateless(path, method, facts)
        good: Mapping[str, Any] = next(
            (answer for status, answer in facts["responses"].items() if status[0] == "2"), {}
        )
        kind = self.schemas.type(schema) if schema else []
        own = facts.get("summary", "")
        return Operation(
            anchor=f"{method}{re.sub(r'[^A-Za-z0-9]+', '-', path)}".rstrip("-"),
            method=method.upper(),
            path=path,
            summary="" if own == facts.get("operationId", "").replace("_", " ").title() else own,
            description=facts.get("description", ""),
            deprecated=facts.get("deprecated", False),
            parameters=parameters,
            fields=self.schemas.fields(schema),
            body_model=kind[0].model if kind else None,
            body=None if body is None else pretty(body),
            curl=_curl(method, self.site + address, body, good.get("content", {})),
            stateless=stateless,
            responses=[self._response(*answer) for answer in facts["responses"].items()],
            answer=await self._answer(
                method, address, body, good, asked=stateless and "$" not in address
            ),
        )

    def _parameter(self, facts: Mapping[str, Any]) -> Parameter:
        schema = {**facts.get("schema", {})}
        schema.setdefault("description", facts.get("description", ""))
        field = self.schemas.field(facts["name"], schema, facts.get("required", False))
        given = facts.get("example") or next(iter(schema.get("examples", ())), None)
        return Parameter(field, facts["in"], None if given is None else str(given))

    def _response(self, status: str, facts: Mapping[str, Any]) -> Response:
        content = facts.get("content", {})
        schema = _schema(content)
        told = facts.get("description", "")
        return Response(
            status,
            DESCRIPTIONS.get(told, told),
            list(content),
            self.schemas.type(schema) if schema else [],
        )

    async def _answer(
        self, method: str, address: str, body: Any, good: Mapping[str, Any], *, asked: bool
    ) -> str | None:
        media = good.get("content", {}).get(JSON)
        if media is None:
            return None
        if "example" in media or "examples" in media:
            return excerpt(self._example(media), self.more)
        key = f"{method} {address}"
        if asked and key not in self.answers:
            answer = await ask(self.app, method.upper(), address, body)
            if answer.status < 300 and answer.body is not None:
                self.answers[key] = answer.body
        return excerpt(self.answers.get(key, self._example(media)), self.more)

    def _example(self, media: Mapping[str, Any], whole: bool = True) -> Any:
        if "example" in media:
            return media["example"]
        if "examples" in media:
            return next(iter(media["examples"].values()))["value"]
        return self.schemas.example(media.get("schema", {}), whole)


def _schema(content: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return the schema of the first kind of content that has one."""
    schemas: list[Mapping[str, Any]] = [media.get("schema", {}) for media in content.values()]
    return schemas[0] if schemas else {}


def _stateless(path: str, method: str, facts: Mapping[str, Any]) -> bool:
    """Whether the example may be sent by anyone, any number of times, and changes nothing."""
    if method == "post":
        return path in OPEN_POSTS
    return method == "get" and bool({*facts.get("tags", ())} & {*SAME_FOR_ALL})


def _address(path: str, parameters: list[Parameter]) -> str:
    """Return the path and query of the example; a value that only the reader knows is $NAME."""
    given = {
        p.field.name: f"${p.field.name.upper()}" if p.example is None else quote(p.example)
        for p in parameters
        if p.place == "path"
    }
    query = {
        p.field.name: p.example or p.field.default or "…"
        for p in parameters
        if p.place == "query" and (p.field.required or p.example)
    }
    filled = re.sub(r"\{(\w+)(?::\w+)?\}", lambda m: given.get(m[1], f"${m[1].upper()}"), path)
    return filled + (f"?{urlencode(query)}" if query else "")


def _curl(method: str, url: str, body: Any, content: Mapping[str, Any]) -> str:
    """Return the command, one option a line; an address with a $NAME stays open to the shell."""
    address = f'"{url}"' if "$" in url else shlex.quote(url)
    streamed = STREAM in content and JSON not in content
    options = [f"curl {'-sN' if streamed else '-s'} {address}"]
    if method not in {"get", "post"} or (method == "post" and body is None):
        options.append(f"-X {method.upper()}")
    if streamed:
        options.append(f"-H 'Accept: {STREAM}'")
    if body is not None:
        options.append(f"-H 'Content-Type: {JSON}'")
        options.append(f"-d {shlex.quote(pretty(body))}")
    return " \\\n  ".join(options)
