"""Versions of networks as entity tags: `ETag: "7"`, and what `If-Match` asks for (RFC 9110)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from app.errors import Refused
from engine.sentence import say

TAG = re.compile(r'(?:W/)?"([^"\x00-\x20\x7f]*)"')
# What `If-Match` holds, as JSON Schema says it: a star, or tags with commas between them.
_TAG = r'(W/)?"[!#-+\--~]*"'
PATTERN = rf"^(\*|{_TAG}([ \t]*,[ \t]*{_TAG})*)$"


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
                say(
                    "The network has the version {version} by now, and If-Match names "
                    "another one; fetch it anew, and send the change again if it still "
                    "makes sense.",
                    version=version,
                ),
                {"ETag": etag(version)},
                version=version,
            )


ANY = Wanted()


def etag(version: int) -> str:
    """Return the entity tag of a version."""
    return f'"{version}"'


def unchanged(headers: Mapping[str, str], tag: str) -> bool:
    """Whether `If-None-Match` names an entity tag, or any; what is no tag counts as none."""
    given = headers.get("if-none-match", "")[:2_000].strip()
    return given == "*" or tag.strip('"') in TAG.findall(given)


def read(headers: Mapping[str, str]) -> Wanted:
    """Return the versions that `If-Match` names; refuse what is no list of entity tags."""
    given = headers.get("if-match")
    if given is None or given.strip() == "*":
        return ANY
    parts = [part for piece in given.split(",") if (part := piece.strip(" \t"))]
    tags = {found[1] for part in parts if (found := TAG.fullmatch(part))}
    if not parts or not all(map(TAG.fullmatch, parts)):
        raise Refused(
            400, say('If-Match must hold versions in quotes, such as "7" or W/"7", or *.')
        )
    return Wanted(frozenset(tags))
