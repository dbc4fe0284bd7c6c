"""Programs whose scalar graphs are large: rows of numbers that pass through many operations."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import urlencode


def program(rows: int, operations: int) -> dict[str, Any]:
    """Return a request for a graph of about rows × operations nodes, most with two arguments."""
    lines = ["a0 = x * w", "a1 = a0 - w"]
    lines += [f"a{i} = a{i - 1} {'+-*'[i % 3]} a{i - 2}" for i in range(2, operations)]
    values = {
        "x": [round(0.5 + (i * 37 % 61) / 100, 2) for i in range(rows)],
        "w": [round(0.6 + (i * 23 % 47) / 100, 2) for i in range(rows)],
    }
    text = "; ".join([*lines, f"f = sum(a{operations - 1})"])
    return {"program": text, "values": values, "detail": "scalar"}


def address(request: dict[str, Any], **more: str | int) -> str:
    """Return the address of the lab that shows the graph of a request."""
    values = json.dumps(request["values"], separators=(",", ":"))
    return "/lab?" + urlencode({**request, "values": values, **more})
