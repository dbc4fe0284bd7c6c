"""What goes into the gaps of a template: numbers that are always equal are written once.

Much of what an answer says of a pass is one number in several places: the value of x is the
derivative of x·w by w, a contribution the only one is the whole gradient. Which numbers are equal
is learned from the answers so far and compared bit by bit each time, so that one that was equal by
chance only makes its class smaller.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import count
from operator import itemgetter
from typing import NamedTuple, TypeAlias

import numpy as np
import orjson
from numpy.typing import NDArray

Numbers: TypeAlias = "NDArray[np.float64]"
Places: TypeAlias = "NDArray[np.intp]"
Texts: TypeAlias = "Sequence[bytes]"
# What orjson writes for a number that is not finite.
NOT_FINITE = b"null"


class Gaps(NamedTuple):
    """Numbers by class, and gaps by what is put there.

    `classes` has the class of each number, `firsts` the first number of each class, `equals` that
    of each number's class; `sources` says for each gap which number goes there, or −1 − k for the
    k-th of the texts that are given, and `spread` picks for each gap from the texts of all classes
    and those that are given.
    """

    classes: Places
    firsts: Places
    equals: Places
    sources: Places
    spread: Callable[[Texts], Texts]


def gaps(numbers: Numbers, sources: Sequence[int]) -> Gaps:
    """Return the gaps with the classes that one answer's numbers show."""
    return _told(np.zeros(len(numbers), np.intp), numbers, np.array(sources, np.intp))


def refined(known: Gaps, numbers: Numbers) -> Gaps:
    """Return the gaps with their classes taken apart where these numbers differ."""
    return _told(known.classes, numbers, known.sources)


def agrees(known: Gaps, numbers: Numbers) -> bool:
    """Whether the numbers of every class are equal, bit by bit: −0 is not 0."""
    return numbers.take(known.equals).tobytes() == numbers.tobytes()


def texts(known: Gaps, numbers: Numbers, given: Texts) -> Texts | None:
    """Return what goes into each gap; None where a number is not finite, which is a word."""
    written = orjson.dumps(numbers.take(known.firsts), option=orjson.OPT_SERIALIZE_NUMPY)
    if NOT_FINITE in written:
        return None
    found = written[1:-1].split(b",")
    return known.spread([*found, *given] if given else found)


def _told(classes: Places, numbers: Numbers, sources: Places) -> Gaps:
    """Take classes apart by the numbers' bits, and count them in the order of their firsts."""
    _, values = np.unique(numbers.view(np.int64), return_inverse=True)
    both = classes * (len(numbers) + 1) + values
    _, firsts, classes = np.unique(both, return_index=True, return_inverse=True)
    order = np.argsort(firsts)
    firsts, classes = firsts[order], np.argsort(order)[classes]
    picked = np.where(sources < 0, len(firsts) - 1 - sources, classes[np.maximum(sources, 0)])
    return Gaps(classes, firsts, firsts[classes], sources, _picker(picked.tolist()))


def _picker(places: list[int]) -> Callable[[Texts], Texts]:
    """Return what picks from a sequence; `itemgetter` of one place gives no sequence."""
    if len(places) == 1:
        return lambda found: (found[places[0]],)
    return itemgetter(*places)


def numbered(placeholders: Sequence[str], order: Sequence[int]) -> tuple[list[int], list[str]]:
    """Return the sources of gaps, and the placeholders once each.

    A gap without a placeholder takes the next number in the order.
    """
    numbers, first = iter(order), dict(zip(dict.fromkeys(filter(None, placeholders)), count()))
    sources = [-1 - first[one] if one else next(numbers) for one in placeholders]
    return sources, list(first)
