import { expect } from "chai";
import { localImportance } from "../../../src/importance/ped-anova.js";
import { resultsOf } from "../../../src/importance/results.js";
import type { Configuration, Distribution } from "../../../src/space/space.js";
import { askPython } from "../../support/ask-python.js";
import { measured, resultsAt, spaceOf, unit } from "../../support/measured-spaces.js";

const mixed: Readonly<Record<string, Distribution>> = {
  lr: { kind: "log_uniform_values", min: 1e-5, max: 0.1 },
  dropout: { kind: "uniform", min: 0, max: 0.5 },
  layers: { kind: "int_uniform", min: 1, max: 6 },
  units: { kind: "int_uniform", min: 16, max: 1024 },
  optimizer: { kind: "categorical", values: ["sgd", "adam", "rms", "lion"] },
  momentum: unit,
};

const search = spaceOf(mixed, [
  {
    parameter: "momentum",
    requirements: [{ parameter: "optimizer", kind: "one-of", values: ["sgd"] }],
  },
]);

function valueAt({ lr, dropout, layers, optimizer, momentum }: Configuration, noise: number) {
  const penalty = { sgd: 0.5, adam: 0, rms: 0.2, lion: 0.1 }[String(optimizer)] ?? 0;
  const shape = Math.abs(Number(layers) - 3) * 0.05 + Number(dropout) * 0.2;
  return (
    (Math.log10(Number(lr)) + 3) ** 2 * 0.3 +
    shape +
    penalty -
    0.8 * Number(momentum ?? 0) +
    0.2 * noise
  );
}

const optuna = `
import optuna
optuna.logging.set_verbosity(optuna.logging.ERROR)
D = optuna.distributions
known = {
  "lr": D.FloatDistribution(1e-5, 0.1, log=True), "dropout": D.FloatDistribution(0, 0.5),
  "layers": D.IntDistribution(1, 6), "units": D.IntDistribution(16, 1024),
  "optimizer": D.CategoricalDistribution(["sgd", "adam", "rms", "lion"]),
  "momentum": D.FloatDistribution(0, 1),
}
answer = []
for case in question:
  study = optuna.create_study(direction=case["goal"])
  for trial in case["trials"]:
    params = trial["configuration"]
    study.add_trial(optuna.trial.create_trial(
      params=params, distributions={k: known[k] for k in params}, value=trial["value"]))
  evaluator = optuna.importance.PedAnovaImportanceEvaluator(target_quantile=case["quantile"])
  answer.append(optuna.importance.get_param_importances(study, evaluator=evaluator))
`;

describe("PED-ANOVA", function () {
  this.timeout(60_000);

  it("agrees with Optuna on mixed and conditional spaces, whatever counts as best", () => {
    const cases = [
      { trials: 60, quantile: 0.1, goal: "minimize" as const },
      { trials: 200, quantile: 0.1, goal: "maximize" as const },
      { trials: 400, quantile: 0.25, goal: "minimize" as const },
    ].map((each) => ({ ...each, trials: measured(search, each.trials, valueAt) }));
    const theirs = askPython(optuna, cases) as Record<string, number>[];
    cases.forEach(({ trials, quantile, goal }, index) => {
      const ours = localImportance(resultsOf(search, trials, goal), quantile);
      Object.keys(mixed).forEach((name, axis) => {
        expect(ours[axis], `${name} of ${trials.length} trials`).to.be.closeTo(
          theirs[index]?.[name] ?? Number.NaN,
          0.005,
        );
      });
    });
  });

  it("sees what decides among the best where fANOVA sees what decides in all", () => {
    // x rules out two thirds of the space; among what is left, y decides.
    const results = resultsAt(spaceOf({ x: unit, y: unit }), 500, ({ x, y }) =>
      Number(x) > 0.9 ? 100 : Number(y),
    );
    const [x = 0, y = 0] = localImportance(results);
    expect(y).to.be.above(5 * x);
  });

  it("says nothing of results that are all the same", () => {
    const results = resultsAt(spaceOf({ x: unit, y: unit }), 100, () => 1);
    expect(localImportance(results)).to.deep.equal([0, 0]);
  });
});
