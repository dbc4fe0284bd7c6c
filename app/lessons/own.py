"""Lessons of a lecturer's own: the files of one folder, read again when they have changed."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterator, Mapping
from pathlib import Path
from threading import Lock
from typing import Any, NamedTuple

from anyio import to_thread

from app.catalogues import LANGUAGES
from app.lessons import Lesson, lessons
from app.lessons.checking import TAKEN, Checked, checked
from app.lessons.faults import Line
from app.limits import DOOR

# How long the graphs of one file may take, as a request waits for it.
SECONDS = 2.0
_SLUG = re.compile(r'^slug *= *["\']([a-z0-9-]{1,60})["\']', re.MULTILINE)
_ODD = re.compile("[^a-z0-9]+")


class Entry(NamedTuple):
    """A file of the folder: the lesson in it, or what is wrong with it; `slug` names it here."""

    slug: str
    file: str
    lesson: Lesson | None
    faults: tuple[Line, ...]


class _Read(NamedTuple):
    """What a file held when it looked like this from outside."""

    mark: tuple[int, int, int]
    slug: str
    checked: Checked


class OwnLessons:
    """The lessons of a folder; without a folder there are none."""

    def __init__(self, folder: str | None) -> None:
        self._folder = Path(folder).resolve() if folder else None
        self._lock = Lock()
        self._files: dict[str, _Read] = {}

    async def entries(self) -> Mapping[str, Entry]:
        """Return the files by slug in their order, those that have changed read anew."""
        return await to_thread.run_sync(self.read)

    def read(self) -> Mapping[str, Entry]:
        """Return what `entries` does, for who may wait."""
        if self._folder is None:
            return {}
        with self._lock:
            read = dict(self._reads())
            self._files = read
        found: dict[str, Entry] = {}
        told = sorted(read.items(), key=lambda item: _order(item[1].checked))
        for number, (name, one) in enumerate(told, 1):
            slug, lesson, faults = one.slug, one.checked.lesson, one.checked.faults
            if slug in found or (lesson is None and slug in lessons()):
                slug = _free(_named(name), found)
                lesson, faults = None, faults or (Line(1, "slug", TAKEN.sentence),)
            whole = None if lesson is None else _whole(lesson, number)
            found[slug] = Entry(slug, name, whole, faults)
        return found

    def _reads(self) -> Iterator[tuple[str, _Read]]:
        assert self._folder is not None, "without a folder nothing is read"
        names = sorted(path.name for path in self._folder.glob("*.toml"))
        for name in names[: DOOR.lesson_files]:
            opened = _opened(self._folder, name)
            if opened is None:
                continue
            with os.fdopen(opened, "rb") as file:
                facts = os.fstat(opened)
                mark = (facts.st_mtime_ns, facts.st_size, facts.st_ino)
                known = self._files.get(name)
                if known is None or known.mark != mark:
                    known = _read(name, mark, file.read(DOOR.lesson_bytes + 1))
            yield name, known


def _opened(folder: Path, name: str) -> int | None:
    """Open a regular file that lies in the folder, itself or behind a link; None for others."""
    # Unlike Path.resolve, this leaves a link that leads to itself as it is.
    path = os.path.realpath(folder / name)
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
    if not Path(path).is_relative_to(folder):
        return None
    try:
        opened = os.open(path, flags | getattr(os, "O_BINARY", 0))
    except OSError:
        return None
    if stat.S_ISREG(os.fstat(opened).st_mode):
        return opened
    os.close(opened)
    return None


def _read(name: str, mark: tuple[int, int, int], content: bytes) -> _Read:
    found = checked(content, lessons(), SECONDS)
    if found.lesson is not None:
        return _Read(mark, found.lesson["slug"], found)
    said = _SLUG.search(content.decode("utf-8", "replace"))
    return _Read(mark, said[1] if said else _named(name), found)


def _named(file: str) -> str:
    """Return a slug made of a file's name."""
    return _ODD.sub("-", file.removesuffix(".toml").lower()).strip("-")[:60] or "lesson"


def _free(slug: str, taken: Mapping[str, Entry]) -> str:
    names = (slug, *(f"{slug}-{number}" for number in range(2, DOOR.lesson_files + 2)))
    return next(name for name in names if name not in taken and name not in lessons())


def _order(found: Checked) -> int:
    return int(found.lesson.get("order", 0)) if found.lesson is not None else 0


def _whole(lesson: Lesson, number: int) -> Lesson:
    """Return a lesson with what its file may leave out, and each text in every language."""
    scenes = [{"text": dict.fromkeys(LANGUAGES, ""), **scene} for scene in lesson["scenes"]]
    defaults = {"number": str(number), "order": number, "own": True}
    told: Lesson = _spoken({**defaults, **lesson, "scenes": scenes})
    return told


def _spoken(part: Any) -> Any:
    """Give a text that is there in one language in the others too."""
    if isinstance(part, list):
        return [_spoken(item) for item in part]
    if not isinstance(part, dict):
        return part
    if part and set(part) <= set(LANGUAGES) and all(isinstance(t, str) for t in part.values()):
        first = next(iter(part.values()))
        return {language: part.get(language, first) for language in LANGUAGES}
    return {name: _spoken(item) for name, item in part.items()}
