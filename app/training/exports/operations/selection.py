"""The larger and the smaller of two, and what lets some elements pass."""

from __future__ import annotations

from .row import Row

_TIE = "0.5 * ({0} == {1})"

ROWS = {
    "maximum": Row("np.maximum({0}, {1})",
                   (f"{{g}} * (({{0}} > {{1}}) + {_TIE})", f"{{g}} * (({{1}} > {{0}}) + {_TIE})"),
                   "torch.maximum({0}, {1})", "Max({0}, {1})"),
    "minimum": Row("np.minimum({0}, {1})",
                   (f"{{g}} * (({{0}} < {{1}}) + {_TIE})", f"{{g}} * (({{1}} < {{0}}) + {_TIE})"),
                   "torch.minimum({0}, {1})", "Min({0}, {1})"),
    "clip": Row("np.clip({0}, {min}, {max})", ("{g} * ({0} == {z})",),
                "torch.clamp({0}, {min}, {max})", "Clip({0}, {min}, {max})",
                "clip({0}, {min}, {max})"),
    "where": Row("np.where({0} != 0, {1}, {2})", ("", "{g} * ({0} != 0)", "{g} * ({0} == 0)"),
                 "torch.where({0} != 0, {1}, {2})", "Where(Equal({0}, 0.0), {2}, {1})"),
    "dropout": Row("{0} * {1} / (1 - {p})", ("{g} * {1} / (1 - {p})", "{g} * {0} / (1 - {p})"),
                   "{0} * {1} / (1 - {p})", "Div(Mul({0}, {1}), Sub(1.0, {p}))"),
    "embedding": Row("{0}[np.array({rows})]", ("gathered({g}, np.shape({0}), np.array({rows}))",),
                     "{0}[torch.tensor({rows})]", "Gather({0}, {rows})"),
}  # fmt: skip
