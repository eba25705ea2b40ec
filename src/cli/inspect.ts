/** The commands that read studies: list, show, best, diff, export. They change nothing on disk. */

import { existsSync } from "node:fs";
import { isFree } from "../study/claim.js";
import { diffTrials } from "../study/diff.js";
import { csvLines } from "../study/export.js";
import { findStudies } from "../study/folder.js";
import { violationOf } from "../study/history.js";
import { bestTrial, paretoFronts, rankTrials } from "../study/ranking.js";
import { studyFileSentence } from "../study/study-file.js";
import { openStudy, type StudyView } from "../study/study-view.js";
import { type Objective, objectivesOf, type Trial } from "../study/trial.js";
import {
  type Command,
  type ExitCode,
  type Given,
  jsonOption,
  onlyWord,
  Unusable,
} from "./command.js";
import { printJson, printText, say, table, valueText } from "./output.js";
import { recordOf, studyAt, studyDirectory, studyWord, trialNamed } from "./studies.js";

export const list: Command = {
  name: "list",
  words: "[FOLDER]",
  summary: "List the studies at or below a folder.",
  options: { json: jsonOption },
  run: async (given) => {
    if (given.words.length > 1) throw new Unusable("sweepdeck list takes one folder at most.");
    const folder = given.words[0] ?? process.cwd();
    if (!existsSync(folder)) throw new Unusable(`There is no folder ${folder}.`);
    const directories = await findStudies(folder);
    const opened = directories.map(openStudy);
    const studies = opened.flatMap((each) => ("study" in each ? [summaryOf(each.study)] : []));
    // One that cannot be read does not hide the others.
    const damaged = opened.flatMap((each) => ("problem" in each ? [each.problem] : []));
    for (const problem of damaged) say(studyFileSentence(problem));
    if (given.flag("json")) printJson(studies);
    else if (opened.length === 0) say("No study yet: start one with sweepdeck run sweep.yaml.");
    else {
      const rows = studies.map(({ study, state, trials, best, dir }) => [
        study,
        state,
        `${trials} trials`,
        best === null ? "" : `best ${best}`,
        dir,
      ]);
      printText(table(rows));
    }
    return damaged.length === 0 ? 0 : 2;
  },
};

function summaryOf(study: StudyView) {
  study.refresh();
  const best = study.objective && bestTrial(study.trials, study.objective.goal);
  return {
    study: study.file.name,
    dir: study.directory,
    state: stateWord(study),
    trials: study.trials.length,
    best: best?.value ?? null,
  };
}

/** `running` on disk with nobody who conducts is what a crash leaves behind. */
function stateWord({ state, conductor }: StudyView): string {
  if (state === undefined) return "new";
  return state.state === "running" && isFree(conductor) ? "interrupted" : state.state;
}

export const show: Command = {
  name: "show",
  words: "STUDY",
  summary: "Show the trials of a study, best first.",
  about: studyWord,
  options: { json: jsonOption },
  run: async (given) => {
    const study = studyAt(await studyDirectory(onlyWord(show, given, "study")));
    if (given.flag("json")) {
      printJson({
        study: study.file.name,
        metric: study.objective ?? null,
        sampler: { name: study.file.sampler, why: study.file.samplerWhy ?? null },
        trials: study.trials.map((trial) => recordOf(study, trial)),
      });
      return 0;
    }
    printText(boardText(study));
    const { state, file } = study;
    say(`Sampler: ${file.sampler}.${file.samplerWhy === undefined ? "" : ` ${file.samplerWhy}`}`);
    say(`${stateWord(study)}${state?.reason ? `: ${state.reason}` : ""}`);
    return 0;
  },
};

/** The leaderboard as text. */
export function boardText(study: StudyView): string {
  const { objective, space, trials } = study;
  const placed = rankTrials(trials, objective?.goal ?? "minimize", objective?.others);
  const others = (objective?.others ?? []).map(({ name }) => name);
  const names = space.parameters
    .map(({ name }) => name)
    .filter(
      (name) => new Set(trials.map((trial) => JSON.stringify(trial.configuration[name]))).size > 1,
    );
  const head = ["#", "trial", "state", objective?.name ?? "value", ...others, ...names, "note"];
  const rows = placed.map(({ trial, rank }) => [
    rank === null ? "" : String(rank),
    String(trial.number),
    trial.state,
    trial.value === null ? "–" : valueText(trial.value),
    ...others.map((_, index) => valueText(trial.values[index + 1])),
    ...names.map((name) => valueText(trial.configuration[name])),
    noteOn(trial),
  ]);
  return table([head, ...rows], [0, 1]);
}

function noteOn(trial: Trial): string {
  const { initial, reason } = trial;
  const violation = violationOf(trial);
  if (violation > 0) return `misses its outcomes by ${valueText(violation)}`;
  const firstLine = reason?.split("\n")[0] ?? "";
  return initial === null ? firstLine : ["initial", firstLine].filter(Boolean).join(": ");
}

export const best: Command = {
  name: "best",
  words: "STUDY",
  summary: "Show the best trial of a study, or its Pareto front, with exact parameters.",
  about: studyWord,
  options: { json: jsonOption },
  run: async (given) => {
    const study = studyAt(await studyDirectory(onlyWord(best, given, "study")));
    const { objective } = study;
    if (objective === undefined) {
      throw new Unusable(`${study.file.name} has no metric, so none of its trials is the best.`);
    }
    if (objective.others !== undefined) return bestOfSeveral(study, objective, given.flag("json"));
    const trial = bestTrial(study.trials, objective.goal);
    if (trial === undefined) {
      say(`No trial of ${study.file.name} has completed yet.`);
      if (given.flag("json")) printJson(null);
      return 1;
    }
    const record = recordOf(study, trial);
    if (given.flag("json")) printJson(record);
    else {
      printText(`trial ${record.number}  ${objective.name} ${record.value}`);
      printText(JSON.stringify(record.params, null, 2));
    }
    return 0;
  },
};

/** All of them that none of the others beats in every objective. */
function bestOfSeveral(study: StudyView, objective: Objective, asJson: boolean): ExitCode {
  const objectives = objectivesOf(objective);
  const goals = objectives.map(({ goal }) => goal);
  const [front = []] = paretoFronts(study.trials, goals);
  if (front.length === 0) say(`No trial of ${study.file.name} has completed yet.`);
  const records = front.map((trial) => recordOf(study, trial));
  if (asJson) printJson(records);
  else {
    for (const [index, { number, params }] of records.entries()) {
      const values = objectives.map(({ name }, at) => `${name} ${front[index]?.values[at]}`);
      printText(`trial ${number}  ${values.join("  ")}`);
      printText(JSON.stringify(params, null, 2));
    }
  }
  return front.length === 0 ? 1 : 0;
}

export const diff: Command = {
  name: "diff",
  words: "STUDY A B",
  summary: "Compare the configurations of two trials; what differs comes first.",
  about: studyWord,
  options: { json: jsonOption },
  run: async (given) => {
    const [word, a, b, ...more] = given.words;
    if (word === undefined || a === undefined || b === undefined || more.length > 0) {
      throw new Unusable("sweepdeck diff takes a study and two trials: sweepdeck diff latest 3 7");
    }
    const study = studyAt(await studyDirectory(word));
    const trials = [trialNamed(a, study), trialNamed(b, study)];
    const rows = diffTrials(study.space, study.objective?.name ?? null, trials);
    if (given.flag("json")) {
      const parameters = rows.filter(({ kind }) => kind === "parameter");
      printJson(
        parameters.map(({ path, values: [left, right] }) => ({
          path: path.join("."),
          a: left ?? null,
          b: right ?? null,
        })),
      );
      return 0;
    }
    const lines = rows.map(({ path, values: [left, right], differs }) => [
      differs ? "≠" : " ",
      path.join("."),
      exactText(left),
      exactText(right),
    ]);
    printText(table([["", "", `trial ${a}`, `trial ${b}`], ...lines]));
    return 0;
  },
};

export const exportTrials: Command = {
  name: "export",
  words: "STUDY",
  summary: "Print every trial of a study, as CSV or as JSON lines.",
  about: studyWord,
  options: {
    csv: { type: "boolean", about: "one row a trial (the default)" },
    jsonl: { type: "boolean", about: "one JSON object a line, as in show --json" },
    json: { type: "boolean", about: "the same as --jsonl" },
  },
  run: async (given) => {
    const study = studyAt(await studyDirectory(onlyWord(exportTrials, given, "study")));
    if (isJsonLines(given)) {
      for (const trial of study.trials) printJson(recordOf(study, trial));
      return 0;
    }
    const { space, objective, trials } = study;
    for (const line of csvLines(space, objective?.name ?? null, trials, Date.now())) {
      printText(line);
    }
    return 0;
  },
};

function isJsonLines(given: Given): boolean {
  const isJson = given.flag("jsonl") || given.flag("json");
  if (isJson && given.flag("csv")) throw new Unusable("Choose one of --csv and --jsonl.");
  return isJson;
}

/** A comparison is of exact values. */
function exactText(value: unknown): string {
  return JSON.stringify(value) ?? "–";
}
