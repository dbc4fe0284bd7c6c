"""What the standard library complains of in TOML, as sentences that have translations."""

from __future__ import annotations

from engine.sentence import Sentence, foreign, say

WORDS = (
    say("cannot overwrite a value"),
    say("expected '=' after a key in a key/value pair"),
    say("expected newline or end of document after a statement"),
    say("invalid initial character for a key part"),
    say("invalid statement"),
    say("invalid value"),
    say("unclosed array"),
    say("unclosed inline table"),
    say("unescaped '\\' in a string"),
    say("unterminated string"),
)
ILLEGAL = "illegal character "


def unread(reason: str) -> Sentence:
    """Return a complaint of `tomllib` as one of ours; what is rare stays as it is."""
    if reason.startswith(ILLEGAL):
        return say("illegal character {sign}", sign=reason.removeprefix(ILLEGAL))
    return next((words for words in WORDS if words == reason), None) or foreign(reason)
