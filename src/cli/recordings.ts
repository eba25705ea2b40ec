/** Recorded learning curves: from a file of JSON lines, or from a study of ours. */
import { statSync } from "node:fs";
import type { Recording } from "../stopping/simulate.js";
import { isObject, parseJson } from "../study/json.js";
import type { Trial } from "../study/trial.js";
import { Unusable } from "./command.js";
import { studyAt, studyDirectory } from "./studies.js";
import { read } from "./sweep-file.js";

/**
 * `word` is a file, a line a trial with a list for each metric by its name and, it may be, `time`: the
 * cost of each report; else it names a study, whose rows are its trials by number. Throws `Unusable`.
 */
export async function recordingsOf(word: string, metric: string): Promise<readonly Recording[]> {
  const isFile = statSync(word, { throwIfNoEntry: false })?.isFile() === true;
  if (isFile || word.endsWith(".jsonl")) return recordingsIn(read(word), word, metric);
  const study = studyAt(await studyDirectory(word));
  const own = study.objective?.name;
  if (own !== metric) {
    throw new Unusable(
      `${study.file.name} recorded ${own ?? "no metric"}, and the sweep goes by ${metric}. Name a study of the same metric.`,
    );
  }
  return study.trials.map((trial) => recordingOf(trial, metric));
}

/** A trial that still runs is taken as far as it has got, and cannot be the best. */
function recordingOf({ reports, state }: Trial, metric: string): Recording {
  const isKnown = state === "complete" || state === "pruned" || state === "failed";
  return {
    values: { [metric]: reports.map(([, value]) => value) },
    steps: reports.map(([step]) => step),
    ended: isKnown ? state : "stopped",
  };
}

function recordingsIn(text: string, file: string, metric: string): readonly Recording[] {
  const lines = text.split("\n").map((line, index) => ({ line, number: index + 1 }));
  return lines
    .filter(({ line }) => line.trim() !== "")
    .map(({ line, number }) => recordingIn(line, `${file}:${number}`, metric));
}

function recordingIn(line: string, where: string, metric: string): Recording {
  const row = objectIn(line);
  if (row === undefined) {
    throw new Unusable(`${where}: this is no JSON object. Write one trial a line.`);
  }
  const lists = Object.entries(row).flatMap(([name, value]) => {
    const numbers = numbersIn(value);
    return numbers === undefined ? [] : [[name, numbers] as const];
  });
  const values: Readonly<Record<string, readonly number[]>> = Object.fromEntries(
    lists.filter(([name]) => name !== "time"),
  );
  const own = values[metric];
  if (own === undefined) {
    const there = Object.keys(values);
    const known = there.length === 0 ? "It has none." : `It has ${there.join(", ")}.`;
    throw new Unusable(`${where}: there is no list of numbers named ${metric}. ${known}`);
  }
  const costs = lists.find(([name]) => name === "time")?.[1];
  if (costs === undefined) return { values };
  if (costs.length !== own.length || costs.some((cost) => !(cost >= 0))) {
    throw new Unusable(
      `${where}: time must have a number from 0 up for each of the ${own.length} values of ${metric}.`,
    );
  }
  return { values, costs };
}

function objectIn(line: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value = parseJson(line);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Null is what JSON makes of a value that is no finite number. */
function numbersIn(value: unknown): readonly number[] | undefined {
  if (!Array.isArray(value)) return undefined;
  const numbers = value.map((item: unknown) => (item === null ? Number.NaN : item));
  return numbers.every((item) => typeof item === "number") ? numbers : undefined;
}
