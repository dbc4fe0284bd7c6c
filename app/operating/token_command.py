"""`gradwalk token`: names under which scripts are counted, made and taken back by the operator."""

from __future__ import annotations

from typing import Any

from app.operating.command import told


def add_token(commands: Any) -> None:
    """Add the command to a parser's commands."""
    token = commands.add_parser(
        "token", help="look after the tokens that scripts send to a hosted server"
    ).add_subparsers(required=True, metavar="what")
    create = token.add_parser("create", help="make a token, and show it this once")
    create.add_argument("name", metavar="NAME", help="what it is called here")
    create.add_argument("--rate", type=int, metavar="N", help="requests a second on average "
                        "(the limit token_per_second)")  # fmt: skip
    create.add_argument("--burst", type=int, metavar="N",
                        help="requests at once (the limit token_burst)")  # fmt: skip
    listed = token.add_parser("list", help="show which there are")
    revoke = token.add_parser("revoke", help="take one back; it counts for five seconds at most")
    revoke.add_argument("name", metavar="NAME")
    for parser, run in ((create, _create), (listed, _list), (revoke, _revoke)):
        parser.add_argument("--database", metavar="URL", help="sqlite:///PATH or postgresql://…")
        parser.set_defaults(command=told(run))


def _create(options: dict[str, Any]) -> int:
    from app.operating.tokens import create

    secret = create(_url(options), options["name"], options["rate"], options["burst"])
    print(secret)  # noqa: T201
    return 0


def _list(options: dict[str, Any]) -> int:
    from app.operating.tokens import lines

    for line in lines(_url(options)):
        print(line)  # noqa: T201
    return 0


def _revoke(options: dict[str, Any]) -> int:
    from app.operating.tokens import revoke

    revoke(_url(options), options["name"])
    print(f"The token {options['name']} is revoked.")  # noqa: T201
    return 0


def _url(options: dict[str, Any]) -> Any:
    from app.operating.command import url_of

    return url_of(options)
