"""JSON schemas for people: a type in one line, a table of fields, and an example value.

Types are written as in TypeScript, `number | null` or `WireNode[]`, and so need no translation.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from app.docs_json import compact

Schema = Mapping[str, Any]
REF = "#/components/schemas/"

# Keyword of a schema → what it bounds (nothing: the value itself), and how the bound is written.
BOUNDS = {
    "minimum": ("", "≥ {}"),
    "exclusiveMinimum": ("", "> {}"),
    "maximum": ("", "≤ {}"),
    "exclusiveMaximum": ("", "< {}"),
    "minLength": ("characters", "≥ {}"),
    "maxLength": ("characters", "≤ {}"),
    "minItems": ("items", "≥ {}"),
    "maxItems": ("items", "≤ {}"),
    "format": ("format", "{}"),
    "pattern": ("pattern", "{}"),
}
# What stands for a type of which nothing more is known.
BLANKS: dict[str, Any] = {"string": "…", "integer": 1, "number": 1.0, "boolean": False}
DEEPEST = 8


class Piece(NamedTuple):
    """A part of a type, and the model that it leads to."""

    text: str
    model: str | None = None


class Bound(NamedTuple):
    of: str
    text: str


class Field(NamedTuple):
    name: str
    type: list[Piece]
    required: bool
    default: str | None
    bounds: list[Bound]
    description: str


class Model(NamedTuple):
    name: str
    type: list[Piece]
    description: str
    fields: list[Field]


class Schemas:
    """The schemas of one OpenAPI document, those with a name of their own among them.

    An inline schema that has a title and a description, such as the numbers of the wire, is shown
    once, as a model; where it stands again, its description says that it is the same.
    """

    def __init__(self, document: Mapping[str, Any]) -> None:
        self._named: dict[str, Schema] = document.get("components", {}).get("schemas", {})
        self._inline = {
            found["description"]: found
            for found in _unions(self._named)
            if found["title"] not in self._named
        }

    def models(self) -> list[Model]:
        """Return every model, in alphabetical order."""
        inline = {found["title"]: found for found in self._inline.values()}
        return [self._model(name, {**self._named, **inline}[name]) for name in
                sorted({**self._named, **inline})]  # fmt: skip

    def _model(self, name: str, schema: Schema) -> Model:
        fields = self.fields(schema)
        kind = [] if fields else self._plain(schema)
        return Model(name, kind, schema.get("description", ""), fields)

    def resolve(self, schema: Schema) -> Schema:
        """Follow a reference; what it does not lead to is an empty schema."""
        if "$ref" not in schema:
            return schema
        return self._named.get(schema["$ref"].removeprefix(REF), {})

    def fields(self, schema: Schema) -> list[Field]:
        """Return the fields of an object, the required ones first."""
        schema = self.resolve(schema)
        required = set(schema.get("required", ()))
        rows = [
            self.field(name, part, name in required)
            for name, part in schema.get("properties", {}).items()
        ]
        return sorted(rows, key=lambda row: not row.required)

    def field(self, name: str, schema: Schema, required: bool) -> Field:
        """Return one field's row; the default of a required one is none."""
        default = None if required or "default" not in schema else compact(schema["default"])
        told = schema.get("description", "")
        shown = "" if told in self._inline else told
        return Field(name, self.type(schema), required, default, list(_bounds(schema)), shown)

    def type(self, schema: Schema) -> list[Piece]:
        """Return a type in one line."""
        if "$ref" in schema:
            name = schema["$ref"].removeprefix(REF)
            return [Piece(name, name)]
        if schema.get("description") in self._inline:
            name = self._inline[schema["description"]]["title"]
            return [Piece(name, name)]
        return self._plain(schema)

    def _plain(self, schema: Schema) -> list[Piece]:
        if "const" in schema:
            return [Piece(compact(schema["const"]))]
        if "enum" in schema:
            return [Piece(" | ".join(map(compact, schema["enum"])))]
        for word, sign in (("anyOf", " | "), ("oneOf", " | "), ("allOf", " & ")):
            if word in schema:
                return _joined([self.type(part) for part in schema[word]], sign)
        kind = schema.get("type", "object" if "properties" in schema else "any")
        if isinstance(kind, list):
            return [Piece(" | ".join(kind))]
        if kind == "array":
            return self._array(schema)
        inside = schema.get("additionalProperties")
        if kind == "object" and isinstance(inside, Mapping):
            return [Piece("{ name: "), *self.type(inside), Piece(" }")]
        return [Piece(kind)]

    def _array(self, schema: Schema) -> list[Piece]:
        if "prefixItems" in schema:
            parts = _joined([self.type(part) for part in schema["prefixItems"]], ", ")
            return [Piece("["), *parts, Piece("]")]
        item = self.type(schema.get("items", {}))
        several = any(" | " in piece.text for piece in item)
        return [Piece("("), *item, Piece(")[]")] if several else [*item, Piece("[]")]

    def example(self, schema: Schema, whole: bool = True, deep: int = 0) -> Any:
        """Return a value that the schema describes: its own example, else one made of its parts.

        Not `whole` leaves out of objects what is not required.
        """
        for word in ("examples", "example", "const", "default", "enum"):
            if schema.get(word):
                many = word in {"examples", "enum"}
                return _ordered(schema[word][0] if many else schema[word], schema)
        if "$ref" in schema:
            return self.example(self.resolve(schema), whole, deep + 1)
        for word in ("anyOf", "oneOf", "allOf"):
            if word in schema:
                return self.example(schema[word][0], whole, deep)
        if "properties" in schema:
            return self._object(schema, whole, deep)
        kind = schema.get("type")
        if kind == "array":
            items = schema.get("items", {})
            return [] if not items or deep > DEEPEST else [self.example(items, whole, deep + 1)]
        if kind in {"integer", "number"}:
            return schema.get("minimum", BLANKS[kind])
        inside = schema.get("additionalProperties")
        if kind == "object" and isinstance(inside, Mapping) and deep <= DEEPEST:
            return {"…": self.example(inside, whole, deep + 1)}
        return BLANKS.get(kind or "", {})

    def _object(self, schema: Schema, whole: bool, deep: int) -> dict[str, Any]:
        if deep > DEEPEST:
            return {}
        required = set(schema.get("required", ()))
        return {
            name: self.example(part, whole, deep + 1)
            for name, part in schema["properties"].items()
            if whole or name in required or "examples" in part
        }


def _ordered(value: Any, schema: Schema) -> Any:
    """Put the members of an example into the order of the fields."""
    order = {name: at for at, name in enumerate(schema.get("properties", ()))}
    if not isinstance(value, dict) or not order:
        return value
    return dict(sorted(value.items(), key=lambda member: order.get(member[0], len(order))))


def _joined(parts: list[list[Piece]], sign: str) -> list[Piece]:
    found = parts[0] if parts else []
    for part in parts[1:]:
        found = [*found, Piece(sign), *part]
    return found


def _bounds(schema: Schema) -> Iterator[Bound]:
    """Yield the bounds of a schema and of the variants and values inside it."""
    for word, (of, text) in BOUNDS.items():
        if word in schema:
            yield Bound(of, text.format(_shown(schema[word])))
    for part in (*schema.get("anyOf", ()), schema.get("additionalProperties")):
        if isinstance(part, Mapping):
            yield from _bounds(part)


def _shown(bound: Any) -> str:
    return f"{bound:g}" if isinstance(bound, float) else str(bound)


def _unions(named: Mapping[str, Schema]) -> Iterator[Schema]:
    """Yield the unions with a title and a description that stand inside the named schemas."""
    for schema in named.values():
        for name, part in schema.get("properties", {}).items():
            own = part.get("title") not in {None, name.replace("_", " ").title()}
            yield from _titled(part, own)


def _titled(schema: Any, own: bool) -> Iterator[Schema]:
    if not isinstance(schema, Mapping):
        return
    if own and {"title", "description", "anyOf"} <= set(schema):
        yield schema
    for part in (*schema.get("anyOf", ()), schema.get("items"), schema.get("additionalProperties")):
        yield from _titled(part, True)
