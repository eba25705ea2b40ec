"""What Optuna's TPE makes of trials: weights, good trials, and densities.

Reads one JSON object, writes one: see tpe.test.ts for their shapes.
"""

import json
import sys
import warnings

import numpy as np
import optuna
from optuna.distributions import CategoricalDistribution, FloatDistribution, IntDistribution
from optuna.samplers._tpe.parzen_estimator import _ParzenEstimator, _ParzenEstimatorParameters
from optuna.samplers._tpe.sampler import (
    _split_trials,
    default_gamma,
    default_gamma_multiobjective,
    default_weights,
)
from optuna.trial import TrialState, create_trial

warnings.simplefilter("ignore")
optuna.logging.set_verbosity(optuna.logging.ERROR)


def split(asked):
    study = optuna.create_study(directions=asked["directions"])
    for each in asked["trials"]:
        state = TrialState[each["state"]]
        trial = create_trial(
            state=state,
            values=each["values"] if state == TrialState.COMPLETE else None,
            intermediate_values={step: value for step, value in each["reports"]},
            constraints=None if each["violation"] is None else {"c": each["violation"]},
        )
        study.add_trial(trial)
    below, above = _split_trials(study, study.get_trials(), asked["size"])
    return {"below": [t.number for t in below], "above": [t.number for t in above]}


def distribution(asked):
    kind = asked.pop("kind")
    if kind == "categorical":
        return CategoricalDistribution(**asked)
    return (IntDistribution if kind == "int" else FloatDistribution)(**asked)


def densities(asked):
    space = {name: distribution(each) for name, each in asked["space"].items()}
    internal = lambda rows: {
        name: np.array([each.to_internal_repr(row[name]) for row in rows], dtype=float)
        for name, each in space.items()
    }
    parameters = _ParzenEstimatorParameters(
        prior_weight=1.0,
        consider_magic_clip=True,
        consider_endpoints=False,
        weights=default_weights,
        multivariate=True,
    )
    estimator = _ParzenEstimator(internal(asked["observed"]), space, parameters)
    return estimator.log_pdf(internal(asked["asked"])).tolist()


request = json.load(sys.stdin)
answer = {
    "weights": [default_weights(n).tolist() for n in request["counts"]],
    "gamma": [default_gamma(n) for n in request["counts"]],
    "gammaOfSeveral": [default_gamma_multiobjective(n) for n in request["counts"]],
    "splits": [split(each) for each in request["splits"]],
    "densities": [densities(each) for each in request["densities"]],
}
json.dump(answer, sys.stdout)
