"""`gradwalk lesson check`: what is wrong with the files of lessons, line by line."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from app.grading.command import add_grade


def add_lesson(commands: Any) -> None:
    """Add the command to a parser's commands."""
    parser = commands.add_parser(
        "lesson", help="check the files of lessons, grade those of progress"
    )
    kinds = parser.add_subparsers(required=True, metavar="what")
    check = kinds.add_parser(
        "check",
        help="say what is wrong with files, with line numbers",
        description="Check files of lessons as gradwalk serve --lessons does; their format is "
        "described in docs/authoring.md. The exit status is 0 if all is well, else 1.",
    )
    check.add_argument("files", nargs="+", metavar="FILE", help="a lesson in TOML")
    check.add_argument("--lang", choices=["en", "pt-BR"], default="en", help="(en)")
    check.set_defaults(command=_check)
    add_grade(kinds)


def _check(options: dict[str, Any]) -> int:
    from app.lessons import FOLDER, lessons
    from app.lessons.checking import checked
    from app.limits import DOOR

    language, failed = options["lang"], False
    seen: set[str] = set()
    for name in options["files"]:
        path = Path(name)
        try:
            with path.open("rb") as file:
                content = file.read(DOOR.lesson_bytes + 1)
        except OSError as error:
            print(f"{name}: {error.strerror}.")  # noqa: T201
            failed = True
            continue
        built_in = path.resolve().parent == FOLDER.resolve()
        lesson, faults = checked(content, seen if built_in else seen | set(lessons()))
        for fault in faults:
            print(f"{name}:{fault.line}: {fault.said(language)}")  # noqa: T201
        if lesson is not None:
            seen.add(lesson["slug"])
            print(f"{name}: " + _well(len(lesson["scenes"]), language))  # noqa: T201
        failed = failed or lesson is None
    return int(failed)


def _well(scenes: int, language: str) -> str:
    from app.catalogues import catalogue

    return catalogue(language)["page.lesson.well"].replace("{n}", str(scenes))
