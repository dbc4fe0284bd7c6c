"""What a learner should know about a network whose loss does not go with its last layer."""

from __future__ import annotations

from collections.abc import Iterator

from .sentence import Sentence, say

# Losses that take scores, and the function that each applies itself.
SCORES = {"bce_with_logits": "sigmoid", "cross_entropy": "softmax"}
PROBABILITIES = ("sigmoid", "softmax")


def last_layer(activation: str, units: int, loss: str) -> Iterator[Sentence]:
    """Yield what a learner should know about a loss after this last layer."""
    applied = SCORES.get(loss)
    if applied and activation in (*PROBABILITIES, "log_softmax"):
        yield say(
            "{loss} applies {applied} itself, and the last layer applies {activation} before it; "
            "a linear last layer gives it scores.",
            loss=loss,
            applied=applied,
            activation=activation,
        )
    if loss == "bce" and activation not in PROBABILITIES:
        yield say(
            "bce takes probabilities, and {activation} may leave the range from 0 to 1; sigmoid "
            "stays in it, and bce_with_logits takes scores.",
            activation=activation,
        )
    if "softmax" in (applied, activation) and units == 1:
        yield say(
            "A softmax over one unit is always 1, so nothing is learned; give one unit per class."
        )
