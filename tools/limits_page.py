"""Write docs/limits.md from the server's own tables of limits."""

from __future__ import annotations

from pathlib import Path

from app.limit_words import MEANING
from app.limits import table

PAGE = Path(__file__).parents[1] / "docs" / "limits.md"
HEAD = """# Limits

Whatever goes over one of these is refused with a problem that names it, before memory is taken.
`GET /api/v1/limits` lists them as the server has them. Each can be set by its name, in the variable
`GRADWALK_LIMITS='{"rows": 20000}'` or in a table `[limits]` of `gradwalk.toml`; what is said of
memory and of seconds elsewhere holds for the values below. `tools/limits_page.py` writes this page.

| limit | value | what it limits |
|---|---:|---|
"""


def limits_page() -> str:
    """Return what docs/limits.md should hold."""
    rows = (f"| `{name}` | {value:,} | {MEANING[name]} |" for name, value in table().items())
    return HEAD + "\n".join(rows) + "\n"


if __name__ == "__main__":
    PAGE.write_text(limits_page(), encoding="utf-8")
