"""Searches for the least values of LCBench's surrogate, which `optima.json` keeps.

The best of 200,000 random configurations a task, and from the best 20 of them a search that changes
one or several parameters at a time, in steps that shrink.
"""

import json
import os
import sys

import numpy
import onnxruntime

from objectives import lcbench_epochs, lcbench_parameters, lcbench_tasks

count, kept, rounds, tries = 200_000, 20, 120, 200


def main(folder: str) -> None:
    session = onnxruntime.InferenceSession(os.path.join(folder, "model.onnx"))
    with open(os.path.join(folder, "encoding.json"), encoding="utf8") as file:
        codes = json.load(file)["OpenML_task_id"]
    found = {}
    for task in lcbench_tasks:
        source = numpy.random.default_rng(7)

        def values(points: numpy.ndarray) -> numpy.ndarray:
            columns = [
                [parameter.value_at(place) for place in points[:, index]]
                for index, parameter in enumerate(lcbench_parameters)
            ]
            rows = numpy.column_stack([numpy.full(len(points), lcbench_epochs), *columns])
            inputs = {
                "x_cont": rows.astype(numpy.float32),
                "x_cat": numpy.full((len(points), 1), codes[task], numpy.int32),
            }
            return session.run(None, inputs)[0][:, 2]

        points = source.random((count, len(lcbench_parameters)))
        scores = values(points)
        best = scores.argsort()[:kept]
        points, scores = points[best], scores[best]
        for round_ in range(rounds):
            step = 0.3 * 0.95**round_
            moves = source.random((kept, tries, points.shape[1])) < 0.4
            steps = source.normal(0, step, moves.shape) * moves
            near = numpy.clip(points[:, None, :] + steps, 0, 1 - 1e-9)
            near_scores = values(near.reshape(-1, points.shape[1])).reshape(kept, tries)
            at = near_scores.argmin(axis=1)
            better = near_scores[range(kept), at] < scores
            points[better] = near[range(kept), at][better]
            scores = numpy.minimum(scores, near_scores.min(axis=1))
        name = f"lcbench-{task}"
        found[name] = float(f"{scores.min():.6g}")
        print(name, found[name], file=sys.stderr)
    print(json.dumps(found))


if __name__ == "__main__":
    main(sys.argv[1])
