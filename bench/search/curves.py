"""Writes learning curves of LCBench's surrogate, 400 random configurations a task: a folder, a file a task.

Each line has the validation loss after each epoch, and what each epoch cost in seconds.
"""

import json
import os
import random
import sys

import numpy
import onnxruntime

from objectives import lcbench_epochs, lcbench_parameters, lcbench_tasks

configurations = 400
least_seconds = 1e-3


def main(lcbench: str, folder: str) -> None:
    session = onnxruntime.InferenceSession(os.path.join(lcbench, "model.onnx"))
    with open(os.path.join(lcbench, "encoding.json"), encoding="utf8") as file:
        codes = json.load(file)["OpenML_task_id"]
    os.makedirs(folder, exist_ok=True)
    for task in lcbench_tasks:
        source = random.Random(task)
        with open(os.path.join(folder, f"lcbench-{task}.jsonl"), "w", encoding="utf8") as out:
            for _ in range(configurations):
                row = [each.value_at(source.random()) for each in lcbench_parameters]
                epochs = numpy.array([[epoch + 1, *row] for epoch in range(lcbench_epochs)], numpy.float32)
                tasks = numpy.full((lcbench_epochs, 1), codes[task], numpy.int32)
                found = session.run(None, {"x_cont": epochs, "x_cat": tasks})[0]
                seconds = numpy.maximum(numpy.diff(found[:, 0], prepend=0), least_seconds)
                line = {
                    "val_loss": [float(f"{value:.6g}") for value in found[:, 2]],
                    "cost": [float(f"{value:.4g}") for value in seconds],
                }
                out.write(json.dumps(line) + "\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
