/** The lines above a sweep file: what can be done with it, and how far it is. */
import type { ParsedSweep } from "../sweep/parse.js";
import type { Sweep } from "../sweep/sweep.js";
import { entryOf, type TextRange } from "../sweep/tree.js";
import { costInWords, trialsOf } from "./cost.js";
import type { Finding } from "./findings.js";
import { scheduleInShort } from "./schedule-words.js";
import type { Surroundings } from "./surroundings.js";

/** A study of the file, as far as the lenses speak of it. */
export interface StudyOfFile {
  /** What commands know it by. */
  readonly key: string;
  readonly name: string;
  readonly state: "running" | "unfinished" | "finished";
  /** `12/24`, or `12` where nothing ends the sweep. */
  readonly progress: string;
}

export interface Lens {
  readonly title: string;
  /** Where it stands above; absent: above the file. */
  readonly at?: TextRange;
  /** Absent: it only tells something. */
  readonly command?:
    | "sweepdeck.run"
    | "sweepdeck.runNew"
    | "sweepdeck.tryOne"
    | "sweepdeck.preview"
    | "sweepdeck.resume"
    | "sweepdeck.openBoard"
    | "editor.action.marker.next";
  /** The key of the study that the command is about, instead of the file. */
  readonly study?: string;
}

/** From left to right. `findings` are those of the file, `studies` too, the newest first. */
export function lensesOf(
  parsed: ParsedSweep,
  findings: readonly Pick<Finding, "severity">[],
  studies: readonly StudyOfFile[],
  around: Surroundings,
): readonly Lens[] {
  const [newest] = studies;
  // What the script is proven to refuse ends every trial, as surely as a file that is no sweep.
  const errors = findings.filter(({ severity }) => severity === "error").length;
  return [
    ...actionsOf(parsed.sweep, errors, newest, around),
    ...(newest === undefined ? [] : [boardLens(newest)]),
    ...scheduleLens(parsed),
  ];
}

function actionsOf(
  sweep: Sweep | undefined,
  errors: number,
  newest: StudyOfFile | undefined,
  around: Surroundings,
): Lens[] {
  const resume = newest?.state === "unfinished" ? [resumeLens(newest)] : [];
  if (sweep === undefined) return errors === 0 ? [...resume] : [...resume, fixLens(errors)];
  if (errors === 0) return runsOf(sweep, newest, resume, around);
  // Not beside an offer to run it; the command, where it is wanted all the same, asks.
  const isRunning = newest?.state === "running";
  return [fixLens(errors), ...resume, ...(isRunning ? [] : [tryOne]), preview];
}

const tryOne: Lens = { title: "Try One Configuration", command: "sweepdeck.tryOne" };
const preview: Lens = { title: "Preview", command: "sweepdeck.preview" };

function fixLens(errors: number): Lens {
  const count = errors === 1 ? "1 error" : `${errors} errors`;
  return { title: `Fix ${count} to run`, command: "editor.action.marker.next" };
}

function runsOf(
  sweep: Sweep,
  newest: StudyOfFile | undefined,
  resume: readonly Lens[],
  { past }: Surroundings,
): Lens[] {
  const cost = costInWords(sweep, past);
  const length = `${lengthOf(sweep)}${cost === "" ? "" : ` · ${cost}`}`;
  const run: Lens = { title: `Run sweep · ${length}`, command: "sweepdeck.run" };
  const runAnew: Lens = { title: `Run as new study · ${length}`, command: "sweepdeck.runNew" };
  switch (newest?.state) {
    case undefined:
      // Half a minute that finds out whether the night is lost.
      return [tryOne, run, preview];
    case "running":
      return [preview];
    case "unfinished":
      // Plainly to run the file would be to go on with its unfinished study.
      return [...resume, runAnew, preview];
    case "finished":
      return [run, tryOne, preview];
  }
}

/** Above the stopping rule: how far it lets how many trials go. */
function scheduleLens({ sweep, document }: ParsedSweep): Lens[] {
  const at = entryOf(document.root, "early_terminate")?.keyRange;
  if (sweep?.earlyTerminate === undefined || at === undefined) return [];
  const title = scheduleInShort(sweep.earlyTerminate, trialsOf(sweep));
  return title === "" ? [] : [{ title, at }];
}

function resumeLens({ key, name, progress }: StudyOfFile): Lens {
  return { title: `Resume ${name} · ${progress}`, command: "sweepdeck.resume", study: key };
}

function boardLens({ key, name, state, progress }: StudyOfFile): Lens {
  const running = state === "running" ? ` · ${name} ${progress}` : "";
  return { title: `Leaderboard${running}`, command: "sweepdeck.openBoard", study: key };
}

/** How many trials the sweep makes, as W&B would count them; retries come on top. */
export function lengthOf(sweep: Sweep): string {
  const trials = trialsOf(sweep);
  if (trials === Infinity) return "until stopped";
  return trials === 1 ? "1 trial" : `${trials.toLocaleString("en")} trials`;
}
