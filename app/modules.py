"""Which modules a page needs at its start: those that its first one imports, and so on."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from app.assets import STATIC
from app.lean import lean

# Static imports and re-exports of files beside it; never `import("./x.js")`.
_IMPORT = re.compile(r"""(?:\bfrom|^import|;import)\s*["'](\.[^"']+)["']""", re.MULTILINE)


@cache
def needed(*entries: str) -> tuple[str, ...]:
    """Return the paths in `static` of modules and of all that they import, nearest first."""
    found = list(dict.fromkeys((STATIC / entry).resolve() for entry in entries))
    for path in found:
        found += [one for one in _imports(path) if one not in found]
    return tuple(path.relative_to(STATIC.resolve()).as_posix() for path in found)


def _imports(path: Path) -> list[Path]:
    source = lean(path.read_text(encoding="utf-8"))
    return list(dict.fromkeys((path.parent / name).resolve() for name in _IMPORT.findall(source)))
