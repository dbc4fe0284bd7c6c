"""`gradwalk worksheet`: a graph with blank boxes for a paper exam, and its key."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from app.export.figure import values
from app.export.saving import LESSONS_HELP, save


def add_worksheet(commands: Any) -> None:
    """Add the command to a parser's commands."""
    parser = commands.add_parser(
        "worksheet",
        help="print a graph with blank boxes for a paper exam, and the key",
        description="Write a PDF, A4, black and white: each variant on as many pages as it needs, "
        "and the key on its own. Pages are printed by the Chromium that is found on the PATH.",
    )
    parser.add_argument("subject", metavar="PROGRAM_OR_LESSON_OR_TEMPLATE",
                        help="a template of exercises (chain, fan-out, diamond, net, matrix), a "
                        "lesson's name, a file with a program, or a program")  # fmt: skip
    parser.add_argument("--seed", type=int, nargs="+", default=[], metavar="N",
                        help="one variant for each; of a program and a lesson, its leaves get "
                        "other numbers (an exercise: 1; else the numbers as they are)")  # fmt: skip
    parser.add_argument("--level", type=int, default=1, help="of a template: 1 to 5 (1)")
    parser.add_argument("--scene", type=int, default=1, help="of a lesson: from 1 on (1)")
    parser.add_argument("--value", action="append", default=[], metavar="NAME=NUMBER",
                        help="of a program: a leaf's value, such as x=2; repeatable")  # fmt: skip
    parser.add_argument("--blank", default="all", metavar="WHAT",
                        help="values, gradients, all, or names of nodes joined by commas "
                        "(all)")  # fmt: skip
    parser.add_argument("--lessons", metavar="DIR", help=LESSONS_HELP)
    parser.add_argument("--lang", choices=["en", "pt-BR"], default="en", help="(en)")
    parser.add_argument("-o", "--output", metavar="FILE", default="worksheet.pdf",
                        help="(worksheet.pdf)")  # fmt: skip
    parser.set_defaults(command=_worksheet)


def _worksheet(options: dict[str, Any]) -> int:
    from app.export.paper import worksheet
    from app.export.variants import paper

    state = {"lang": options["lang"], "theme": "light"}
    if options["scene"] != 1:
        state["scene"] = str(max(0, options["scene"] - 1))

    def made() -> bytes:
        if options["value"]:
            state["values"] = values(options["value"])
        return worksheet(*paper(options["subject"], state, options["seed"], options["level"],
                                options["blank"], options["lessons"]))  # fmt: skip

    return save(made, Path(options["output"]))
