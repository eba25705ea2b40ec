import { expect } from "chai";
import { evidenceOf } from "../../../src/search/evidence.js";
import type { SamplerSetup } from "../../../src/search/sampler.js";
import type { Observation } from "../../../src/space/history.js";
import { searchSpaceOf } from "../../../src/space/search-space.js";
import type { Metric } from "../../../src/sweep/sweep.js";
import { askPython } from "../../support/ask-python.js";

const search = searchSpaceOf({
  space: {
    parameters: [{ name: "x", path: ["x"], distribution: { kind: "uniform", min: 0, max: 1 } }],
  },
});

function setup(metric: Partial<Metric>): SamplerSetup {
  const objective: Metric = {
    name: "loss",
    goal: "minimize",
    impute: "worst",
    imputeWhileRunning: "false",
    ...metric,
  };
  return { search, seed: 1, objectives: [objective], initial: [], budget: 10, earlier: [] };
}

interface Seen {
  readonly state: Observation["state"];
  readonly reports: readonly number[];
}

function observations(seen: readonly Seen[], goal: Metric["goal"]): readonly Observation[] {
  return seen.map(({ state, reports }, number) => {
    const best =
      reports.length === 0 ? null : Math[goal === "minimize" ? "min" : "max"](...reports);
    return {
      number,
      configuration: { x: (number + 1) / 10 },
      state,
      draw: number,
      ended: state === "running" ? null : number,
      value: best,
      values: [],
      violation: 0,
      reports: reports.map((value, step) => [step, value] as const),
    };
  });
}

function lossesOf(metric: Partial<Metric>, seen: readonly Seen[]): readonly (number | null)[] {
  const history = {
    draws: seen.length,
    observations: observations(seen, metric.goal ?? "minimize"),
  };
  return evidenceOf(setup(metric), history).map(({ loss }) => loss);
}

const seen: readonly Seen[] = [
  { state: "complete", reports: [5, 1, 2] },
  { state: "failed", reports: [9, 4, 6] },
  { state: "complete", reports: [7, 3] },
  { state: "failed", reports: [] },
  { state: "running", reports: [20, 8, 10] },
  { state: "running", reports: [] },
];

const strategies = ["worst", "best", "latest"] as const;

const engine = `
from sweeps import RunState, SweepRun
from sweeps.bayes_search import _construct_gp_data
states = {"complete": RunState.finished, "failed": RunState.failed, "running": RunState.running}
answer = []
for case in question:
    config = {"method": "bayes", "metric": case["metric"], "parameters": {"x": {"min": 0.0, "max": 1.0}}}
    runs = [SweepRun(config={"x": {"value": (n + 1) / 10}}, state=states[run["state"]],
                     history=[{"loss": value} for value in run["reports"]], summary_metrics={})
            for n, run in enumerate(case["runs"])]
    _, sample_x, current_x, y, _ = _construct_gp_data(runs, config)
    known = {round(float(x[0]) * 10): float(value) for x, value in zip(sample_x, y)}
    answer.append([known.get(n + 1) for n in range(len(runs))])
`;

describe("evidence", function () {
  this.timeout(60_000);

  it("imputes failed and running trials as W&B's engine does, where that has something to go by", () => {
    const cases = (["minimize", "maximize"] as const).flatMap((goal) =>
      strategies.flatMap((impute) =>
        ([...strategies, "false"] as const).map((imputeWhileRunning) => ({
          goal,
          impute,
          imputeWhileRunning,
        })),
      ),
    );
    const question = cases.map(({ goal, impute, imputeWhileRunning }) => ({
      metric: { name: "loss", goal, impute, impute_while_running: imputeWhileRunning },
      runs: seen,
    }));
    const theirs = askPython(engine, question) as (number | null)[][];
    cases.forEach((metric, index) => {
      const expected = theirs[index]?.map((loss, trial) => {
        // Without a report it takes 0 for the best and the last: better here than any that was measured.
        if (trial === 3 && metric.impute !== "worst") return metric.goal === "minimize" ? 9 : -1;
        const isGuess = trial === 5 && metric.imputeWhileRunning !== "worst";
        return isGuess ? null : loss;
      });
      expect(lossesOf(metric, seen), JSON.stringify(metric)).to.deep.equal(expected);
    });
  });

  it("knows nothing of failed trials before anything was measured", () => {
    expect(lossesOf({}, [{ state: "failed", reports: [] }])).to.deep.equal([null]);
  });

  it("counts what is not a number as failed, and leaves alone what the user stopped", () => {
    expect(
      lossesOf({}, [
        { state: "complete", reports: [Number.NaN] },
        { state: "complete", reports: [3] },
        { state: "stopped", reports: [1] },
      ]),
    ).to.deep.equal([3, 3, null]);
  });

  it("begins with the results of earlier studies, by the goal, and leaves out what the space has not", () => {
    const earlier = [
      { configuration: { x: 0.5 }, values: [4], violation: 2 },
      { configuration: { y: 0.5 }, values: [4] },
    ];
    const known = evidenceOf(
      { ...setup({ goal: "maximize" }), earlier },
      {
        draws: 1,
        observations: observations([{ state: "complete", reports: [2] }], "maximize"),
      },
    );
    expect(known.map(({ loss, state, violation }) => [loss, state, violation])).to.deep.equal([
      [-4, "complete", 2],
      [-2, "complete", 0],
    ]);
  });
});
