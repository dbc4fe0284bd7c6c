"""Questions about the steps of a run: the answer computed from the graph, and the usual slips.

verdict = check(run, Question("product", step=7), "-0,0424")
verdict.right, verdict.slips, verdict.node, verdict.edge
"""

from .kinds import KINDS
from .question import ABOUT, PHASES, Question, Spot, located
from .slips import SLIPS
from .typed import Typed, Unreadable, read
from .verdict import Answer, Verdict, case_of, check

__all__ = [
    "ABOUT",
    "KINDS",
    "PHASES",
    "SLIPS",
    "Answer",
    "Question",
    "Spot",
    "Typed",
    "Unreadable",
    "Verdict",
    "case_of",
    "check",
    "located",
    "read",
]
