"""`gradwalk db`, `gradwalk networks` and `gradwalk doctor`."""

from __future__ import annotations

import itertools
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

Run = Callable[[dict[str, Any]], int]


def add_operating(commands: Any) -> None:
    """Add the commands to a parser's commands."""
    db = commands.add_parser("db", help="look after the database").add_subparsers(
        required=True, metavar="what"
    )
    upgrade = db.add_parser("upgrade", help="bring the schema up to date, after a backup")
    backup = db.add_parser("backup", help="write a copy, also while a server runs")
    backup.add_argument("file", metavar="FILE", type=Path, help="a file that is not there yet")
    check = db.add_parser("check", help="read everything, and say what is damaged")
    networks = commands.add_parser("networks", help="look after stored networks").add_subparsers(
        required=True, metavar="what"
    )
    expire = networks.add_parser("expire", help="delete what nobody has used for long")
    expire.add_argument("--days", type=float, help="days without use (GRADWALK_KEEP_DAYS: 30)")
    expire.add_argument("--dry-run", action="store_true", help="only count them")
    expire.add_argument("--force", action="store_true", help="though the clock may have jumped")
    doctor = commands.add_parser("doctor", help="look for what would trouble a server")
    runs: dict[Any, Run] = {
        upgrade: _upgrade, backup: _backup, check: _check, expire: _expire, doctor: _doctor,
    }  # fmt: skip
    for parser, run in runs.items():
        parser.add_argument("--database", metavar="URL", help="sqlite:///PATH or postgresql://…")
        parser.set_defaults(command=told(run))


def told(run: Run) -> Run:
    """Let a command say what goes wrong in one sentence."""

    def command(options: dict[str, Any]) -> int:
        from pydantic import ValidationError

        from app.store.problems import StoreProblem

        try:
            return run(options)
        except ValidationError as error:
            first = error.errors()[0]
            print(f"The setting {first['loc'][0]} is wrong: {first['msg'].lower()}.",  # noqa: T201
                  file=sys.stderr)  # fmt: skip
        except StoreProblem as error:
            print(error, file=sys.stderr)  # noqa: T201
        return 1

    return command


def _settings(options: dict[str, Any]) -> Any:
    from app.settings import Settings

    given = {name: options[name] for name in ("database",) if options[name] is not None}
    return Settings(**given)


def url_of(options: dict[str, Any]) -> Any:
    from app.store.address import address

    return address(_settings(options).database)


def _upgrade(options: dict[str, Any]) -> int:
    from app.operating.backup import backup
    from app.operating.compact import compact
    from app.operating.jobs import run
    from app.store import migrations
    from app.store.address import is_sqlite

    url, wanted = url_of(options), migrations.newest()
    before = run(url, migrations.revision)
    if before == wanted:
        print(f"The schema is {wanted} already.")  # noqa: T201
        return 0
    if before is not None and is_sqlite(url):
        copy = _free(Path(f"{url.database}.before-{wanted}"))
        print(f"{backup(url, copy)} bytes are kept as {copy}.")  # noqa: T201
    run(url, migrations.upgrade, keep=True)
    if is_sqlite(url):
        compact(url)
    print(f"The schema was {before or 'none'} and is {wanted}.")  # noqa: T201
    return 0


def _free(wanted: Path) -> Path:
    """Return a name that no file has: an upgrade that was interrupted has left its copy."""
    further = (wanted.with_name(f"{wanted.name}.{number}") for number in itertools.count(2))
    return next(name for name in itertools.chain([wanted], further) if not name.exists())


def _backup(options: dict[str, Any]) -> int:
    from app.operating.backup import backup

    file = options["file"]
    print(f"{backup(url_of(options), file)} bytes are in {file}.")  # noqa: T201
    return 0


def _check(options: dict[str, Any]) -> int:
    from app.operating.check import check
    from app.operating.jobs import run

    found = run(url_of(options), check)
    for fault in found.faults:
        print(fault)  # noqa: T201
    well = "all is well" if not found.faults else f"{len(found.faults)} faults"
    read = f"{found.networks} networks, {found.sweeps} sweeps and {found.tokens} tokens"
    print(f"{read} were read: {well}.")  # noqa: T201
    return int(bool(found.faults))


def _expire(options: dict[str, Any]) -> int:
    from app.operating.expire import expire
    from app.operating.jobs import run

    days = options["days"] if options["days"] is not None else _settings(options).keep_days
    only_count, force = options["dry_run"], options["force"]
    gone = run(url_of(options), lambda c: expire(c, days, only_count=only_count, force=force),
                keep=True)  # fmt: skip
    done = "would be deleted" if only_count else "were deleted"
    print(f"{gone.networks} networks and {gone.sweeps} sweeps, unused for {days:g} days, {done}.")  # noqa: T201
    return 0


def _doctor(options: dict[str, Any]) -> int:
    from app.operating.doctor import doctor

    failed = False
    for finding in doctor(_settings(options)):
        failed = failed or finding.kind == "fails"
        print(f"{finding.kind:6}{finding.what}: {finding.said}.")  # noqa: T201
    return int(failed)
