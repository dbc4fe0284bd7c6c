"""An endpoint that does nothing: it reads a body and answers bytes that it was given when it began.

`python -m bench.ready FILE` serves the bytes of a file at any path, and prints its address.
"""

from __future__ import annotations

import sys
from pathlib import Path

import uvicorn
from fastapi import FastAPI, Request, Response


def create_app(content: bytes) -> FastAPI:
    """Return an application with one asynchronous route whose answer is ready."""
    app = FastAPI(openapi_url=None)

    @app.post("/api/v1/graphs")
    async def ready(request: Request) -> Response:
        await request.body()
        return Response(content, media_type="application/json")

    return app


def main() -> None:
    config = uvicorn.Config(create_app(Path(sys.argv[1]).read_bytes()), port=0, log_level="warning")
    listener = config.bind_socket()
    sys.stdout.write(f"http://127.0.0.1:{listener.getsockname()[1]}\n")
    sys.stdout.flush()
    uvicorn.Server(config).run(sockets=[listener])


if __name__ == "__main__":
    main()
