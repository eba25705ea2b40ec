"""Optuna's samplers and ours behind one face: ask for a trial, tell what came of it."""

import json
import subprocess
import tempfile
from abc import ABC, abstractmethod
from typing import Any

from objectives import Configuration, Objective


class Contender(ABC):
    @abstractmethod
    def ask(self) -> tuple[int, Configuration]:
        """The number of a new trial, from 0, and its configuration."""

    @abstractmethod
    def tell(self, number: int, values: list[float]) -> None: ...

    def close(self) -> None:
        """Ends what belongs to the run."""


class Optuna(Contender):
    def __init__(self, sampler: str, objective: Objective, seed: int) -> None:
        import optuna

        optuna.logging.set_verbosity(optuna.logging.ERROR)
        self.objective = objective
        directions = ["minimize"] * (1 if objective.second_value is None else 2)
        self.study = optuna.create_study(directions=directions, sampler=self.sampler(sampler, seed))
        self.study.enqueue_trial(objective.initial(seed))
        self.trials: dict[int, Any] = {}

    @staticmethod
    def sampler(name: str, seed: int) -> Any:
        """With its defaults throughout."""
        from optuna import samplers

        if name == "random":
            return samplers.RandomSampler(seed=seed)
        if name == "tpe":
            return samplers.TPESampler(seed=seed)
        if name == "gp":
            return samplers.GPSampler(seed=seed)
        if name == "cmaes":
            return samplers.CmaEsSampler(seed=seed, warn_independent_sampling=False)
        if name == "nsga2":
            return samplers.NSGAIISampler(seed=seed)
        raise ValueError(f"There is no contender optuna-{name}.")

    def ask(self) -> tuple[int, Configuration]:
        trial = self.study.ask()
        self.trials[trial.number] = trial
        configuration: Configuration = {}
        for each in self.objective.parameters:
            if each.only is not None and configuration.get(each.only[0]) != each.only[1]:
                continue
            if each.kind == "choice":
                value = trial.suggest_categorical(each.name, each.choices)
            elif each.kind in ("int", "log-int"):
                value = trial.suggest_int(each.name, int(each.low), int(each.high), log=each.kind == "log-int")
            else:
                value = trial.suggest_float(each.name, each.low, each.high, log=each.kind == "log")
            configuration[each.name] = value
        return trial.number, configuration

    def tell(self, number: int, values: list[float]) -> None:
        self.study.tell(self.trials.pop(number), values)


class Sweepdeck(Contender):
    """One process of `sweepdeck ask-tell` a run."""

    def __init__(self, command: list[str], sampler: str, objective: Objective, seed: int, budget: int) -> None:
        sweep = objective.in_sweep(seed)
        sweep["method"] = "bayes"
        sweep["run_cap"] = budget
        if sampler != "auto":
            sweep["sweepdeck"]["sampler"] = {"type": sampler}
        self.file = tempfile.NamedTemporaryFile("w", suffix=".yaml", encoding="utf8")
        # JSON is YAML; its exponents need a dot for PyYAML alone.
        json.dump(sweep, self.file)
        self.file.flush()
        self.process = subprocess.Popen(
            [*command, "ask-tell", self.file.name, "--seed", str(seed)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def answer(self, line: dict[str, Any]) -> dict[str, Any]:
        assert self.process.stdin is not None and self.process.stdout is not None
        self.process.stdin.write(json.dumps(line) + "\n")
        self.process.stdin.flush()
        answer = json.loads(self.process.stdout.readline() or '{"error": "ask-tell has ended."}')
        if "error" in answer:
            raise RuntimeError(f"{line}: {answer['error']}")
        return answer

    def ask(self) -> tuple[int, Configuration]:
        [trial] = self.answer({"ask": 1})["trials"]
        return trial["number"], trial["params"]

    def tell(self, number: int, values: list[float]) -> None:
        self.answer({"tell": number, "values": values})

    def close(self) -> None:
        if self.process.stdin is not None:
            self.process.stdin.close()
        self.process.wait()
        self.file.close()


def contender(name: str, command: list[str], objective: Objective, seed: int, budget: int) -> Contender:
    """`optuna-<sampler>`, or the name of one of ours."""
    if name.startswith("optuna-"):
        return Optuna(name.removeprefix("optuna-"), objective, seed)
    return Sweepdeck(command, name, objective, seed, budget)
