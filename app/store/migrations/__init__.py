"""The steps from one schema to the next, taken when the store is opened."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from app.store.problems import StoreProblem
from engine.sentence import say


def upgrade(connection: Connection) -> None:
    """Bring the schema to the newest revision, inside the connection's transaction.

    Raises StoreProblem where a later version of the program has written the database.
    """
    script = ScriptDirectory.from_config(_config())
    known = {one.revision for one in script.walk_revisions()}
    found = revision(connection)
    if found == script.get_current_head():
        return
    if found is not None and found not in known:
        raise StoreProblem(
            say(
                "The database has the schema {found}, which this version of Gradwalk "
                "does not know: a later version has written it. Start that version, or "
                "name another database.",
                found=found,
            )
        )
    config = _config()
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def revision(connection: Connection) -> str | None:
    """Return the schema's revision; None of a database that has none yet."""
    return MigrationContext.configure(connection).get_current_revision()


def newest() -> str | None:
    """Return the revision that `upgrade` leads to."""
    return ScriptDirectory.from_config(_config()).get_current_head()


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", Path(__file__).parent.as_posix().replace("%", "%%"))
    return config
