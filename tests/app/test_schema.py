from __future__ import annotations

import json

from tests.app.client import Client, strict
from tools.wire_types import TYPES, wire_types


def test_the_types_of_the_pages_are_those_of_the_server() -> None:
    assert TYPES.read_text(encoding="utf-8") == wire_types(), "run `make types`"


def test_errors_are_described_as_they_are_answered(client: Client) -> None:
    schema = strict(client.get("/openapi.json"))
    for path, operations in schema["paths"].items():
        for method, operation in operations.items():
            for status, answer in operation["responses"].items():
                problem = set(answer.get("content", ())) == {"application/problem+json"}
                assert problem == (status >= "400"), (path, method, status)
                assert "content" in answer or status in {"204", "304"}, (path, method, status)
    post = schema["paths"]["/api/v1/graphs"]["post"]
    assert set(post["responses"]) == {"200", "400", "413", "415", "422", "503"}
    assert "ValidationError" not in json.dumps(schema)
    assert "http://" not in json.dumps(schema)


def test_every_reference_of_the_description_leads_somewhere(client: Client) -> None:
    schema = strict(client.get("/openapi.json"))
    known = {f"#/components/schemas/{name}" for name in schema["components"]["schemas"]}

    def references(part: object) -> set[str]:
        if isinstance(part, dict):
            own = {part["$ref"]} if "$ref" in part else set()
            return own.union(*map(references, part.values()))
        return set().union(*map(references, part)) if isinstance(part, list) else set()

    assert references(schema) <= known
