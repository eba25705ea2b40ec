/** A sweep of trials that take as long as a test wants, and note each start in a file of their own. */
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { trialDirectory } from "../../../src/study/company.js";
import { newestAttempt } from "../../../src/study/pursuit.js";
import { openStudy, type StudyView } from "../../../src/study/study-view.js";
import { until } from "../../support/until.js";

const script = `
import argparse, os, time
parser = argparse.ArgumentParser()
parser.add_argument("--x", type=float)
parser.add_argument("--seconds", type=float)
options = parser.parse_args()
with open("starts.log", "a") as starts:
    starts.write(os.environ["SWEEPDECK_TRIAL"] + "\\n")
for epoch in range(1, 11):
    time.sleep(options.seconds / 10)
    print(f"epoch={epoch} val_loss={options.x / epoch:.6f}", flush=True)
while os.path.exists("hold"):
    time.sleep(0.05)
`;

export interface SteadySweep {
  readonly cap: number;
  readonly slots: number;
  readonly seconds: number;
}

/** The files of the sweep, to be written over an example. */
export function steadySweep({ cap, slots, seconds }: SteadySweep): Record<string, string> {
  return {
    "steady.py": script,
    "sweep.yaml": `
program: steady.py
method: random
run_cap: ${cap}
metric: {name: val_loss, goal: minimize}
parameters:
  x: {min: 0.5, max: 2.0}
  seconds: {value: ${seconds}}
sweepdeck:
  slots: {parallel: ${slots}}
`.trimStart(),
  };
}

/**
 * From now on no trial ends, until what it returns is disposed of: what is done meanwhile may take as
 * long as a slow machine needs, and finds the sweep running.
 */
export function hold(folder: string): Disposable {
  const file = path.join(folder, "hold");
  writeFileSync(file, "");
  return { [Symbol.dispose]: () => rmSync(file, { force: true }) };
}

/** The only study of a folder, as its files have it now; undefined while there is none. */
export function studyIn(folder: string): StudyView | undefined {
  const home = path.join(folder, ".sweepdeck");
  if (!existsSync(home)) return undefined;
  const name = readdirSync(home).find((entry) => /-\d+$/.test(entry));
  if (name === undefined) return undefined;
  const opened = openStudy(path.join(home, name));
  if ("problem" in opened) return undefined;
  opened.study.refresh();
  return opened.study;
}

/** Resolves with the study once so many of its trials have ended well. */
export function untilComplete(folder: string, count: number, limitMs = 60_000): Promise<StudyView> {
  return until(
    `${count} trials are complete`,
    () => {
      const study = studyIn(folder);
      const complete = study?.trials.filter(({ state }) => state === "complete") ?? [];
      return complete.length >= count && study;
    },
    limitMs,
  );
}

export function untilFinished(folder: string, limitMs = 90_000): Promise<StudyView> {
  return until(
    "the study is finished",
    () => {
      const study = studyIn(folder);
      return study?.state?.state === "finished" && study;
    },
    limitMs,
  );
}

/** How often each trial's script was started, by its own account, and how often it should have been. */
export function starts(study: StudyView): { readonly noted: Counts; readonly launched: Counts } {
  const folder = path.dirname(path.dirname(study.directory));
  const lines = readFileSync(path.join(folder, "starts.log"), "utf8").trim().split("\n");
  const noted: Counts = {};
  for (const line of lines) noted[line] = (noted[line] ?? 0) + 1;
  const launched: Counts = {};
  for (const { number } of study.trials) {
    launched[number] = newestAttempt(trialDirectory(study.directory, number));
  }
  return { noted, launched };
}

type Counts = Record<string, number>;
