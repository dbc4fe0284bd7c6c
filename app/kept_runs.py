"""What a comparison keeps: each of its trainings as a network, with its history, for a day.

Who opens one uses it, and then it stays as long as any other.
"""

from __future__ import annotations

from dataclasses import replace

from app import changes, progress
from app.access import Place
from app.store.networks import Write
from app.store.sweep import DAY
from app.training.comparison import Contestant
from app.transactions import Change

# So long a network stays that nobody opens, in seconds.
UNOPENED = 2 * DAY


def kept(one: Contestant, keep_days: float, place: Place) -> Change:
    """Return the change that stores a training where it stands, as if nobody had looked for long.

    A network that is used is noted to be so at most once a day: two days are left to this one.
    """
    session = one.session
    made = changes.made(session, session.spec.request.get("name"), place)
    row = made.write.row
    digests = {record.iteration: record.digest for record in one.records}
    states = {state.iteration: state for state in (*one.marks, session.state)}
    marks = tuple(
        progress.checkpoint(state, digests.get(state.iteration, b"")) for state in states.values()
    )
    used_at = min(row.used_at, row.used_at - keep_days * DAY + UNOPENED)
    write = Write(
        replace(row, used_at=used_at), marks, tuple(progress.chunks(session, one.records))
    )
    return Change(write, made.response)
