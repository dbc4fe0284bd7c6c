"""The command `gradwalk`."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Callable, Sequence
from typing import Any

from app import __version__
from app.export.command import add_export
from app.export.paper_command import add_worksheet
from app.lessons.command import add_lesson
from app.operating.command import add_operating
from app.operating.token_command import add_token


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; return the exit status."""
    options = vars(_parser().parse_args(arguments))
    command: Callable[[dict[str, Any]], int] = options.pop("command")
    return command(options)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="gradwalk",
        description="Backpropagation on computation graphs, shown step by step.",
        epilog="Environment variables GRADWALK_… and a file gradwalk.toml set the same.",
    )
    parser.add_argument("--version", action="version", version=f"gradwalk {__version__}")
    commands = parser.add_subparsers(required=True, metavar="command")
    serve = commands.add_parser("serve", help="start the server and print its address")
    serve.add_argument("--host", help="address to listen on (127.0.0.1)")
    serve.add_argument("--port", type=int, help="port to listen on; 0 takes a free one (8000)")
    serve.add_argument("--database", metavar="URL", help="sqlite:///PATH or postgresql://… "
                       "(a file in the user's data directory)")  # fmt: skip
    serve.add_argument("--lessons", metavar="DIR",
                       help="a folder with lessons of your own (docs/authoring.md)")  # fmt: skip
    serve.add_argument("--workers", type=int, help="processes; more than one needs PostgreSQL (1)")
    serve.add_argument("--hosted", action="store_true", default=None,
                       help="limit how often one may ask")  # fmt: skip
    serve.add_argument("--log", choices=["text", "json"],
                       help="json: a line of JSON for every request (text)")  # fmt: skip
    serve.add_argument("--metrics-port", type=int, metavar="PORT",
                       help="port for Prometheus, of this machine alone (none)")  # fmt: skip
    serve.set_defaults(command=_serve)
    add_export(commands)
    add_worksheet(commands)
    add_lesson(commands)
    add_operating(commands)
    add_token(commands)
    return parser


def _serve(options: dict[str, Any]) -> int:
    # One thread per matrix product: requests already run side by side. Before NumPy loads.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

    from pydantic import ValidationError

    from app.settings import Settings

    given = {name: value for name, value in options.items() if value is not None}
    try:
        settings = Settings(**given)
    except ValidationError as error:
        first = error.errors()[0]
        return _failed(f"The setting {first['loc'][0]} is wrong: {first['msg'].lower()}.")
    except (OSError, ValueError) as error:
        return _failed(str(error))
    # Limits are read when the engine is imported, here and in the processes of the workers.
    os.environ["GRADWALK_LIMITS"] = json.dumps(settings.limits)

    from app.serving import serve
    from app.store.problems import StoreProblem

    try:
        return serve(settings)
    except (OSError, ValueError, StoreProblem) as error:
        return _failed(str(error))


def _failed(sentence: str) -> int:
    print(sentence, file=sys.stderr)  # noqa: T201
    return 1
