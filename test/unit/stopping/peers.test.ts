/** Stopping rules beside those whose semantics they follow: W&B's engine, Optuna's pruners, SciPy. */
import { expect } from "chai";
import { stream } from "../../../src/space/random.js";
import type { Curve } from "../../../src/stopping/rule.js";
import { signedRankPValue } from "../../../src/stopping/signed-ranks.js";
import { askPython } from "../../support/ask-python.js";
import { curveOf, type Goal, ruleWritten } from "../../support/stopping-contract.js";

/** Trials of all lengths with values on a coarse scale, so that some are alike. */
function studyOf(seed: number, trials: number, length: number, running: number): readonly Curve[] {
  return Array.from({ length: trials }, (_, trial) => {
    const random = stream(seed).fork(trial);
    const isRunning = trial >= trials - running;
    const count = isRunning ? 1 + Math.floor(random.next() * length) : length;
    const level = random.next() * 3;
    const values = Array.from({ length: count }, (_each, index) => {
      return Math.round(10 * (level + 3 / (index + 1) + random.next())) / 10;
    });
    return curveOf(trial, values, isRunning ? "running" : "complete");
  });
}

const goals: readonly Goal[] = ["minimize", "maximize"];

describe("W&B's early_terminate", function () {
  this.timeout(60_000);

  const program = `
from sweeps.hyperband_stopping import hyperband_stop_runs
from sweeps.run import SweepRun, RunState
def stopped(case):
    runs = [SweepRun(name=str(c["trial"]), state=RunState.running if c["state"] == "running" else RunState.finished,
                     history=[{"loss": p["value"]} for p in c["points"]], config={"lr": {"value": 1}}) for c in case["curves"]]
    config = {"method": "random", "metric": {"name": "loss", "goal": case["goal"]},
              "early_terminate": case["rule"], "parameters": {"lr": {"min": 0.0, "max": 1.0}}}
    return [int(run.name) for run in hyperband_stop_runs(runs, config)]
answer = [stopped(case) for case in question]
`;

  it("stops the trials that W&B's own engine stops", () => {
    const written = [
      { type: "hyperband", min_iter: 3 },
      { type: "hyperband", min_iter: 1, eta: 2.5, strict: false },
      { type: "hyperband", max_iter: 27, s: 2, strict: true },
      { type: "hyperband", max_iter: 30, s: 4, eta: 2, strict: false },
      { type: "hyperband", min_iter: 1, eta: 1.2 },
    ];
    const cases = written.flatMap((rule, at) =>
      goals.flatMap((goal) =>
        [1, 2, 3, 4].map((seed) => ({
          rule,
          goal,
          curves: studyOf(7 * at + seed, 4 * seed, 27, 6),
        })),
      ),
    );
    const theirs = askPython(program, cases);
    const ours = cases.map(({ rule, goal, curves }) => {
      const made = ruleWritten(`early_terminate: ${JSON.stringify(rule)}`, goal);
      return curves
        .filter(({ state }) => state === "running")
        .filter((curve) => {
          const others = curves.filter((each) => each !== curve);
          return made.judge(curve, others).kind === "stop";
        })
        .map(({ trial }) => trial);
    });
    expect(ours).to.deep.equal(theirs);
    expect(ours.flat().length).to.be.above(20);
  });

  it("counts finite values, whatever came between", () => {
    const rule = ruleWritten("early_terminate: {type: hyperband, min_iter: 2}");
    const others = [curveOf(0, [1, 1], "complete"), curveOf(1, [2, 2], "failed")];
    const bad = { ...curveOf(2, [9, Number.NaN]) };
    expect(rule.judge(bad, others).kind).to.equal("continue");
    expect(rule.judge(curveOf(2, [9, 9]), others).kind).to.equal("stop");
  });

  it("stops one that had passed, when better ones have come", () => {
    const rule = ruleWritten("early_terminate: {type: hyperband, min_iter: 2}");
    const trial = curveOf(0, [5, 5, 4]);
    expect(rule.looksAgain).to.equal(true);
    expect(rule.judge(trial, []).kind).to.equal("continue");
    const verdict = rule.judge(trial, [curveOf(1, [3, 3]), curveOf(2, [2, 2])]);
    expect(verdict).to.deep.include({ kind: "stop", as: "pruned" });
    if (verdict.kind !== "stop") return;
    // Of three the value at position floor(3/3) = 1 is the threshold.
    expect(verdict.why).to.deep.include({ step: 2, value: 5, threshold: 3, rank: 3, compared: 2 });
    expect(verdict.why.competitors).to.deep.equal([
      { trial: 2, value: 2 },
      { trial: 1, value: 3 },
    ]);
  });
});

describe("the median and the percentile rule", function () {
  this.timeout(60_000);

  const program = `
import optuna
optuna.logging.set_verbosity(optuna.logging.ERROR)
def pruned(case):
    study = optuna.create_study(direction=case["goal"])
    for c in case["curves"]:
        if c["state"] == "complete":
            study.add_trial(optuna.trial.create_trial(value=c["points"][-1]["value"],
                intermediate_values={p["count"] - 1: p["value"] for p in c["points"]}))
    options = dict(n_startup_trials=case["startup"], n_warmup_steps=case["warmup"], interval_steps=case["interval"], n_min_trials=case["least"])
    pruner = optuna.pruners.PercentilePruner(case["percentile"], **options)
    result = []
    for c in case["curves"]:
        if c["state"] != "running": continue
        at = None
        seen = {}
        for p in c["points"]:
            seen[p["count"] - 1] = p["value"]
            trial = optuna.trial.create_trial(state=optuna.trial.TrialState.RUNNING, intermediate_values=dict(seen))
            if pruner.prune(study, trial):
                at = p["count"]
                break
        result.append(at)
    return result
answer = [pruned(case) for case in question]
`;

  it("stop trials at the report where Optuna's pruners do", () => {
    const cases = [50, 25, 80, 0, 100].flatMap((percentile, at) =>
      goals.flatMap((goal) =>
        [3, 4, 5].map((seed) => ({
          ...{ percentile, goal, startup: seed, warmup: at, interval: 1 + (seed % 3), least: 1 },
          curves: studyOf(seed + 10 * at, 14, 20 - 5 * (seed % 2), 8),
        })),
      ),
    );
    const theirs = askPython(program, cases);
    const ours = cases.map(({ percentile, goal, startup, warmup, interval, curves }) => {
      const type = percentile === 50 ? "median" : `percentile, percentile: ${percentile}`;
      const rule = ruleWritten(
        `{type: ${type}, startup_trials: ${startup}, warmup_steps: ${warmup}, interval: ${interval}}`,
        goal,
      );
      return curves
        .filter(({ state }) => state === "running")
        .map((curve) => {
          const others = curves.filter((each) => each !== curve);
          const stop = curve.points.find(
            (_, index) =>
              rule.judge({ ...curve, points: curve.points.slice(0, index + 1) }, others).kind ===
              "stop",
          );
          return stop?.count ?? null;
        });
    });
    expect(ours).to.deep.equal(theirs);
    expect(ours.flat().filter((at) => at !== null).length).to.be.above(30);
  });

  it("wait for so many others at a step, and stop a trial that has no finite value", () => {
    const others = [1, 2, 3].map((trial) => curveOf(trial, [trial, trial], "complete"));
    const rule = ruleWritten("{type: median, startup_trials: 0, min_trials: 4}");
    expect(rule.judge(curveOf(0, [9]), others).kind).to.equal("continue");
    const more = [...others, curveOf(4, [4], "complete")];
    expect(rule.judge(curveOf(0, [9]), more).kind).to.equal("stop");
    expect(rule.judge(curveOf(0, [9, 9]), more).kind).to.equal("continue");
    expect(rule.judge(curveOf(0, [Number.NaN]), others).kind).to.equal("stop");
  });
});

describe("the signed-rank test", function () {
  this.timeout(60_000);

  it("gives SciPy's p-values: exact, exact with ties and zeros, and by the normal approximation", () => {
    const cases = [
      ...[2, 3, 5, 8, 13, 20, 35, 50, 51, 70].flatMap((count) =>
        [1, 2, 3].map((seed) => draws(count, seed, 1e9)),
      ),
      ...[2, 3, 5, 6, 14, 20, 50, 60].flatMap((count) =>
        [1, 2].map((seed) => draws(count, seed, 4)),
      ),
      ...[[0, 0, 0], [1, 1, 1, 1], [-1, 1], draws(9, 1, 4), Array(20).fill(0) as number[]],
    ];
    const theirs = askPython(
      'import scipy.stats as ss\nanswer = [float(ss.wilcoxon(d, alternative="greater", zero_method="zsplit").pvalue) for d in question]',
      cases,
    ) as readonly number[];
    cases.forEach((differences, index) => {
      const ours = signedRankPValue(differences);
      const of = JSON.stringify(differences);
      expect(ours, of).to.be.closeTo(theirs[index] ?? Number.NaN, 1e-12);
    });
  });

  /** Whole numbers up to `most` either way: few of them give ties and zeros. */
  function draws(count: number, seed: number, most: number): readonly number[] {
    const random = stream(seed).fork(count);
    return Array.from({ length: count }, () => Math.round((random.next() - 0.4) * most));
  }
});

describe("the Wilcoxon rule", function () {
  this.timeout(60_000);

  const program = `
import optuna, warnings
warnings.simplefilter("ignore")
optuna.logging.set_verbosity(optuna.logging.ERROR)
def pruned(case):
    study = optuna.create_study(direction=case["goal"])
    mean = lambda c: sum(p["value"] for p in c["points"]) / len(c["points"])
    for c in case["curves"]:
        if c["state"] == "complete":
            study.add_trial(optuna.trial.create_trial(value=mean(c), intermediate_values={p["step"]: p["value"] for p in c["points"]}))
    pruner = optuna.pruners.WilcoxonPruner(p_threshold=case["p"], n_startup_steps=case["startup"])
    result = []
    for c in case["curves"]:
        if c["state"] != "running": continue
        trial = optuna.trial.create_trial(state=optuna.trial.TrialState.RUNNING, intermediate_values={p["step"]: p["value"] for p in c["points"]})
        result.append(bool(pruner.prune(study, trial)))
    return result
answer = [pruned(case) for case in question]
`;

  it("stops the trials that Optuna's pruner stops", () => {
    const cases = goals.flatMap((goal) =>
      [1, 2].map((seed) => ({
        ...{ goal, p: [0.1, 0.02, 0.3][seed % 3] ?? 0.1, startup: seed },
        curves: studyOf(seed, 12, 6, 9).map(shuffled),
      })),
    );
    const theirs = askPython(program, cases);
    const ours = cases.map(({ goal, p, startup, curves }) => {
      const rule = ruleWritten(
        `{type: wilcoxon, p_threshold: ${p}, startup_steps: ${startup}}`,
        goal,
      );
      return curves
        .filter(({ state }) => state === "running")
        .map((curve) => {
          const others = curves.filter((each) => each !== curve);
          return rule.judge(curve, others).kind === "stop";
        });
    });
    expect(ours).to.deep.equal(theirs);
    expect(ours.flat().filter(Boolean).length).to.be.above(3);
  });

  /** Folds in an order of the trial's own. */
  function shuffled(curve: Curve): Curve {
    const random = stream("order").fork(curve.trial);
    const folds = curve.points.map(({ value }) => ({ value, at: random.next() }));
    const steps = folds.map((_, index) => index + 1).sort((a, b) => at(folds, a) - at(folds, b));
    const points = curve.points.map((point, index) => ({ ...point, step: steps[index] ?? 0 }));
    return { ...curve, points };
  }

  function at(folds: readonly { readonly at: number }[], step: number): number {
    return folds[step - 1]?.at ?? 0;
  }
});
