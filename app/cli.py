"""The command `gradwalk`."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence

from app import __version__


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; return the exit status."""
    options = _parser().parse_args(arguments)
    return _serve(options)


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
    return parser


def _serve(options: argparse.Namespace) -> int:
    # One thread per matrix product: requests already run side by side. Before NumPy loads.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

    import uvicorn

    from app.main import create_app
    from app.settings import Settings

    given = {name: value for name, value in vars(options).items() if value is not None}
    settings = Settings(**given)
    config = uvicorn.Config(
        create_app(settings),
        host=settings.host,
        port=settings.port,
        log_level="warning",
        server_header=False,
        timeout_graceful_shutdown=10,
    )
    server = uvicorn.Server(config)
    try:
        listener = config.bind_socket()
    except SystemExit:
        print(f"Port {settings.port} is not free; try --port 0.", file=sys.stderr)  # noqa: T201
        return 1
    listener.listen(config.backlog)
    host, port = listener.getsockname()[:2]
    base = f"/{settings.base_path.strip('/')}/" if settings.base_path else "/"
    shown = f"[{host}]" if ":" in host else host
    print(f"Gradwalk is at http://{shown}:{port}{base}", flush=True)  # noqa: T201
    server.run(sockets=[listener])
    return 0
