"""Modules go out without their comments, and are otherwise what they were."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

from app.assets import STATIC
from app.lean import lean

ROOT = Path(__file__).parents[2]
# What TypeScript prints of each pair of sources when it leaves all comments out.
PRINTED = """
import ts from "typescript";
const settings = { removeComments: true, target: "ES2022", module: "ES2022" };
const printed = (source) => ts.transpileModule(source, { compilerOptions: settings }).outputText;
let text = "";
for await (const part of process.stdin) text += part;
const unlike = Object.entries(JSON.parse(text)).filter(([, [a, b]]) => printed(a) !== printed(b));
console.log(JSON.stringify(unlike.map(([name]) => name)));
"""


def unlike(pairs: dict[str, tuple[str, str]]) -> list[str]:
    done = subprocess.run(
        ["node", "--input-type=module", "--eval", PRINTED],
        input=json.dumps(pairs), capture_output=True, text=True, check=True, cwd=ROOT,
    )  # fmt: skip
    return list(json.loads(done.stdout))


def test_what_is_left_of_a_module_runs_the_same() -> None:
    sources = {
        path.relative_to(STATIC).as_posix(): path.read_text(encoding="utf-8")
        for path in STATIC.rglob("*.js")
        if "vendor" not in path.parts
    }
    assert sources
    assert unlike({name: (source, lean(source)) for name, source in sources.items()}) == []
    assert unlike({"cut": ("const a = `/** */`;", lean("const a = `/** */`;"))}) == ["cut"]


def test_every_line_keeps_its_number() -> None:
    source = "/**\n * What it is.\n */\nlet a = /** @type {any} */ (1); /** @type {x} */\nlet b;\n"
    assert lean(source) == "\n\n\nlet a = (1);\nlet b;\n"
