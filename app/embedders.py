"""Which sites may show `/embed/…` in a frame, and speak with it: as a setting names them."""

from __future__ import annotations

import re

ANY = "*"
_SITE = re.compile(r"https?://(\*\.)?[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?(:[0-9]{1,5})?")


def embedders(setting: str) -> tuple[str, ...]:
    """Return the origins that a setting names, in small letters.

    Raises ValueError for one that is no origin.
    """
    names = tuple(dict.fromkeys(name.strip().lower() for name in setting.split(",")))
    for name in names:
        if name and name != ANY and not _SITE.fullmatch(name):
            raise ValueError(
                f"{name[:80]!r} is no site; accepted are *, or origins joined by commas, such as "
                "https://moodle.example or https://*.example.org"
            )
    return tuple(name for name in names if name)


def ancestors(names: tuple[str, ...]) -> str:
    """Return the sources of `frame-ancestors`; this site itself is always one."""
    # A file on the reader's disk has no host that a star could stand for.
    return f"{ANY} file:" if ANY in names else " ".join(("'self'", *names))
