"""`gradwalk export`: files of a program's or a lesson's pictures."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import Any

from app.catalogues import LANGUAGES
from app.export.figure import FORMATS, LISTED, PLAYED, SCALES, figure, values
from app.export.saving import LESSONS_HELP, save


def add_export(commands: Any) -> None:
    """Add the command to a parser's commands."""
    parser = commands.add_parser(
        "export",
        help="save a picture of a step, or of a whole pass",
        description="Save what the page draws. Pictures are drawn by the Chromium that is found on "
        "the PATH; html, a file that plays by itself, and scripts of pytorch, jax and numpy need "
        "none.",
    )
    parser.add_argument("subject", metavar="PROGRAM_OR_LESSON",
                        help="a lesson's name, a file with a program, or a program")  # fmt: skip
    parser.add_argument("--step", type=_from(0), help="the playhead: so many steps are done (0)")
    parser.add_argument("--scene", type=_from(1), help="of a lesson: the scene, from 1 on (1)")
    parser.add_argument("--format", choices=list(FORMATS), default="svg", help="(svg)")
    parser.add_argument("--scale", type=int, choices=list(SCALES), default=2,
                        help="of PNG: so many times as large as on the screen (2)")  # fmt: skip
    parser.add_argument("--value", action="append", default=[], metavar="NAME=NUMBER",
                        help="a leaf's value, such as x=2 or W=[[1, 2]]; repeatable")  # fmt: skip
    parser.add_argument("--lessons", metavar="DIR", help=LESSONS_HELP)
    parser.add_argument("--lang", choices=LANGUAGES, default="en", help="(en)")
    parser.add_argument("--theme", choices=["light", "dark"], default="light", help="(light)")
    parser.add_argument("-o", "--output", metavar="FILE", help="(gradwalk.svg and so on)")
    parser.set_defaults(command=_export)


def _from(least: int) -> Callable[[str], int]:
    """Return what reads a whole number that is not below `least`."""

    def number(text: str) -> int:
        if not text.isdecimal() or int(text) < least:
            raise argparse.ArgumentTypeError(f"{text!r} is no whole number from {least} on")
        return int(text)

    return number


def _export(options: dict[str, Any]) -> int:
    from app.export.listed import listed
    from app.export.played import played
    from app.export.taught import named

    kind, ending = FORMATS[options["format"]]
    state = {"lang": options["lang"], "theme": options["theme"]}
    if options["step"] is not None:
        state["step"] = str(options["step"])
    if options["scene"] is not None:
        state["scene"] = str(options["scene"] - 1)

    def made() -> bytes:
        if options["value"]:
            state["values"] = values(options["value"])
        asked = named(options["subject"], state, options["lessons"])
        if kind == PLAYED:
            return played(asked)
        if kind == LISTED:
            return listed(asked, options["format"])
        return figure(asked, SCALES[options["scale"]] if kind == "png2" else kind)

    return save(made, Path(options["output"] or f"gradwalk{ending}"))
