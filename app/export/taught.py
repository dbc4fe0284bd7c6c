"""The lessons that a command knows: the built-in ones, and those of a folder of one's own."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import orjson

from app.export.figure import LESSONS, NoFigure, Subject, subject
from app.lessons import Lesson, lessons
from app.lessons.own import OwnLessons


def own(folder: str | None) -> Mapping[str, Lesson]:
    """Return the lessons of a folder that are well, by slug; raise NoFigure if there is none."""
    return {slug: one for slug, one in _entries(folder).items() if one is not None}


def named(asked: str, state: dict[str, str], folder: str | None) -> Subject:
    """Return what a word of the command line names.

    Raises NoFigure for a lesson that is not well, and where there is no such folder.
    """
    found = _entries(folder)
    if asked in found and found[asked] is None:
        raise NoFigure(
            f"The lesson {asked} is not well; gradwalk lesson check says what is wrong with it."
        )
    return subject(asked, state, {*lessons(), *found}, folder)


def graph(of: Subject) -> dict[str, Any]:
    """Return the program of a subject, its values and all that belongs to it, as requests do.

    Raises NoFigure where a lesson has no such scene.
    """
    state = of.state
    if not of.path.startswith(LESSONS):
        return {"program": state["program"], "values": orjson.loads(state.get("values", "{}"))}
    slug, number = of.path.removeprefix(LESSONS), int(state.get("scene", 0))
    lesson = {**own(of.folder), **lessons()}[slug]
    if number >= len(lesson["scenes"]):
        raise NoFigure(f"The lesson has {len(lesson['scenes'])} scenes.")
    found: dict[str, Any] = lesson["graphs"][lesson["scenes"][number]["graph"]]
    return found


def _entries(folder: str | None) -> dict[str, Lesson | None]:
    """Return the lessons of a folder by slug, None in the place of one that is not well."""
    if folder is None:
        return {}
    if not Path(folder).is_dir():
        raise NoFigure(f"There is no folder {folder} with lessons.")
    return {slug: one.lesson for slug, one in OwnLessons(folder).read().items()}
