"""Processor time of a suggestion of Optuna's, when so many trials are known; cases and answers are JSON."""

import json
import random
import sys
import time
import warnings
from typing import Any

import optuna

from contenders import Optuna

warnings.filterwarnings("ignore")
optuna.logging.set_verbosity(optuna.logging.ERROR)

warming = 10
"""So many suggestions are not timed: what is compiled and loaded once has been by then."""


def measured(sampler: str, dimensions: int, trials: int, asks: int) -> dict[str, float]:
    study = optuna.create_study(sampler=Optuna.sampler(sampler, 1))
    names = [f"x{index}" for index in range(dimensions)]
    distributions: dict[str, Any] = {name: optuna.distributions.FloatDistribution(0, 1) for name in names}
    source = random.Random("cost")
    for _ in range(trials - warming):
        params = {name: source.random() for name in names}
        study.add_trial(
            optuna.create_trial(params=params, distributions=distributions, value=value(params))
        )
    seconds = []
    for ask in range(-warming, asks):
        before = time.process_time()
        trial = study.ask()
        params = {name: trial.suggest_float(name, 0, 1) for name in names}
        took = time.process_time() - before
        if ask >= 0:
            seconds.append(took)
        study.tell(trial, value(params))
    return {"mean": sum(seconds) / asks, "most": max(seconds)}


def value(params: dict[str, float]) -> float:
    return sum((each - 0.2) ** 2 for each in params.values())


print(json.dumps([measured(**case) for case in json.loads(sys.argv[1])]))
