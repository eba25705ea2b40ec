"""Optuna's and Ray's stopping rules on recorded curves, replayed as our `simulate` replays them.

Reads `{"sets": [{"file", "orders"}], "rules": [{"name", …}]}` from standard input and prints a list
for each rule: of each order [best found over best of all, share of epochs, share of cost].
"""

import json
import sys
import warnings
from types import SimpleNamespace
from typing import Any, Callable

Row = dict[str, list[float]]
Judge = Callable[[int, int, float], bool]
"""Of a trial, its count of reports and its value: whether it is stopped."""


class OptunaRule:
    def __init__(self, pruner: Any) -> None:
        import optuna

        optuna.logging.set_verbosity(optuna.logging.ERROR)
        self.study = optuna.create_study(
            study_name="bench", pruner=pruner, sampler=optuna.samplers.RandomSampler(seed=1)
        )
        self.trials: dict[int, Any] = {}

    def judge(self, number: int, count: int, value: float) -> bool:
        trial = self.trials.get(number) or self.study.ask()
        self.trials[number] = trial
        trial.report(value, count)
        return bool(trial.should_prune())

    def end(self, number: int, value: float, stopped: bool) -> None:
        from optuna.trial import TrialState

        state = TrialState.PRUNED if stopped else TrialState.COMPLETE
        self.study.tell(self.trials[number], None if stopped else value, state=state)


class RayRule:
    def __init__(self, **settings: Any) -> None:
        from ray.tune.schedulers import AsyncHyperBandScheduler

        self.scheduler = AsyncHyperBandScheduler(**settings)
        self.scheduler.set_search_properties("loss", "min")
        self.trials: dict[int, Any] = {}

    def judge(self, number: int, count: int, value: float) -> bool:
        if number not in self.trials:
            self.trials[number] = SimpleNamespace(trial_id=str(number))
            self.scheduler.on_trial_add(None, self.trials[number])
        result = {"training_iteration": count, "loss": value}
        return self.scheduler.on_trial_result(None, self.trials[number], result) == "STOP"

    def end(self, number: int, value: float, stopped: bool) -> None:
        pass


def rule_of(rule: dict[str, Any], length: int) -> OptunaRule | RayRule:
    if rule["name"] == "ray-asha":
        least = max(1, round(length * rule["share"]))
        return RayRule(max_t=length, grace_period=least, reduction_factor=rule["eta"])
    from optuna import pruners

    if rule["name"] == "optuna-hyperband":
        return OptunaRule(pruners.HyperbandPruner(min_resource=1, max_resource=length, reduction_factor=3))
    return OptunaRule(pruners.MedianPruner())


def replayed(rows: list[Row], rule: OptunaRule | RayRule, slots: int) -> list[float]:
    """The trial whose next report comes first makes it; rows start in their order."""
    waiting = list(enumerate(rows))
    running: dict[int, float] = {}
    done: dict[int, int] = {}
    whole: list[float] = []
    clock = 0.0
    while waiting or running:
        while waiting and len(running) < slots:
            number, _ = waiting.pop(0)
            running[number], done[number] = clock, 0
        number = min(running, key=lambda each: running[each] + cost_of(rows[each], done[each]))
        row = rows[number]
        running[number] += cost_of(row, done[number])
        clock = running[number]
        done[number] += 1
        value = row["val_loss"][done[number] - 1]
        # Also the last report is made known; there is nothing left to be stopped then.
        stopped = rule.judge(number, done[number], value)
        if done[number] == len(row["val_loss"]):
            whole.append(min(row["val_loss"]))
            stopped = False
        elif not stopped:
            continue
        rule.end(number, value, stopped)
        del running[number]
    best = min(min(row["val_loss"]) for row in rows)
    found = min(whole) if whole else min(min(row["val_loss"][: done[n]]) for n, row in enumerate(rows))
    epochs = sum(done.values()) / sum(len(row["val_loss"]) for row in rows)
    spent = sum(cost_of(row, at) for n, row in enumerate(rows) for at in range(done[n]))
    full = sum(cost_of(row, at) for row in rows for at in range(len(row["val_loss"])))
    return [round(found / best, 4), round(epochs, 4), round(spent / full, 4)]


def cost_of(row: Row, at: int) -> float:
    return row["cost"][at] if "cost" in row else 1.0


def main() -> None:
    warnings.filterwarnings("ignore")
    given = json.load(sys.stdin)
    sets = []
    for each in given["sets"]:
        with open(each["file"], encoding="utf8") as file:
            sets.append(([json.loads(line) for line in file], each["orders"]))
    answers = []
    for rule in given["rules"]:
        answer = []
        for rows, orders in sets:
            length = len(rows[0]["val_loss"])
            for order in orders:
                chosen = [rows[index] for index in order]
                answer.append(replayed(chosen, rule_of(rule, length), given["slots"]))
        answers.append(answer)
    print(json.dumps(answers))


if __name__ == "__main__":
    main()
