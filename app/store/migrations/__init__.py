"""The steps from one schema to the next, taken when the store is opened."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from app.store.problems import StoreProblem


def upgrade(connection: Connection) -> None:
    """Bring the schema to the newest revision, inside the connection's transaction.

    Raises StoreProblem where a later version of the program has written the database.
    """
    config = Config()
    config.set_main_option("script_location", Path(__file__).parent.as_posix().replace("%", "%%"))
    config.attributes["connection"] = connection
    script = ScriptDirectory.from_config(config)
    known = {revision.revision for revision in script.walk_revisions()}
    found = MigrationContext.configure(connection).get_current_revision()
    if found == script.get_current_head():
        return
    if found is not None and found not in known:
        raise StoreProblem(
            f"The database has the schema {found}, which this version of Gradwalk does not know: "
            "a later version has written it. Start that version, or name another database."
        )
    command.upgrade(config, "head")
