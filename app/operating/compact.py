"""Writing a file of SQLite anew, so that nothing is left in it of what was deleted or replaced."""

from __future__ import annotations

import sqlite3
from contextlib import closing

from sqlalchemy import URL

from app.store.problems import StoreProblem
from engine.sentence import say


def compact(url: URL) -> None:
    """Write the file anew; raises StoreProblem where there is no room, or a server uses it."""
    try:
        with closing(sqlite3.connect(str(url.database), timeout=30)) as connection:
            connection.execute("VACUUM")
    except sqlite3.Error as error:
        raise StoreProblem(
            say(
                "The schema is up to date, but {source} could not be written anew ({error}): bytes "
                "of what was deleted or replaced may be left in it. Run VACUUM on it once.",
                source=str(url.database), error=str(error),
            )
        ) from error  # fmt: skip
