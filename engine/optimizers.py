"""The table of optimizers: definitions, settings and defaults of torch.optim, `learning_rate` = lr.

A rule is written as a program: `p` is the parameter, `g` its gradient, `t` the number of the update
from 1; `new_p` and `new_<slot>` are what is kept. Lines that a setting switches off are left out.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from .errors import ValueProblem
from .ops.row import Doc
from .options import named
from .sentence import Sentence, say


class Setting(NamedTuple):
    """A setting: a number from `low` to below `high`, a pair of such, or a flag."""

    name: str
    default: Any
    doc: Doc
    low: float = 0.0
    high: float = math.inf


@dataclass(frozen=True, slots=True, kw_only=True)
class Optimizer:
    """A rule for updating parameters; `slots` is what it keeps per parameter between updates.

    `initial` names the setting that a slot begins with, 0 otherwise; `check` returns what is wrong
    with settings that do not go together.
    """

    name: str
    settings: tuple[Setting, ...]
    lines: Callable[[Mapping[str, Any]], Iterator[str]]
    slots: tuple[str, ...] = ()
    initial: Mapping[str, str] = field(default_factory=dict)
    check: Callable[[Mapping[str, Any]], Sentence | None] = lambda _: None
    latex: str
    doc: Doc

    def program(self, settings: Mapping[str, Any]) -> str:
        """Return the rule under these settings as a program."""
        return "\n".join(self.lines(settings))

    def numbers(self, settings: Mapping[str, Any]) -> dict[str, float]:
        """Return the settings as the rule names them: a pair `betas` is beta1 and beta2."""
        found: dict[str, float] = {}
        for name, value in settings.items():
            if isinstance(value, tuple):
                found |= {f"{name[:-1]}{i}": part for i, part in enumerate(value, 1)}
            else:
                found[name] = float(value)
        return found


def _direction(s: Mapping[str, Any], decay: bool = True) -> str:
    """The gradient, turned to maximize, with the weight decay added."""
    turned = "-g" if s["maximize"] else "g"
    return f"d = {turned} + weight_decay*p" if decay and s["weight_decay"] else f"d = {turned}"


def _sgd(s: Mapping[str, Any]) -> Iterator[str]:
    yield _direction(s)
    if not s["momentum"]:
        yield "new_p = p - learning_rate*d"
        return
    # The first update takes the gradient as it is, whatever the dampening.
    fresh = "(1 - dampening*step(t - 1))*d" if s["dampening"] else "d"
    yield f"new_momentum_buffer = momentum*momentum_buffer + {fresh}"
    ahead = "d + momentum*new_momentum_buffer" if s["nesterov"] else "new_momentum_buffer"
    yield f"new_p = p - learning_rate*({ahead})"


def _nesterov(s: Mapping[str, Any]) -> Sentence | None:
    if s["nesterov"] and (s["momentum"] <= 0 or s["dampening"] != 0):
        return say("nesterov needs a momentum above 0 and a dampening of 0.")
    return None


def _adagrad(s: Mapping[str, Any]) -> Iterator[str]:
    yield _direction(s)
    yield "new_square_sum = square_sum + d*d"
    rate = "learning_rate/(1 + (t - 1)*lr_decay)" if s["lr_decay"] else "learning_rate"
    yield f"pace = {rate}"
    yield "new_p = p - pace*d/(sqrt(new_square_sum) + eps)"


def _rmsprop(s: Mapping[str, Any]) -> Iterator[str]:
    yield _direction(s)
    yield "new_square_avg = alpha*square_avg + (1 - alpha)*d*d"
    if s["centered"]:
        yield "new_grad_avg = alpha*grad_avg + (1 - alpha)*d"
        yield "denominator = sqrt(new_square_avg - new_grad_avg*new_grad_avg) + eps"
    else:
        yield "denominator = sqrt(new_square_avg) + eps"
    if s["momentum"]:
        yield "new_momentum_buffer = momentum*momentum_buffer + d/denominator"
        yield "new_p = p - learning_rate*new_momentum_buffer"
    else:
        yield "new_p = p - learning_rate*d/denominator"


def _adaptive(s: Mapping[str, Any], decoupled: bool) -> Iterator[str]:
    yield _direction(s, not decoupled)
    yield "new_exp_avg = beta1*exp_avg + (1 - beta1)*d"
    yield "new_exp_avg_sq = beta2*exp_avg_sq + (1 - beta2)*d*d"
    second = "new_exp_avg_sq"
    if s["amsgrad"]:
        second = "new_max_exp_avg_sq"
        yield f"{second} = maximum(max_exp_avg_sq, new_exp_avg_sq)"
    yield f"denominator = sqrt({second})/sqrt(1 - beta2**t) + eps"
    shrunk = "p*(1 - learning_rate*weight_decay)" if decoupled and s["weight_decay"] else "p"
    yield f"new_p = {shrunk} - learning_rate/(1 - beta1**t)*new_exp_avg/denominator"


def _adam(s: Mapping[str, Any]) -> Iterator[str]:
    return _adaptive(s, decoupled=False)


def _adamw(s: Mapping[str, Any]) -> Iterator[str]:
    return _adaptive(s, decoupled=True)


def _rate(default: float) -> Setting:
    return Setting("learning_rate", default, Doc("Step size.", "Tamanho do passo."))


def _decay(default: float = 0.0) -> Setting:
    return Setting("weight_decay", default, Doc("Pull of the weights to 0.",
                                                "Atração dos pesos para 0."))  # fmt: skip


def _eps(default: float) -> Setting:
    return Setting("eps", default, Doc("Keeps the divisor away from 0.",
                                       "Mantém o divisor longe de 0."))  # fmt: skip


MAXIMIZE = Setting("maximize", False, Doc("Climb instead of descend.", "Subir em vez de descer."))
MOMENTUM = Setting("momentum", 0.0, Doc("Share of the last step that is kept.",
                                        "Fração do último passo que se mantém."))  # fmt: skip
BETAS = Setting("betas", (0.9, 0.999), Doc("Memory of the two moving averages.",
                "Memória das duas médias móveis."), high=1.0)  # fmt: skip
AMSGRAD = Setting("amsgrad", False, Doc("Use the largest second average so far.",
                                        "Usar a maior segunda média até agora."))  # fmt: skip
_ADAM_SLOTS = ("exp_avg", "exp_avg_sq", "max_exp_avg_sq")

SGD = Optimizer(
    name="sgd", lines=_sgd, slots=("momentum_buffer",), check=_nesterov,
    settings=(
        _rate(1e-3), MOMENTUM,
        Setting("dampening", 0.0, Doc("Share of the gradient left out of the momentum.",
                                      "Fração do gradiente fora do momento."), low=-math.inf),
        _decay(),
        Setting("nesterov", False, Doc("Look ahead along the momentum.",
                                       "Olhar adiante na direção do momento.")),
        MAXIMIZE,
    ),
    latex=r"m \leftarrow \mu\, m + (1 - \tau)\, g \qquad p \leftarrow p - \eta\, m",
    doc=Doc("Gradient descent, with momentum if wanted.",
            "Descida do gradiente, com momento se desejado."),
)  # fmt: skip
ADAGRAD = Optimizer(
    name="adagrad", lines=_adagrad, slots=("square_sum",),
    initial={"square_sum": "initial_accumulator_value"},
    settings=(
        _rate(1e-2),
        Setting("lr_decay", 0.0, Doc("How fast the step size falls with the updates.",
                                     "Quão rápido o passo diminui com as atualizações.")),
        _decay(),
        Setting("initial_accumulator_value", 0.0, Doc("What the sum of squares begins with.",
                                                      "Valor inicial da soma dos quadrados.")),
        _eps(1e-10), MAXIMIZE,
    ),
    latex=r"s \leftarrow s + g^{2} \qquad p \leftarrow p - \eta\, \frac{g}{\sqrt{s} + \epsilon}",
    doc=Doc("Divides each step by the root of all squared gradients so far.",
            "Divide cada passo pela raiz de todos os gradientes ao quadrado até agora."),
)  # fmt: skip
RMSPROP = Optimizer(
    name="rmsprop", lines=_rmsprop, slots=("square_avg", "grad_avg", "momentum_buffer"),
    settings=(
        _rate(1e-2),
        Setting("alpha", 0.99, Doc("Memory of the moving average of squares.",
                                   "Memória da média móvel dos quadrados.")),
        _eps(1e-8), _decay(), MOMENTUM,
        Setting("centered", False, Doc("Take off the square of the mean gradient.",
                                       "Descontar o quadrado do gradiente médio.")),
        MAXIMIZE,
    ),
    latex=r"v \leftarrow \alpha\, v + (1 - \alpha)\, g^{2} \qquad "
          r"p \leftarrow p - \eta\, \frac{g}{\sqrt{v} + \epsilon}",
    doc=Doc("Divides each step by the root of a moving average of squared gradients.",
            "Divide cada passo pela raiz de uma média móvel dos gradientes ao quadrado."),
)  # fmt: skip
ADAM = Optimizer(
    name="adam", lines=_adam, slots=_ADAM_SLOTS,
    settings=(_rate(1e-3), BETAS, _eps(1e-8), _decay(), AMSGRAD, MAXIMIZE),
    latex=r"m \leftarrow \beta_1 m + (1 - \beta_1)\, g \qquad "
          r"v \leftarrow \beta_2 v + (1 - \beta_2)\, g^{2} \qquad "
          r"p \leftarrow p - \eta\, \frac{m / (1 - \beta_1^{t})}"
          r"{\sqrt{v / (1 - \beta_2^{t})} + \epsilon}",
    doc=Doc("Moving averages of gradients and of their squares, corrected for their start.",
            "Médias móveis dos gradientes e de seus quadrados, corrigidas no início."),
)  # fmt: skip
ADAMW = Optimizer(
    name="adamw", lines=_adamw, slots=_ADAM_SLOTS,
    settings=(_rate(1e-3), BETAS, _eps(1e-8), _decay(1e-2), AMSGRAD, MAXIMIZE),
    latex=r"p \leftarrow (1 - \eta \lambda)\, p - \eta\, \frac{m / (1 - \beta_1^{t})}"
          r"{\sqrt{v / (1 - \beta_2^{t})} + \epsilon}",
    doc=Doc("Adam, with the weight decay apart from the averages.",
            "Adam, com o decaimento dos pesos separado das médias."),
)  # fmt: skip

ROWS = (SGD, ADAGRAD, RMSPROP, ADAM, ADAMW)
OPTIMIZERS: dict[str, Optimizer] = {row.name: row for row in ROWS}


def settings_of(given: Mapping[str, Any]) -> tuple[Optimizer, dict[str, Any]]:
    """Return the row and all settings of `{"name": …, setting: value…}`.

    Raises ValueProblem for an unknown name or setting, or a value that is not accepted.
    """
    name = given.get("name")
    row = OPTIMIZERS.get(name) if isinstance(name, str) else None
    if row is None:
        unknown = named(say("optimizer"), given)
        raise ValueProblem(
            say("{unknown}; accepted are {accepted}.", unknown=unknown, accepted=OPTIMIZERS),
            pointer="/optimizer/name",
        )
    defaults = {setting.name: setting.default for setting in row.settings}
    rest = {key: value for key, value in given.items() if key != "name"}
    return row, changed(row, defaults, rest)


def changed(
    row: Optimizer, settings: Mapping[str, Any], given: Mapping[str, Any]
) -> dict[str, Any]:
    """Return the settings with some of them given anew; raise ValueProblem as `settings_of`."""
    table = {setting.name: setting for setting in row.settings}
    found = dict(settings)
    for key, value in given.items():
        if key not in table:
            raise ValueProblem(
                say(
                    "The optimizer {owner} has no setting {name}; its settings are: {settings}.",
                    owner=row.name,
                    name=key,
                    settings=table,
                ),
                pointer=f"/optimizer/{key}",
            )
        found[key] = _checked(table[key], value)
    problem = row.check(found)
    if problem:
        raise ValueProblem(problem, pointer="/optimizer")
    return found


def _checked(setting: Setting, value: Any) -> Any:
    if isinstance(setting.default, bool):
        if not isinstance(value, bool):
            raise _refused(setting, say("true or false"))
        return value
    if isinstance(setting.default, tuple):
        if not isinstance(value, list | tuple) or len(value) != len(setting.default):
            what = say("a list of {count} numbers", count=len(setting.default))
            raise _refused(setting, _ranged(setting, what))
        return tuple(_number(setting, part) for part in value)
    return _number(setting, value)


def _number(setting: Setting, value: Any) -> float:
    real = isinstance(value, int | float) and not isinstance(value, bool)
    if not real or not abs(value) < 1e308 or not setting.low <= value < setting.high:
        raise _refused(setting, _ranged(setting, say("a finite number")))
    return float(value)


def _ranged(setting: Setting, kind: Sentence) -> Sentence:
    low, high = setting.low, setting.high
    if low == -math.inf:
        return kind
    if high == math.inf:
        return say("{kind} from {low:g} on", kind=kind, low=low)
    return say("{kind} from {low:g} to below {high:g}", kind=kind, low=low, high=high)


def _refused(setting: Setting, accepted: Sentence) -> ValueProblem:
    return ValueProblem(
        say("The setting {setting} must be {accepted}.", setting=setting.name, accepted=accepted),
        pointer=f"/optimizer/{setting.name}",
    )
