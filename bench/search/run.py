"""Runs contenders on objectives, and appends a line for each run to a file of results.

A run that the file has already is passed over, so that it can be stopped and taken up at any time.
"""

import argparse
import json
import os
import random
import resource
import time
import warnings
from typing import Iterator

# Before numpy and torch are loaded: peers and ours each have one core.
for library in ("OMP", "MKL", "OPENBLAS"):
    os.environ[f"{library}_NUM_THREADS"] = "1"

from contenders import contender  # noqa: E402
from objectives import Objective, hypervolume, objectives  # noqa: E402

Key = tuple[str, str, int, int]
"""Contender, objective, seed, and how many trials are in flight."""


def main() -> None:
    options = parsed()
    warnings.filterwarnings("ignore")
    known = objectives(options.lcbench, options.digits)
    names = chosen(options.objectives, known)
    done = {
        key_of(line) for line in lines_of(options.results) if line.get("code", "") == options.code
    }
    ends = time.monotonic() + 60 * options.minutes
    for seeds in options.seeds:
        for name in names:
            for seed in seeds:
                for each in options.contenders:
                    key = (each, name, seed, options.in_flight)
                    if key in done:
                        continue
                    if time.monotonic() > ends:
                        return
                    append(options.results, run(key, known[name], options))


def run(key: Key, objective: Objective, options: argparse.Namespace) -> dict[str, object]:
    """Keeps `in_flight` trials going, which end in an order that the seed alone decides."""
    name, _, seed, in_flight = key
    order = random.Random(f"{objective.base}/{seed}/order")
    cpu = cpu_seconds()
    against = contender(name, options.sweepdeck, objective, seed, options.budget)
    pending: list[tuple[int, list[float]]] = []
    true_values: list[float] = []
    points: list[tuple[float, float]] = []
    evaluating = 0.0
    asked = 0
    try:
        while len(true_values) < options.budget:
            while len(pending) < in_flight and asked < options.budget:
                number, configuration = against.ask()
                asked += 1
                before = time.process_time()
                pending.append((number, objective.true_values(configuration)))
                evaluating += time.process_time() - before
            number, values = pending.pop(order.randrange(len(pending)) if in_flight > 1 else 0)
            if len(values) == 1:
                true_values.append(values[0])
                against.tell(number, [objective.observed(values[0], seed, number)])
            else:
                # So that less is better, as everywhere.
                points.append((values[0], values[1]))
                true_values.append(-hypervolume(points))
                against.tell(number, values)
    finally:
        against.close()
    return {
        "contender": name,
        **({"code": options.code} if options.code else {}),
        "objective": objective.name,
        "seed": seed,
        "inFlight": in_flight,
        "seconds": round(cpu_seconds() - cpu - evaluating, 3),
        "true": [float(f"{value:.6g}") for value in true_values],
    }


def cpu_seconds() -> float:
    """Of this process and of those that it has waited for."""
    uses = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(use.ru_utime + use.ru_stime for use in uses)


def parsed() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--contenders", type=lambda text: text.split(","), required=True)
    parser.add_argument("--objectives", type=lambda text: text.split(","), default=["all"])
    parser.add_argument("--seeds", type=batches, required=True, help="0..4 or 0..4,5..9, batch by batch")
    parser.add_argument("--in-flight", type=int, default=1)
    parser.add_argument("--budget", type=int, default=100)
    parser.add_argument("--minutes", type=float, default=float("inf"))
    parser.add_argument("--results", required=True)
    parser.add_argument("--code", default="", help="which version of ours it is; others do not count")
    parser.add_argument("--lcbench")
    parser.add_argument("--digits")
    parser.add_argument("--sweepdeck", type=json.loads, default=["sweepdeck"], help="its command, as JSON")
    return parser.parse_args()


def batches(text: str) -> list[range]:
    found = []
    for part in text.split(","):
        first, _, last = part.partition("..")
        found.append(range(int(first), int(last or first) + 1))
    return found


def chosen(wanted: list[str], known: dict[str, Objective]) -> list[str]:
    """By their names or the beginnings of them."""
    for name in wanted:
        if name != "all" and not any(each.startswith(name) for each in known):
            raise SystemExit(f"There is no objective {name} among: {', '.join(known)}.")
    return [each for each in known if any(name == "all" or each.startswith(name) for name in wanted)]


def lines_of(file_name: str) -> Iterator[dict[str, object]]:
    if not os.path.exists(file_name):
        return
    with open(file_name, encoding="utf8") as file:
        for line in file:
            yield json.loads(line)


def key_of(line: dict[str, object]) -> Key:
    return (str(line["contender"]), str(line["objective"]), int(str(line["seed"])), int(str(line["inFlight"])))


def append(file_name: str, line: dict[str, object]) -> None:
    with open(file_name, "a", encoding="utf8") as file:
        file.write(json.dumps(line, separators=(",", ":")) + "\n")


if __name__ == "__main__":
    main()
