/** A sweep of a shell script in the workspace of the extension host, and its studies as their files tell them. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import * as vscode from "vscode";
import { isFree } from "../../src/study/claim.js";
import { studiesFolder, studiesIn } from "../../src/study/folder.js";
import { openStudy, type StudyView } from "../../src/study/study-view.js";
import { until } from "./until.js";

/**
 * Each trial notes its start in `starts`, reports once, waits for the file `go` where the sweep is
 * gated, and reports again.
 */
const script = `echo "$SWEEPDECK_TRIAL" >> starts
echo "step=0 score=0.\${1#digit=}"
while [ -e gate ] && [ ! -e go ]; do sleep 0.05; done
echo "step=1 score=0.\${1#digit=}"
`;

export interface HostSweep {
  readonly folder: string;
  readonly uri: vscode.Uri;
  /** Opens the gate. */
  go(): void;
  /** The trials' own start lines, sorted. */
  starts(): readonly string[];
  studies(): readonly StudyView[];
  /** The only study, once it is as `holds` says. */
  study(what: string, holds: (study: StudyView) => boolean): Promise<StudyView>;
}

export interface HostSweepOptions {
  /** One trial each. */
  readonly digits: readonly number[];
  readonly slots: number;
  readonly gated?: boolean;
}

/** In a folder of its own, so that the studies of one test are no other's. */
export function makeSweep(
  name: string,
  { digits, slots, gated = false }: HostSweepOptions,
): HostSweep {
  const [root] = vscode.workspace.workspaceFolders ?? [];
  if (root === undefined) throw new Error("the host storey opens a folder");
  const folder = path.join(root.uri.fsPath, name);
  const place = (file: string) => path.join(folder, file);
  mkdirSync(folder);
  if (gated) writeFileSync(place("gate"), "");
  writeFileSync(place("train.sh"), script);
  writeFileSync(
    place("sweep.yaml"),
    `program: train.sh
command: [/bin/sh, "\${program}", "\${args_no_hyphens}"]
method: grid
metric: {name: score, goal: maximize}
parameters:
  digit: {values: [${digits.join(", ")}]}
sweepdeck:
  slots: {parallel: ${slots}}
`,
  );
  const studies = () =>
    studiesIn(place(studiesFolder)).flatMap((directory) => {
      const opening = openStudy(directory);
      return "study" in opening ? [opening.study] : [];
    });
  return {
    folder,
    uri: vscode.Uri.file(place("sweep.yaml")),
    go: () => writeFileSync(place("go"), ""),
    starts: () =>
      existsSync(place("starts"))
        ? readFileSync(place("starts"), "utf8").trim().split("\n").sort()
        : [],
    studies,
    study: (what, holds) =>
      until(what, () => {
        const [study] = studies();
        return study !== undefined && holds(study) ? study : undefined;
      }),
  };
}

/**
 * Whether a study has come to rest in a state: it says `paused` and `interrupted` from the moment
 * that it heads there, while its last trials may still run.
 */
export function hasCome(state: string): (study: StudyView) => boolean {
  return (study) =>
    study.state?.state === state &&
    isFree(study.conductor) &&
    study.trials.every((trial) => trial.state !== "running");
}
