"""What the contenders minimise: surrogates of real networks, tables of them, and test functions.

Each objective is a search space and a function of a configuration; the least value of each stands in
`optima.json`. Noise belongs to a seed and the
number of a trial, so that every contender meets the same.
"""

import json
import math
import os
import random
from dataclasses import dataclass
from typing import Any, Callable

Configuration = dict[str, Any]


@dataclass(frozen=True)
class Parameter:
    """`kind`: float, log, int, log-int or choice. `only` is the parameter and value it depends on."""

    name: str
    kind: str
    low: float = 0.0
    high: float = 1.0
    choices: tuple[str, ...] = ()
    only: tuple[str, str] | None = None

    def value_at(self, place: float) -> Any:
        """The value at a place in [0, 1), on the parameter's own scale."""
        if self.kind == "choice":
            return self.choices[min(int(place * len(self.choices)), len(self.choices) - 1)]
        if self.kind == "float":
            return self.low + place * (self.high - self.low)
        if self.kind == "log":
            return self.low * (self.high / self.low) ** place
        if self.kind == "int":
            return min(int(self.low + place * (self.high - self.low + 1)), int(self.high))
        low, high = math.log(self.low - 0.5), math.log(self.high + 0.5)
        return min(max(round(math.exp(low + place * (high - low))), int(self.low)), int(self.high))

    def place_of(self, value: float) -> float:
        if self.kind in ("log", "log-int"):
            return math.log(value / self.low) / math.log(self.high / self.low)
        return (value - self.low) / (self.high - self.low)

    def in_sweep(self) -> dict[str, Any]:
        """As a sweep file declares it."""
        if self.kind == "choice":
            return {"values": list(self.choices)}
        whole = self.kind in ("int", "log-int")
        bounds = {"min": int(self.low) if whole else self.low, "max": int(self.high) if whole else self.high}
        if self.kind == "float":
            return {"distribution": "uniform", **bounds}
        if self.kind == "int":
            return {"distribution": "int_uniform", **bounds}
        if self.kind == "log":
            return {"distribution": "log_uniform_values", **bounds}
        return {"distribution": "q_log_uniform_values", **bounds, "q": 1}


@dataclass(frozen=True)
class Objective:
    name: str
    parameters: tuple[Parameter, ...]
    true_value: Callable[[Configuration], float]
    """The first of its values, where it has two."""
    noise: float = 0.0
    """Its standard deviation."""
    second_value: Callable[[Configuration], float] | None = None

    @property
    def base(self) -> str:
        """Without its noise: a twin has the initial configurations of what it is a twin of."""
        return self.name.removesuffix("-noisy")

    def true_values(self, configuration: Configuration) -> list[float]:
        first = self.true_value(configuration)
        return [first] if self.second_value is None else [first, self.second_value(configuration)]

    def observed(self, true: float, seed: int, number: int) -> float:
        if self.noise == 0:
            return true
        return true + self.noise * random.Random(f"{self.name}/{seed}/{number}").gauss(0, 1)

    def initial(self, seed: int) -> Configuration:
        """What every contender tries first, drawn from the prior."""
        return self.drawn(random.Random(f"{self.base}/{seed}/initial"))

    def drawn(self, source: random.Random) -> Configuration:
        configuration: Configuration = {}
        for parameter in self.parameters:
            place = source.random()
            if parameter.only is None or configuration.get(parameter.only[0]) == parameter.only[1]:
                configuration[parameter.name] = parameter.value_at(place)
        return configuration

    def in_sweep(self, seed: int) -> dict[str, Any]:
        """The sweep file, apart from what chooses the sampler and the budget."""
        conditions = {each.name: dict([each.only]) for each in self.parameters if each.only is not None}
        deck: dict[str, Any] = {"initial": [self.initial(seed)]}
        if self.second_value is not None:
            deck["objectives"] = [{"name": name, "goal": "minimize"} for name in ("loss", "second")]
        if conditions:
            deck["conditions"] = conditions
        return {
            "program": "train.py",
            "metric": {"name": "loss", "goal": "minimize"},
            "parameters": {each.name: each.in_sweep() for each in self.parameters},
            "sweepdeck": deck,
        }


def objectives(lcbench: str | None, digits: str | None) -> dict[str, Objective]:
    """By name; the surrogates and the table where their data is given."""
    found = [
        *(lcbench_objectives(lcbench) if lcbench else []),
        *([digits_objective(digits)] if digits else []),
        models(declared=True),
        models(declared=False),
    ]
    for function in test_functions():
        found.append(function)
        if function.name in with_noisy_twin:
            found.append(noisy(function))
    found.extend(fronts())
    return {each.name: each for each in found}


# LCBench, by the surrogate of YAHPO Gym.

lcbench_epochs = 52


def lcbench_objectives(folder: str) -> list[Objective]:
    import numpy
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    session = onnxruntime.InferenceSession(
        os.path.join(folder, "model.onnx"), options, providers=["CPUExecutionProvider"]
    )
    with open(os.path.join(folder, "encoding.json"), encoding="utf8") as file:
        codes = json.load(file)["OpenML_task_id"]

    def objective(task: str) -> Objective:
        def true_value(c: Configuration) -> float:
            row = [lcbench_epochs, *(c[parameter.name] for parameter in lcbench_parameters)]
            inputs = {
                "x_cont": numpy.array([row], numpy.float32),
                "x_cat": numpy.array([[codes[task]]], numpy.int32),
            }
            return float(session.run(None, inputs)[0][0][2])

        return Objective(f"lcbench-{task}", lcbench_parameters, true_value)

    return [objective(task) for task in lcbench_tasks]


lcbench_tasks = (
    "126025 126026 126029 146212 167104 167149 167152 167161 167168 167181 167184 167185".split()
)

# In the order of the surrogate's inputs, after the epoch.
lcbench_parameters = (
    Parameter("batch_size", "log-int", 16, 512),
    Parameter("learning_rate", "log", 1e-4, 0.1),
    Parameter("momentum", "float", 0.1, 0.99),
    Parameter("weight_decay", "log", 1e-5, 0.1),
    Parameter("num_layers", "int", 1, 5),
    Parameter("max_units", "log-int", 64, 1024),
    Parameter("max_dropout", "float", 0.0, 1.0),
)

# Real curves of a small network on scikit-learn's digits: the nearest that was trained counts.

digits_parameters = (
    Parameter("lr", "log", 1e-4, 2.0),
    Parameter("batch", "log-int", 8, 256),
    Parameter("width", "log-int", 8, 256),
    Parameter("layers", "int", 1, 3),
    Parameter("alpha", "log", 1e-6, 1.0),
    Parameter("momentum", "float", 0.0, 0.99),
    Parameter("activation", "choice", choices=("relu", "tanh", "logistic")),
    Parameter("solver", "choice", choices=("sgd", "adam")),
)


def digits_objective(file_name: str) -> Objective:
    import numpy

    with open(file_name, encoding="utf8") as file:
        rows = [json.loads(line) for line in file]
    numeric = [each for each in digits_parameters if each.kind != "choice"]
    choices = [each for each in digits_parameters if each.kind == "choice"]

    def point(c: Configuration) -> list[float]:
        # Two choices that differ are as far apart as the ends of a range: one over root two twice.
        return [each.place_of(c[each.name]) for each in numeric] + [
            (c[each.name] == choice) * math.sqrt(0.5) for each in choices for choice in each.choices
        ]

    points = numpy.array([point(row["config"]) for row in rows])
    final = [row["val_loss"][-1] for row in rows]

    def true_value(c: Configuration) -> float:
        return final[int(((points - numpy.array(point(c))) ** 2).sum(axis=1).argmin())]

    return Objective("digits", digits_parameters, true_value)


# A choice of model, whose siblings matter only for one of its values.


def models(declared: bool) -> Objective:
    def only(model: str) -> tuple[str, str] | None:
        return ("model", model) if declared else None

    parameters = (
        Parameter("model", "choice", choices=("linear", "forest", "network")),
        Parameter("features", "int", 5, 60),
        Parameter("C", "log", 1e-3, 1e3, only=only("linear")),
        Parameter("depth", "int", 2, 24, only=only("forest")),
        Parameter("leaf", "log-int", 1, 64, only=only("forest")),
        Parameter("lr", "log", 1e-5, 1.0, only=only("network")),
        Parameter("width", "log-int", 8, 512, only=only("network")),
        Parameter("dropout", "float", 0.0, 0.8, only=only("network")),
    )

    def true_value(c: Configuration) -> float:
        features = 0.00004 * (c["features"] - 38) ** 2
        if c["model"] == "linear":
            return 0.42 + features + 0.01 * (math.log10(c["C"]) - 0.5) ** 2
        if c["model"] == "forest":
            return 0.30 + features + 0.0008 * (c["depth"] - 14) ** 2 + 0.01 * (math.log2(c["leaf"]) - 2) ** 2
        width = math.log2(c["width"]) - 7
        lr = math.log10(c["lr"]) + 2.6 + 0.15 * width
        missed = 0.08 * lr**2 + 0.015 * width**2 + 0.3 * (c["dropout"] - 0.15) ** 2
        return 0.20 + features + 0.7 * (1 - math.exp(-missed / 0.7))

    return Objective("models-declared" if declared else "models-undeclared", parameters, true_value)


# Test functions, their optima moved off the centre.


def function_of(
    name: str, dimensions: int, low: float, high: float, value: Callable[[list[float]], float]
) -> Objective:
    parameters = tuple(Parameter(f"x{index + 1}", "float", low, high) for index in range(dimensions))
    return Objective(name, parameters, lambda c: value([c[each.name] for each in parameters]))


def moved(value: Callable[[list[float]], float], by: tuple[float, ...]) -> Callable[[list[float]], float]:
    return lambda x: value([each - shift for each, shift in zip(x, by)])


def test_functions() -> list[Objective]:
    branin_parameters = (Parameter("x1", "float", -5.0, 10.0), Parameter("x2", "float", 0.0, 15.0))
    return [
        Objective("branin", branin_parameters, lambda c: branin(c["x1"], c["x2"])),
        function_of("hartmann-6", 6, 0, 1, hartmann_6),
        function_of("rosenbrock-4", 4, -5, 5, rosenbrock),
        function_of("ackley-5", 5, -32.768, 32.768, moved(ackley, (9.1, -14.3, 4.7, -6.2, 17.9))),
        function_of("levy-5", 5, -10, 10, moved(levy, (2.3, -4.6, 3.1, -1.7, -5.4))),
        function_of("styblinski-tang-5", 5, -5, 5, moved(styblinski_tang, (0.4, -0.7, 0.9, -0.2, 0.6))),
        three_of_10(),
        function_of("three-of-20", 20, 0, 1, lambda x: hartmann_3([x[2], x[8], x[15]])),
    ]


def branin(a: float, b: float) -> float:
    bend = b - 5.1 / (4 * math.pi**2) * a**2 + 5 / math.pi * a - 6
    return bend**2 + 10 * (1 - 1 / (8 * math.pi)) * math.cos(a) + 10


def rosenbrock(x: list[float]) -> float:
    return sum(100 * (after - each**2) ** 2 + (1 - each) ** 2 for each, after in zip(x, x[1:]))


def ackley(x: list[float]) -> float:
    size = math.sqrt(sum(each**2 for each in x) / len(x))
    waves = sum(math.cos(2 * math.pi * each) for each in x) / len(x)
    return 20 + math.e - 20 * math.exp(-0.2 * size) - math.exp(waves)


def levy(x: list[float]) -> float:
    w = [1 + (each - 1) / 4 for each in x]
    inner = sum((each - 1) ** 2 * (1 + 10 * math.sin(math.pi * each + 1) ** 2) for each in w[:-1])
    last = (w[-1] - 1) ** 2 * (1 + math.sin(2 * math.pi * w[-1]) ** 2)
    return math.sin(math.pi * w[0]) ** 2 + inner + last


def styblinski_tang(x: list[float]) -> float:
    return sum(each**4 - 16 * each**2 + 5 * each for each in x) / 2


hartmann_weights = (1.0, 1.2, 3.0, 3.2)


def hartmann(x: list[float], scales: tuple[tuple[float, ...], ...], centres: tuple[tuple[int, ...], ...]) -> float:
    return -sum(
        weight * math.exp(-sum(a * (each - p / 10_000) ** 2 for a, each, p in zip(scale, x, centre)))
        for weight, scale, centre in zip(hartmann_weights, scales, centres)
    )


def hartmann_3(x: list[float]) -> float:
    scales = ((3, 10, 30), (0.1, 10, 35), (3, 10, 30), (0.1, 10, 35))
    centres = ((3689, 1170, 2673), (4699, 4387, 7470), (1091, 8732, 5547), (381, 5743, 8828))
    return hartmann(x, scales, centres)


def hartmann_6(x: list[float]) -> float:
    scales = (
        (10, 3, 17, 3.5, 1.7, 8),
        (0.05, 10, 17, 0.1, 8, 14),
        (3, 3.5, 1.7, 10, 17, 8),
        (17, 8, 0.05, 10, 0.1, 14),
    )
    centres = (
        (1312, 1696, 5569, 124, 8283, 5886),
        (2329, 4135, 8307, 3736, 1004, 9991),
        (2348, 1451, 3522, 2883, 3047, 6650),
        (4047, 8828, 8732, 5743, 1091, 381),
    )
    return hartmann(x, scales, centres)


def three_of_10() -> Objective:
    """A bent valley in a float, a logarithmic and a whole parameter; seven others change nothing."""
    lr, width = Parameter("lr", "log", 1e-5, 1.0), Parameter("width", "int", 1, 31)
    idle = [Parameter(f"idle{index + 1}", "float", 0.0, 1.0) for index in range(3)]
    idle += [Parameter("idle4", "log", 1e-6, 1e-1), Parameter("idle5", "log", 0.1, 100.0)]
    idle += [Parameter("idle6", "int", 1, 10), Parameter("idle7", "int", 0, 100)]
    parameters = (idle[0], lr, *idle[1:4], Parameter("rate", "float", 0.0, 1.0), *idle[4:6], width, idle[6])

    def true_value(c: Configuration) -> float:
        a, b, k = c["rate"] - 0.22, lr.place_of(c["lr"]), (c["width"] - 20) / 30
        valley = 10 * (b - 0.68 + a + 0.8 * a**2) ** 2
        return valley + 2 * a**2 + 3 * k**2 + 0.1 * (1 - math.cos(4 * math.pi * a))

    return Objective("three-of-10", parameters, true_value)


# The other half keeps its values as they are.
with_noisy_twin = ("branin", "hartmann-6", "levy-5", "three-of-10")


def noisy(objective: Objective) -> Objective:
    """With 5 % of the range as the deviation of its noise; the range is that of 9 of 10 random draws."""
    source = random.Random("range")
    values = sorted(objective.true_value(objective.drawn(source)) for _ in range(4000))
    noise = 0.05 * (values[3800] - values[200])
    return Objective(f"{objective.name}-noisy", objective.parameters, objective.true_value, noise)


# Two objectives at once, whose fronts are known.

reference = 2.0
"""Of both objectives: what is worse adds nothing to the hypervolume."""


def fronts() -> list[Objective]:
    return [
        front("front-convex", lambda first, distance: distance * (1 - math.sqrt(first / distance))),
        front("front-concave", lambda first, distance: distance * (1 - (first / distance) ** 2)),
    ]


def front(name: str, second: Callable[[float, float], float]) -> Objective:
    """As ZDT1 and ZDT2 (Zitzler, Deb & Thiele 2000), with five parameters, nearer and off the edge."""
    parameters = tuple(Parameter(f"x{index + 1}", "float", 0.0, 1.0) for index in range(5))

    def distance(c: Configuration) -> float:
        return 1 + 6 * sum((c[each.name] - 0.4) ** 2 for each in parameters[1:]) / (len(parameters) - 1)

    return Objective(
        name, parameters, lambda c: c["x1"], second_value=lambda c: second(c["x1"], distance(c))
    )


def hypervolume(points: list[tuple[float, float]]) -> float:
    """What is dominated by the points, up to the reference."""
    volume, lowest = 0.0, reference
    for first, second in sorted(points):
        if first < reference and second < lowest:
            volume += (reference - first) * (lowest - second)
            lowest = second
    return volume
