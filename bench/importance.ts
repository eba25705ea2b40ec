/**
 * What mattered in a study of 1,000 trials in 8 dimensions, beside Optuna's evaluators over the same
 * trials, in turn on the same machine. scikit-learn, which Optuna's fANOVA needs, comes into an
 * environment of its own.
 */
import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import path from "node:path";
import { decompose } from "../src/importance/fanova.js";
import { findingsOf } from "../src/importance/findings.js";
import { growForest } from "../src/importance/forest.js";
import { curveAlong } from "../src/importance/partial-dependence.js";
import { localImportance } from "../src/importance/ped-anova.js";
import { resultsOf } from "../src/importance/results.js";
import { stream } from "../src/space/random.js";
import { searchSpaceOf } from "../src/space/search-space.js";
import type { Configuration } from "../src/space/space.js";
import { median } from "./statistics.js";

const trials = 1000;
const names = Array.from({ length: 8 }, (_, index) => `x${index}`);
const rounds = 7;

const search = searchSpaceOf({
  space: {
    parameters: names.map((name) => ({
      name,
      path: [name],
      distribution: { kind: "uniform", min: 0, max: 1 },
    })),
  },
});

const draws = stream("bench");
const measurements = Array.from({ length: trials }, (_, number) => {
  const configuration = search.draw(draws.fork(number)) ?? {};
  return { number, configuration, value: valueAt(configuration) + draws.fork(-number).next() / 10 };
});

/** Three matter by themselves, two together, three not at all. */
function valueAt(configuration: Configuration): number {
  const [a = 0, b = 0, c = 0, d = 0, e = 0] = names.map((name) => Number(configuration[name]));
  return (a - 0.3) ** 2 + b / 2 + Math.sin(6 * c) / 4 + (d - 0.5) * (e - 0.5);
}

interface Times {
  readonly fanova: number;
  readonly ped: number;
}

interface OwnTimes extends Times {
  readonly curves: number;
  readonly findings: number;
}

function ours(): OwnTimes {
  const start = performance.now();
  const results = resultsOf(search, measurements, "minimize");
  const forest = growForest(results, stream(1));
  decompose(forest);
  const decomposed = performance.now();
  localImportance(results);
  const compared = performance.now();
  for (const axis of results.axes.keys()) curveAlong(results, forest, axis);
  const drawn = performance.now();
  findingsOf(results, forest, stream(2));
  return {
    fanova: decomposed - start,
    ped: compared - decomposed,
    curves: drawn - compared,
    findings: performance.now() - drawn,
  };
}

const program = `
import json, sys, time, optuna
optuna.logging.set_verbosity(optuna.logging.ERROR)
trials = json.load(sys.stdin)
known = {name: optuna.distributions.FloatDistribution(0, 1) for name in trials[0]["configuration"]}
study = optuna.create_study()
study.add_trials([optuna.trial.create_trial(
    params=t["configuration"], distributions=known, value=t["value"]) for t in trials])
def timed(evaluator):
    started = time.perf_counter()
    optuna.importance.get_param_importances(study, evaluator=evaluator)
    return 1000 * (time.perf_counter() - started)
own = optuna.importance
json.dump({"ped": min(timed(own.PedAnovaImportanceEvaluator()) for _ in range(3)),
           "fanova": timed(own.FanovaImportanceEvaluator(seed=1))}, sys.stdout)
`;

function python(): string {
  const home = path.resolve(import.meta.dirname, "../.cache/importance");
  const interpreter = path.join(home, "bin", "python");
  if (!existsSync(path.join(home, "lib", "python3.11", "site-packages", "sklearn"))) {
    execFileSync("python3", ["-m", "venv", home], { stdio: "pipe" });
    const packages = ["optuna==5.0.0", "scikit-learn==1.7.2"];
    execFileSync(interpreter, ["-m", "pip", "install", "--quiet", ...packages], { stdio: "pipe" });
  }
  return interpreter;
}

function optunas(interpreter: string): Times {
  const answer = execFileSync(interpreter, ["-W", "ignore", "-c", program], {
    input: JSON.stringify(measurements),
    encoding: "utf8",
    maxBuffer: 2 ** 26,
  });
  return JSON.parse(answer);
}

const interpreter = python();
for (let warmUp = 0; warmUp < 3; warmUp += 1) ours();
// Optuna's fANOVA takes so long that once must do: ours is timed before it and after it.
const own = Array.from({ length: rounds }, ours);
const peer = optunas(interpreter);
own.push(...Array.from({ length: rounds }, ours));

const ms = (value: number) => `${value.toFixed(value < 10 ? 1 : 0)} ms`;
const row = (title: string, mine: readonly number[], theirs?: number) => {
  const cells =
    theirs === undefined ? ["–", "–"] : [ms(theirs), `1 : ${(theirs / median(mine)).toFixed(1)}`];
  console.log(`| ${[title, ms(median(mine)), ...cells].join(" | ")} |`);
};
console.log(
  `${trials} trials, ${names.length} parameters, medians of ${own.length} after warm-up:\n`,
);
console.log("| | Sweepdeck | Optuna 5.0.0 | ratio |\n|---|---|---|---|");
row(
  "fANOVA, 64 trees",
  own.map(({ fanova }) => fanova),
  peer.fanova,
);
row(
  "PED-ANOVA",
  own.map(({ ped }) => ped),
  peer.ped,
);
row(
  "partial dependence along each",
  own.map(({ curves }) => curves),
);
const all = own.map(({ fanova, ped, curves }) => fanova + ped + curves);
row("these three (target: under 300 ms)", all);
row(
  "findings",
  own.map(({ findings }) => findings),
);
process.exitCode = median(all) < 300 ? 0 : 1;
