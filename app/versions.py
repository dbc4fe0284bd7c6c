"""Versions of networks as entity tags: `ETag: "7"`, and what `If-Match` asks for (RFC 9110)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from app.errors import Refused

TAG = re.compile(r'(?:W/)?"([^"\x00-\x20\x7f]*)"')
SEPARATOR = re.compile(r"[ \t]*(?:,[ \t]*)+")


@dataclass(frozen=True, slots=True)
class Wanted:
    """The tags that a request names; None is any version, as `*` and no header at all."""

    tags: frozenset[str] | None = None

    def matches(self, version: int) -> bool:
        return self.tags is None or str(version) in self.tags

    def check(self, version: int) -> None:
        """Refuse the request if the network has another version than those it names."""
        if not self.matches(version):
            raise Refused(
                412,
                f"The network has the version {version} by now, and If-Match names another one; "
                "fetch it anew, and send the change again if it still makes sense.",
                {"ETag": etag(version)},
                version=version,
            )


ANY = Wanted()


def etag(version: int) -> str:
    """Return the entity tag of a version."""
    return f'"{version}"'


def known(headers: Mapping[str, str]) -> frozenset[str]:
    """Return the versions that `If-None-Match` names; what is no version counts as none."""
    return frozenset(TAG.findall(headers.get("if-none-match", "")[:2_000]))


def read(headers: Mapping[str, str]) -> Wanted:
    """Return the versions that `If-Match` names; refuse what is no list of entity tags."""
    given = headers.get("if-match")
    if given is None or given.strip() == "*":
        return ANY
    tags = set()
    for part in SEPARATOR.split(given.strip()[:2_000].strip(" \t,")):
        found = TAG.fullmatch(part)
        if found is None:
            raise Refused(400, 'If-Match must hold versions in quotes, such as "7" or W/"7", or *.')
        tags.add(found[1])
    return Wanted(frozenset(tags))
