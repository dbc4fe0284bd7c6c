"""Ids and keys become hashes of themselves, and answers are sealed: the store opens nothing."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from app.store import ids, sealed

revision = "0003"
down_revision = "0002"

OWNED = {"networks": ("checkpoints.network_id", "history.network_id"),
         "sweeps": ("sweep_runs.sweep_id",)}  # fmt: skip
HASH = {"networks": ids.of_network, "sweeps": ids.of_sweep}
# Answers that are sealed at once.
MANY = 100


def upgrade() -> None:
    connection = op.get_bind()
    is_sqlite = connection.dialect.name == "sqlite"
    if is_sqlite:
        # What is replaced is written over, and does not stay in the file.
        connection.execute(sa.text("PRAGMA secure_delete=ON"))
        connection.execute(sa.text("PRAGMA defer_foreign_keys=ON"))
    for table, owned in OWNED.items():
        _hash(connection, table, owned, is_sqlite)
    _seal(connection)


def _hash(connection: sa.Connection, table: str, owned: tuple[str, ...], is_sqlite: bool) -> None:
    """Give the rows of a table, and what belongs to them, the hashes of their ids."""
    names = op.create_table(
        "renamed",
        sa.Column("old", sa.String(22), primary_key=True),
        sa.Column("new", sa.String(22), nullable=False),
    )
    rows = connection.execute(sa.text(f"SELECT id FROM {table}")).scalars().all()
    for start in range(0, len(rows), 1_000):
        pairs = [{"old": old, "new": HASH[table](old)} for old in rows[start : start + 1_000]]
        connection.execute(sa.insert(names), pairs)
    if not is_sqlite:
        _defer(connection, owned, "DEFERRABLE")
        connection.execute(sa.text("SET CONSTRAINTS ALL DEFERRED"))
    for place in (f"{table}.id", *owned):
        where, column = place.split(".")
        connection.execute(sa.text(f"UPDATE {where} SET {column} = (SELECT new FROM renamed "
                                   f"WHERE old = {column})"))  # fmt: skip
    op.drop_table("renamed")
    if not is_sqlite:
        connection.execute(sa.text("SET CONSTRAINTS ALL IMMEDIATE"))
        _defer(connection, owned, "NOT DEFERRABLE")


def _defer(connection: sa.Connection, owned: tuple[str, ...], how: str) -> None:
    """Let PostgreSQL look at foreign keys once all are written, or at once."""
    for place in owned:
        name = place.replace(".", "_") + "_fkey"
        table = place.split(".")[0]
        connection.execute(sa.text(f"ALTER TABLE {table} ALTER CONSTRAINT {name} {how}"))


def _seal(connection: sa.Connection) -> None:
    op.drop_index("answers_created_at", "answers")
    op.rename_table("answers", "open_answers")
    answers = op.create_table(
        "answers",
        sa.Column("name", sa.String(22), primary_key=True),
        sa.Column("digest", sa.LargeBinary, nullable=False),
        sa.Column("status", sa.Integer, nullable=False),
        sa.Column("content", sa.LargeBinary, nullable=False),
        sa.Column("created_at", sa.Double, nullable=False),
    )
    keys = connection.execute(sa.text("SELECT scope, key FROM open_answers")).all()
    for start in range(0, len(keys), MANY):
        connection.execute(sa.insert(answers), [
            _sealed(connection, scope, key) for scope, key in keys[start : start + MANY]
        ])  # fmt: skip
    op.drop_table("open_answers")
    op.create_index("answers_created_at", "answers", ["created_at"])


def _sealed(connection: sa.Connection, scope: str, key: str) -> dict[str, object]:
    wanted = sa.text("SELECT digest, status, headers, body, created_at FROM open_answers "
                     "WHERE scope = :scope AND key = :key")  # fmt: skip
    row = connection.execute(wanted, {"scope": scope, "key": key}).one()
    secret = f"{scope}\n{key}"
    content = row.headers.encode() + b"\n" + bytes(row.body)
    return {"name": sealed.named(secret), "digest": row.digest, "status": row.status,
            "content": sealed.sealed(secret, content), "created_at": row.created_at}  # fmt: skip
