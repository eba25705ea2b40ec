/** What mattered in a study, and what its results say about its space. It changes nothing on disk. */
import type { Finding } from "../importance/findings.js";
import { type Importance, importanceOf, leastTrials } from "../importance/importance.js";
import { type Measurement, type Results, resultsOf } from "../importance/results.js";
import { findingSentence } from "../importance/sentences.js";
import { ownValue } from "../space/record.js";
import { namesOf, type SearchSpace, searchSpaceOf } from "../space/search-space.js";
import { metricsOf } from "../study/export.js";
import type { StudyView } from "../study/study-view.js";
import type { Goal, Objective, Trial } from "../study/trial.js";
import { searchedBy } from "../sweep/search-space.js";
import { type Command, type Given, jsonOption, onlyWord, Unusable } from "./command.js";
import { printJson, printText, say, table } from "./output.js";
import { studyAt, studyDirectory, studyWord } from "./studies.js";

export const importance: Command = {
  name: "importance",
  words: "STUDY",
  summary: "Show which parameters mattered, and what the results say about their ranges.",
  about: studyWord,
  options: {
    of: { type: "string", value: "METRIC", about: "another metric that the trials reported" },
    goal: {
      type: "string",
      value: "GOAL",
      about: "with --of: minimize (the default) or maximize",
    },
    json: jsonOption,
  },
  run: async (given) => {
    const study = studyAt(await studyDirectory(onlyWord(importance, given, "study")));
    const metric = metricFor(study, given);
    const results = resultsOf(spaceOf(study), measurementsOf(study, metric), metric.goal);
    const found = importanceOf(results);
    if (found === undefined) {
      say(silence(study, metric, results));
      if (given.flag("json")) printJson(null);
      return 1;
    }
    const pairs = interactionsOf(results, found);
    if (given.flag("json")) printJson(recordOf(study, metric, found, pairs));
    else printText(textOf(metric, found, pairs));
    return 0;
  },
};

function metricFor({ file, objective, sweep }: StudyView, given: Given): Objective {
  const wished = given.text("of");
  const goal = given.text("goal");
  if (goal !== undefined && goal !== "minimize" && goal !== "maximize") {
    throw new Unusable(`--goal takes minimize or maximize, not "${goal}".`);
  }
  if (wished === undefined) {
    if (goal !== undefined) throw new Unusable("--goal goes with --of: the sweep says its own.");
    if (objective !== undefined) return objective;
    throw new Unusable(`${file.name} has no metric. Name one with --of.`);
  }
  const known = [objective, ...(sweep?.deck.objectives ?? [])].find(
    (each) => each?.name === wished,
  );
  return { name: wished, goal: goal ?? known?.goal ?? "minimize" };
}

function spaceOf({ sweep, space }: StudyView): SearchSpace {
  return sweep === undefined ? searchSpaceOf({ space }) : searchedBy(sweep);
}

/** Of completed trials alone: what a stopping rule ended has a value from an earlier step. */
function measurementsOf(study: StudyView, metric: Objective): readonly Measurement[] {
  const isObjective = metric.name === study.objective?.name;
  return study.trials.flatMap((trial) => {
    if (trial.state !== "complete") return [];
    const value = isObjective ? trial.value : reported(trial, metric.name);
    return typeof value === "number"
      ? [{ number: trial.number, configuration: trial.configuration, value }]
      : [];
  });
}

function reported(trial: Trial, metric: string): unknown {
  return ownValue(metricsOf(trial), metric);
}

function silence({ file }: StudyView, metric: Objective, { axes, losses }: Results): string {
  return axes.length === 0
    ? `Nothing varies in ${file.name}, so nothing can matter.`
    : `What matters can be said from ${leastTrials} completed trials with ${metric.name} on; ${file.name} has ${losses.length}.`;
}

interface Interaction {
  readonly names: readonly (readonly string[])[];
  readonly fraction: number;
}

/** Less than this of the variance is not worth a line. */
const leastInteraction = 0.02;
const mostInteractions = 3;
/** The pairs among so many of the parameters that matter most. */
const pairedAxes = 10;

function interactionsOf({ axes }: Results, { decomposition }: Importance): readonly Interaction[] {
  const { singles, pair } = decomposition;
  const paired = [...axes.keys()]
    .sort((a, b) => (singles[b]?.mean ?? 0) - (singles[a]?.mean ?? 0))
    .slice(0, pairedAxes);
  return paired
    .flatMap((a, index) =>
      paired.slice(index + 1).map((b) => ({
        names: [a, b].flatMap((axis) => {
          const dimension = axes[axis]?.dimension;
          return dimension === undefined ? [] : [namesOf(dimension)];
        }),
        fraction: pair(a, b).mean,
      })),
    )
    .filter(({ fraction }) => fraction >= leastInteraction)
    .sort((a, b) => b.fraction - a.fraction)
    .slice(0, mostInteractions);
}

function recordOf(
  study: StudyView,
  metric: { readonly name: string; readonly goal: Goal },
  { trials, parameters, findings }: Importance,
  interactions: readonly Interaction[],
) {
  return {
    study: study.file.name,
    metric: { name: metric.name, goal: metric.goal },
    trials,
    parameters: parameters.map(({ names, fraction, local }) => ({
      names,
      fraction: fraction.mean,
      spread: fraction.spread,
      local,
    })),
    interactions,
    findings: findings.map((each) => ({ ...each, message: findingSentence(each, metric.name) })),
  };
}

function textOf(
  metric: Objective,
  { trials, parameters, findings }: Importance,
  interactions: readonly Interaction[],
): string {
  const isDrawn = process.stdout.isTTY === true;
  const head = ["parameter", "of the variance", "", "among the best", ""];
  const rows = parameters.map(({ names, fraction, local }) => [
    names.join(" + "),
    `${percent(fraction.mean)} ± ${percent(fraction.spread)}`,
    isDrawn ? bar(fraction.mean) : "",
    percent(local),
    isDrawn ? bar(local) : "",
  ]);
  const columns = isDrawn ? [0, 1, 2, 3, 4] : [0, 1, 3];
  const pick = (row: readonly string[]) => columns.map((column) => row[column] ?? "");
  const together = interactions.map(
    ({ names, fraction }) =>
      `${names.map((each) => each.join(" + ")).join(" and ")} together: ${percent(fraction)} more`,
  );
  const sections = [
    [`What explains ${metric.name}, by ${trials} completed trials`],
    [table([head, ...rows].map(pick))],
    together,
    findings.map((each: Finding) => findingSentence(each, metric.name)),
  ];
  return sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join("\n"))
    .join("\n\n");
}

function percent(fraction: number): string {
  return `${(100 * fraction).toFixed(fraction < 0.0995 ? 1 : 0)} %`;
}

const barWidth = 20;
const eighths = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"];

function bar(fraction: number): string {
  const parts = Math.round(Math.min(1, Math.max(0, fraction)) * barWidth * 8);
  return "█".repeat(Math.floor(parts / 8)) + (eighths[parts % 8] ?? "");
}
