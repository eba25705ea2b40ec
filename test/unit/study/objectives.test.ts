import path from "node:path";
import { expect } from "chai";
import type { Configuration } from "../../../src/space/space.js";
import { historyOf } from "../../../src/study/history.js";
import { paretoFronts, rankTrials } from "../../../src/study/ranking.js";
import { parseSweep } from "../../../src/sweep/parse.js";
import { type Bench, bench, usualLimits } from "../../support/conducting.js";
import { openInOptuna } from "../../support/optuna.js";
import { type Running, World } from "../../support/world.js";

const text = `program: train.py
method: random
run_cap: 24
parameters:
  width: {min: 1, max: 1000}
sweepdeck:
  sampler: {type: nsga2, population: 6}
  objectives:
    - {name: accuracy, goal: maximize}
    - {name: latency, goal: minimize}
`;

describe("a study of several objectives", function () {
  this.timeout(60_000);
  const { sweep } = parseSweep(text);
  if (sweep === undefined) throw new Error("the sweep is wrong");
  let world: World;
  let at: Bench;
  beforeEach(() => {
    world = new World();
    at = bench(world, sweep);
  });
  afterEach(() => at.dispose());

  const accuracyOf = ({ width }: Configuration) => 1 - 1 / Number(width);
  const latencyOf = ({ width }: Configuration) => Number(width) / 10;

  /** Conducts it to its end; `report` says what a trial measures. */
  async function conducted(report: (run: Running, started: number) => void): Promise<void> {
    let isOver = false;
    let started = 0;
    const conductor = at.conduct({
      slots: 3,
      rules: { limits: { ...usualLimits, failures: 100 } },
    });
    const ended = conductor.ended.finally(() => {
      isOver = true;
    });
    while (!isOver) {
      const [run] = world.running;
      if (run !== undefined) {
        report(run, started);
        started += 1;
        world.end(run, 0);
      }
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
    await ended;
  }

  it("keeps all values of a trial, where the first one counts, and ranks by Pareto front", async () => {
    await conducted((run) => {
      const { configuration } = run.launch;
      world.report(run, { accuracy: accuracyOf(configuration), latency: latencyOf(configuration) });
      // Another step, which is worse in the first objective, counts for nothing.
      world.report(run, { accuracy: 0, latency: 0 });
    });
    const trials = at.trials();
    expect(trials).to.have.length(24);
    for (const { state, configuration, value, values } of trials) {
      expect(state).to.equal("complete");
      expect(values).to.deep.equal([accuracyOf(configuration), latencyOf(configuration)]);
      expect(value).to.equal(values[0]);
    }
    expect(historyOf(trials).observations.map(({ values }) => values)).to.deep.equal(
      trials.map(({ values }) => values),
    );
    // The wider, the more exact and the slower: nobody dominates anybody.
    const placed = rankTrials(trials, "maximize", [{ name: "latency", goal: "minimize" }]);
    expect(new Set(placed.map(({ rank }) => rank))).to.deep.equal(new Set([1]));
    const widths = placed.map(({ trial }) => Number(trial.configuration["width"]));
    expect(widths).to.deep.equal(widths.toSorted((a, b) => b - a));
    expect(paretoFronts(trials, ["minimize", "minimize"])).to.have.length(24);
  });

  it("fails a trial that lacks a value, and says which and why", async () => {
    await conducted((run, started) => {
      if (started === 0) world.report(run, { accuracy: 0.5 });
      else if (started === 1) world.report(run, { accuracy: 0.5, latency: Number.NaN });
      else if (started === 2) world.report(run, { latency: 1 });
      else if (started === 3) {
        world.report(run, { accuracy: 0.5 });
        // Measured once, at the end.
        world.report(run, { latency: 7 });
      } else world.report(run, { accuracy: 0.4, latency: 1 });
    });
    const trials = at.trials();
    const ends = trials.slice(0, 4).map(({ state, values, reason }) => [state, values, reason]);
    expect(ends).to.deep.equal([
      [
        "failed",
        [],
        "latency was not reported; the script reported accuracy: name one of these as the metric, or print latency",
      ],
      ["failed", [], "latency was NaN at the step that counts"],
      [
        "failed",
        [],
        "accuracy was not reported; the script reported latency: name one of these as the metric, or print accuracy",
      ],
      ["complete", [0.5, 7], null],
    ]);
    const ranks = rankTrials(trials, "maximize", [{ name: "latency", goal: "minimize" }]);
    expect(ranks.find(({ trial }) => trial.number === 0)?.rank).to.equal(null);
    expect(ranks.find(({ trial }) => trial.number === 3)?.rank).to.equal(1);

    const [view] = openInOptuna([
      { file: path.join(at.directory, "journal.log"), ask: ["study-1"] },
    ]);
    const [study] = view?.studies ?? [];
    expect(view?.error).to.equal(undefined);
    expect(study?.directions).to.deep.equal(["MAXIMIZE", "MINIMIZE"]);
    expect(study?.system["study:metric_names"]).to.deep.equal(["accuracy", "latency"]);
    expect(study?.trials.map(({ values }) => values)).to.deep.equal(
      trials.map(({ values }) => (values.length === 0 ? null : values)),
    );
    expect(study?.dashboard).to.deep.include({ listing: 200, study: 200, json: true });
    expect(view?.asked["study-1"]).to.have.property("width");
  });
});
