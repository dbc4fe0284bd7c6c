"""`gradwalk lesson grade`: a table of marks from the files that students save."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

NO_PROOF = (
    "These marks are recomputed from files that the students themselves hold: they help to see "
    "what a class has understood, and are no proof against cheating."
)


def add_grade(kinds: Any) -> None:
    """Add the command to those of `gradwalk lesson`."""
    parser = kinds.add_parser(
        "grade",
        help="tabulate the files of progress that students save",
        description="Judge every attempt in files of progress anew and write a table, one line per "
        f"file. Files that cannot be graded are named, and the others graded. {NO_PROOF}",
    )
    parser.add_argument("files", nargs="+", metavar="FILE", help="saved by “Your progress”")
    parser.add_argument("-o", "--output", metavar="FILE",
                        help="marks.csv, for example (standard output)")  # fmt: skip
    parser.add_argument("--lessons", metavar="DIR",
                        help="the lessons of your own that gradwalk serve was given")  # fmt: skip
    parser.add_argument("--separator", choices=[",", ";"], default=",",
                        help="; opens at once where the decimal mark is a comma (,)")  # fmt: skip
    parser.set_defaults(command=_grade)


def _grade(options: dict[str, Any]) -> int:
    from app.grading.marks import Grader
    from app.grading.progress import BYTES, NoProgress, read
    from app.grading.table import table

    grader = Grader(_lessons(options["lessons"]))
    graded, failed = [], 0
    for name in options["files"]:
        try:
            with Path(name).open("rb") as file:
                graded.append((Path(name).name, grader.marks(read(file.read(BYTES + 1)))))
        except OSError as error:
            failed += _told(f"{name}: {error.strerror}.")
        except NoProgress as error:
            failed += _told(f"{name}: {error}")
    text = table(graded, options["separator"])
    if options["output"] is None:
        sys.stdout.write(text)
        _told(NO_PROOF)
        return int(failed > 0)
    try:
        # With the mark of its encoding, without which spreadsheets read names as another one.
        Path(options["output"]).write_text(text, encoding="utf-8-sig", newline="")
    except OSError as error:
        return _told(f"{options['output']} cannot be written: {error.strerror}.")
    print(f"{options['output']}: {len(graded)} graded, {failed} not. {NO_PROOF}")  # noqa: T201
    return int(failed > 0)


def _lessons(folder: str | None) -> Mapping[str, Any]:
    """Return the built-in lessons, and those of a folder that are well."""
    from app.lessons import lessons
    from app.lessons.checking import checked

    found = dict(lessons())
    if folder and not Path(folder).is_dir():
        _told(f"{folder}: There is no such folder; only the built-in lessons are read.")
    for path in sorted(Path(folder).glob("*.toml")) if folder else ():
        lesson, _ = checked(path.read_bytes(), set(found))
        if lesson is None:
            _told(f"{path}: This lesson is not well; gradwalk lesson check says what is wrong.")
        else:
            found[lesson["slug"]] = lesson
    return found


def _told(sentence: str) -> int:
    print(sentence, file=sys.stderr)  # noqa: T201
    return 1
