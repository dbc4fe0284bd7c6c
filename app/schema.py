"""The OpenAPI description: problems as the one shape of errors, and the recursive number lists."""

from __future__ import annotations

from typing import Any

from fastapi import FastAPI

from app.problem_models import Problem

REF = "#/components/schemas/{model}"


def install_schema(app: FastAPI) -> None:
    """Make the application describe its errors as it answers them."""
    describe = app.openapi

    def openapi() -> dict[str, Any]:
        if app.openapi_schema is None:
            schema = describe()
            components = schema.setdefault("components", {}).setdefault("schemas", {})
            own = Problem.model_json_schema(ref_template=REF)
            components.update(own.pop("$defs", {}))
            components["Problem"] = own
            for name in ("HTTPValidationError", "ValidationError"):
                components.pop(name, None)
            for operations in schema["paths"].values():
                for operation in operations.values():
                    _as_problem(operation["responses"])
        assert app.openapi_schema is not None, "FastAPI keeps the schema that it made"
        return app.openapi_schema

    app.openapi = openapi  # type: ignore[method-assign]


def _as_problem(responses: dict[str, Any]) -> None:
    invalid = responses.get("422", {}).get("content", {})
    if "application/json" in invalid:
        invalid.clear()
        invalid["application/problem+json"] = {"schema": {"$ref": REF.format(model="Problem")}}
