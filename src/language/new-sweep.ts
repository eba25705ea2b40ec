/** A whole new sweep, made from what a training script says of itself. */
import type { ScriptReading } from "../script/reading.js";

export interface NewSweep {
  /** `train.sweep.yaml` for `train.py`. */
  readonly fileName: string;
  /** As it is written to a file. */
  readonly text: string;
  /** The same in the syntax of TextMate, with fields to go through. */
  readonly snippet: string;
}

/** `program`: how the new file names the script, relative to its own folder. */
export function newSweepFrom(_reading: ScriptReading, program: string): NewSweep {
  return { fileName: `${program}.sweep.yaml`, text: "", snippet: "" };
}

/** What was understood of a script, and what was not: Markdown, a paragraph and a list. */
export function describeReading(_reading: ScriptReading): string {
  return "";
}
