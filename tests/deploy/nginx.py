"""nginx as the tests start it: the shipped file, on free ports, before a server of ours."""

from __future__ import annotations

import os
import shutil
import socket
import ssl
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import httpx
import pytest

SHIPPED = Path(__file__).parents[2] / "deploy" / "nginx.conf"
PROGRAM = shutil.which("nginx", path="/usr/sbin:/usr/local/sbin:/usr/bin")
needed = pytest.mark.skipif(PROGRAM is None, reason="nginx is not installed")
NAME = "gradwalk.example"
MAIN = """{user} daemon off; worker_processes 2; pid {folder}/pid; error_log {folder}/main.log;
events {{ worker_connections 2048; }}
http {{
  include /etc/nginx/mime.types; default_type application/octet-stream;
  access_log {folder}/access.log;
  client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy;
  fastcgi_temp_path {folder}/fastcgi; uwsgi_temp_path {folder}/uwsgi; scgi_temp_path {folder}/scgi;
  include {folder}/site.conf;
}}
"""


class Front(NamedTuple):
    """Where nginx listens, and its certificate."""

    secure: int
    plain: int
    folder: Path

    @property
    def url(self) -> str:
        return f"https://{NAME}:{self.secure}"

    def client(self, http2: bool = False) -> httpx.Client:
        """Return a client that finds the name at this machine, and trusts its certificate alone."""
        context = ssl.create_default_context(cafile=str(self.folder / "cert.pem"))
        transport = httpx.HTTPTransport(verify=context, http2=http2)
        return httpx.Client(
            base_url=f"https://127.0.0.1:{self.secure}", transport=transport, timeout=20,
            headers={"Host": f"{NAME}:{self.secure}"},
        )  # fmt: skip


def free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port: int = taken.getsockname()[1]
        return port


@contextmanager
def fronted(folder: Path, upstream: int) -> Iterator[Front]:
    """Serve the shipped file before the server at a port; only ports and paths are others."""
    front = Front(free_port(), free_port(), folder)
    changes = {
        "127.0.0.1:8000": f"127.0.0.1:{upstream}",
        "listen 80;": f"listen 127.0.0.1:{front.plain};",
        "listen 443 ssl": f"listen 127.0.0.1:{front.secure} ssl",
        "/etc/ssl/gradwalk/fullchain.pem": str(folder / "cert.pem"),
        "/etc/ssl/gradwalk/privkey.pem": str(folder / "key.pem"),
    }
    text = SHIPPED.read_text("utf-8")
    for shipped, here in changes.items():
        assert text.count(shipped) == 1, shipped
        text = text.replace(shipped, here)
    text = text.replace("/var/log/nginx/gradwalk.error.log", str(folder / "error.log"))
    (folder / "site.conf").write_text(text, "utf-8")
    # What nginx writes there is its own: its workers are nobody else, where root starts it.
    user = "user root;" if os.getuid() == 0 else ""
    (folder / "nginx.conf").write_text(MAIN.format(folder=folder, user=user), "utf-8")
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj",
         f"/CN={NAME}", "-addext", f"subjectAltName=DNS:{NAME},IP:127.0.0.1",
         "-keyout", str(folder / "key.pem"), "-out", str(folder / "cert.pem")],
        check=True, capture_output=True,
    )  # fmt: skip
    for path in (folder, *folder.iterdir()):
        path.chmod(0o755)
    process = subprocess.Popen(
        [str(PROGRAM), "-p", str(folder), "-c", str(folder / "nginx.conf")],
        stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    try:
        _wait(front, process)
        yield front
    finally:
        process.terminate()
        process.communicate(timeout=10)


def _wait(front: Front, process: subprocess.Popen[str]) -> None:
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline:
        assert process.poll() is None, process.stderr and process.stderr.read()
        with socket.socket() as tried:
            if tried.connect_ex(("127.0.0.1", front.secure)) == 0:
                return
        time.sleep(0.05)
    raise AssertionError("nginx does not listen")
