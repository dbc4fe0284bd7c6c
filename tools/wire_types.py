"""Write static/wire.d.ts, the wire's types, from the server's own OpenAPI description."""

from __future__ import annotations

import json
import subprocess
import tempfile
from pathlib import Path

from app.main import create_app
from app.settings import Settings

ROOT = Path(__file__).parents[1]
TYPES = ROOT / "static" / "wire.d.ts"
GENERATOR = ROOT / "node_modules" / ".bin" / "openapi-typescript"


def wire_types() -> str:
    """Return what static/wire.d.ts should hold."""
    with tempfile.TemporaryDirectory() as folder:
        schema, types = Path(folder, "openapi.json"), Path(folder, "wire.d.ts")
        schema.write_text(json.dumps(create_app(Settings()).openapi()), encoding="utf-8")
        command: list[str | Path] = [
            GENERATOR,
            schema,
            "--output",
            types,
            "--root-types",
            "--root-types-no-schema-prefix",
        ]
        subprocess.run(command, check=True, capture_output=True, cwd=ROOT)
        return types.read_text(encoding="utf-8")


if __name__ == "__main__":
    TYPES.write_text(wire_types(), encoding="utf-8")
