/** Studies and trials in words, for places that are too small for a board, or that must be plain text. */
import { stringify } from "yaml";
import { durationText, numberText, stateWords } from "../protocol.js";
import { nest } from "../space/configuration.js";
import { ownValue } from "../space/record.js";
import type { Configuration, Space } from "../space/space.js";
import type { Json } from "../space/value.js";
import { secondsOf } from "../study/export.js";
import { trialAttribute } from "../study/folded-trial.js";
import { rankTrials } from "../study/ranking.js";
import type { Trial } from "../study/trial.js";
import { boardStateOf } from "./board/boardRows.js";
import { metricFormat, parameterFormat } from "./board/numberFormat.js";
import { endedText, progressOf } from "./board/progress.js";
import type { StudyPicture } from "./study-picture.js";

export function stateText(trial: Trial): string {
  return stateWords[boardStateOf(trial)];
}

/** The trial's value as the board writes it; empty where it has none. */
export function valueText({ best, objective }: StudyPicture, trial: Trial): string {
  if (objective === null || trial.value === null) return "";
  return numberText(trial.value, metricFormat(best?.value ?? trial.value));
}

/** `lr 1.0e-3, batch_size 32`: what varies, in the order of the file. */
export function configurationText(space: Space, configuration: Configuration): string {
  return space.parameters
    .filter(({ distribution }) => distribution.kind !== "constant")
    .flatMap(({ name, distribution }) => {
      const value = ownValue(configuration, name);
      if (value === undefined) return [];
      const format = parameterFormat(distribution);
      const isNumber = typeof value === "number" && format !== undefined;
      return [`${name} ${isNumber ? numberText(value, format) : wordText(value)}`];
    })
    .join(", ");
}

function wordText(value: Json): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}

/** `12/40`, or `12` where nothing ends the sweep; of one that is over, how many failed. */
export function progressText(study: StudyPicture): string {
  const progress = progressOf(study);
  const { cap, done, failures } = progress;
  if (study.state === "finished" && failures.length > 0) return endedText(progress);
  return cap === null ? String(done) : `${done}/${cap}`;
}

/** `12/40 · best 0.913 · paused`. */
export function standingText(study: StudyPicture): string {
  return [progressText(study), bestText(study), conditionText(study)].filter(Boolean).join(" · ");
}

/** What the reader is told at the end. */
export function finishedText(study: StudyPicture): string {
  const { best, name, objective } = study;
  const counted = `${name} finished: ${endedText(progressOf(study)) || "no trial ran"}.`;
  return best === undefined || objective === null
    ? counted
    : `${counted} The best ${objective.name} is ${valueText(study, best)} (trial ${best.number}).`;
}

export function bestText(study: StudyPicture): string {
  return study.best === undefined ? "" : `best ${valueText(study, study.best)}`;
}

function conditionText({ state, conductor }: StudyPicture): string {
  if (state !== "running") return state;
  return conductor === "nobody" ? "waiting to be resumed" : "running";
}

/** The parameters as a script's own configuration file would have them. */
export function configurationYaml(space: Space, configuration: Configuration): string {
  return yamlText(nest(space, configuration));
}

/**
 * A trial as one side of a diff: parameters, then what came of them. Nothing that differs between any
 * two trials, such as the number, is in it.
 */
export function trialDocument(study: StudyPicture, trial: Trial): string {
  const { objective, space } = study;
  const others = ownValue(trial.attributes, trialAttribute.metrics);
  const metrics = {
    ...(typeof others === "object" && others !== null ? others : {}),
    ...(objective === null || trial.value === null ? {} : { [objective.name]: trial.value }),
  };
  return yamlText({
    parameters: nest(space, trial.configuration),
    metrics,
    state: stateText(trial),
    ...(trial.reason === null ? {} : { reason: trial.reason }),
  });
}

/** As PyYAML reads it back: to that, `1e-7` is text, and a number needs a dot before its exponent. */
function yamlText(value: unknown): string {
  const text = stringify(value, { version: "1.1", lineWidth: 0 });
  return text.replaceAll(/^(.*[:-] |)(-?\d+)(e[-+]?\d+)$/gm, "$1$2.0$3");
}

/** The leaderboard as sentences, one trial a line, for those who hear it. */
export function leaderboardText(study: StudyPicture, nowMs: number): string {
  const { name, objective, reason, trials } = study;
  const heading = `${name}: ${standingText(study)}.${reason === null ? "" : ` ${reason}`}`;
  const placed =
    objective === null
      ? trials.map((trial) => ({ trial, rank: null }))
      : rankTrials(trials, objective.goal, objective.others);
  const lines = placed.map(({ trial, rank }) => {
    const seconds = secondsOf(trial, nowMs);
    const value = valueText(study, trial);
    const facts = [
      stateText(trial).toLowerCase(),
      ...(value === "" || objective === null ? [] : [`${objective.name} ${value}`]),
      configurationText(study.space, trial.configuration),
      ...(seconds === null ? [] : [durationText(seconds)]),
      ...(trial.reason === null ? [] : [trial.reason]),
    ];
    const place = rank === null ? "Unranked" : `Rank ${rank}`;
    return `${place}, trial ${trial.number}: ${facts.join("; ")}.`;
  });
  return `${[heading, "", ...lines].join("\n")}\n`;
}
