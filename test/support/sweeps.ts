/** Sweeps as the conductor's tests run them. */
import type { Sweep } from "../../src/sweep/sweep.js";

const deck: Sweep["deck"] = {
  sampler: {},
  slots: { parallel: 1 },
  env: {},
  limits: { failures: 5 },
  retries: 0,
  metrics: { value: "best" },
  executor: { kind: "local" },
  initial: [],
  conditions: [],
  constraints: [],
  zip: [],
  objectives: [],
  stopping: [],
};

export const randomSweep: Sweep = {
  method: "random",
  metric: { name: "loss", goal: "minimize", impute: "worst", imputeWhileRunning: "false" },
  command: [],
  runCap: 4,
  deck,
  space: {
    parameters: [
      {
        name: "lr",
        path: ["lr"],
        distribution: { kind: "log_uniform_values", min: 1e-5, max: 0.1 },
      },
    ],
  },
};

export const gridSweep: Sweep = {
  ...randomSweep,
  method: "grid",
  space: {
    parameters: [
      { name: "a", path: ["a"], distribution: { kind: "categorical", values: [1, 2, 3] } },
      { name: "b", path: ["b"], distribution: { kind: "categorical", values: ["x", "y"] } },
    ],
  },
};
