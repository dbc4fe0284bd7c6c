"""What a process did to its files, recorded by strace, and what a power cut would have left.

A cut keeps what a file held at its last fsync. Of what was written after that it may keep nothing,
any part, or all, and a write may be torn at any 512 bytes. Deleting counts as durable at once.
"""

from __future__ import annotations

import random
import re
import shutil
import subprocess
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

SECTOR = 512
CALLS = ("openat", "close", "pwrite64", "write", "writev", "sendto", "fsync", "fdatasync",
         "ftruncate", "unlink")  # fmt: skip
LINE = re.compile(r"(\d+) +(.*)")
CALL = re.compile(r"(\w+)\((.*)\) += (-?\d+)")
TEXT = re.compile(r'"((?:\\x[0-9a-f]{2})*)"')
ACKNOWLEDGED = re.compile(rb'"version":(\d+)')


def may_trace() -> bool:
    """Whether strace is there, and is let to trace."""
    if shutil.which("strace") is None:
        return False
    return subprocess.run(["strace", "-o", "/dev/null", "true"], check=False).returncode == 0


def command(log: Path) -> list[str]:
    """Return what stands before a command whose calls are to be recorded."""
    return [
        "strace",
        "-f",
        "-xx",
        "-s",
        "1000000",
        "-e",
        f"trace={','.join(CALLS)}",
        "-o",
        str(log),
    ]


class Write(NamedTuple):
    path: str
    offset: int
    data: bytes


class Truncate(NamedTuple):
    path: str
    size: int


class Sync(NamedTuple):
    path: str


class Unlink(NamedTuple):
    path: str


class Acknowledge(NamedTuple):
    version: int


Event = Write | Truncate | Sync | Unlink | Acknowledge


def events(log: Path, store: str) -> Iterator[Event]:
    """Yield what was done to files whose path begins so, and which versions were acknowledged."""
    files: dict[str, str] = {}
    for name, given, result in _calls(log.read_text().splitlines()):
        text = b"".join(_bytes(part) for part in TEXT.findall(given))
        number = given.split(",")[0]
        if name == "openat":
            files.pop(result, None)
            if text.decode(errors="replace").startswith(store):
                files[result] = text.decode()
        elif name == "unlink" and text.decode(errors="replace").startswith(store):
            yield Unlink(text.decode())
        elif number in files:
            yield from _of_file(name, given, text, files[number])
            if name == "close":
                del files[number]
        elif name in ("write", "writev", "sendto"):
            yield from (Acknowledge(int(found)) for found in ACKNOWLEDGED.findall(text))


def _of_file(name: str, given: str, text: bytes, path: str) -> Iterator[Event]:
    if name == "pwrite64":
        yield Write(path, int(given.rsplit(",", 1)[1]), text)
    elif name == "ftruncate":
        yield Truncate(path, int(given.rsplit(",", 1)[1]))
    elif name in ("fsync", "fdatasync"):
        yield Sync(path)


def _calls(lines: Iterable[str]) -> Iterator[tuple[str, str, str]]:
    """Yield name, arguments and result of each call, at its end; threads interrupt each other."""
    begun: dict[str, str] = {}
    for line in lines:
        found = LINE.fullmatch(line)
        if found is None:
            continue
        thread, said = found.groups()
        if said.endswith("<unfinished ...>"):
            begun[thread] = said.removesuffix("<unfinished ...>").rstrip()
            continue
        if said.startswith("<... "):
            said = begun.pop(thread, "") + said.partition("resumed>")[2]
        call = CALL.match(said)
        if call is not None and not call[3].startswith("-"):
            yield call[1], call[2], call[3]


def _bytes(text: str) -> bytes:
    return bytes.fromhex(text.replace("\\x", ""))


@dataclass(slots=True)
class File:
    """What is durable, and what was done since."""

    durable: bytearray = field(default_factory=bytearray)
    since: list[Write | Truncate] = field(default_factory=list)

    def sync(self) -> None:
        for change in self.since:
            _apply(self.durable, change)
        self.since.clear()

    def left(self, kept: str, rng: random.Random) -> bytes:
        """Return what a cut leaves; `kept`: none, some, all, or torn."""
        content = bytearray(self.durable)
        for change in self.since:
            if kept == "all" or (kept in ("some", "torn") and rng.random() < 0.5):
                torn = kept == "torn" and isinstance(change, Write)
                _apply(content, _torn(change, rng) if torn else change)
        return bytes(content)


def _torn(change: Write | Truncate, rng: random.Random) -> Write | Truncate:
    assert isinstance(change, Write)
    sectors = rng.randint(0, len(change.data) // SECTOR)
    return change._replace(data=change.data[: sectors * SECTOR])


def _apply(content: bytearray, change: Write | Truncate) -> None:
    if isinstance(change, Truncate):
        content[change.size :] = b""
        content.extend(bytes(change.size - len(content)))
        return
    content.extend(bytes(max(0, change.offset - len(content))))
    content[change.offset : change.offset + len(change.data)] = change.data


@dataclass(slots=True)
class Disk:
    """Files as the events leave them, and the last version acknowledged."""

    files: dict[str, File] = field(default_factory=dict)
    acknowledged: int = 0

    def take(self, event: Event) -> None:
        if isinstance(event, Acknowledge):
            self.acknowledged = max(self.acknowledged, event.version)
        elif isinstance(event, Unlink):
            self.files.pop(event.path, None)
        elif isinstance(event, Sync):
            self.files.setdefault(event.path, File()).sync()
        else:
            self.files.setdefault(event.path, File()).since.append(event)

    def cut(self, folder: Path, kept: str, rng: random.Random) -> None:
        """Write what a power cut leaves at this moment into an empty folder."""
        for path, file in self.files.items():
            (folder / Path(path).name).write_bytes(file.left(kept, rng))
