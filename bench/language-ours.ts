/**
 * What our language features take, warm, as they ship: prints the samples of each as JSON. The
 * bench bundles it, for a loader of TypeScript would be timed along.
 */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import {
  newSurroundingsMemory,
  readScriptFile,
  surroundingsOf,
} from "../src/engine/surroundings.js";
import { completionsAt } from "../src/language/completion.js";
import { findingsIn, messageOf } from "../src/language/findings.js";
import { parseSweep } from "../src/sweep/parse.js";
import { completionEdits, edits } from "./language-edits.js";
import { longScript, longSweep } from "./language-texts.js";

/** Of which the first half warms up what is measured. */
const rounds = 200;

const folder = mkdtempSync(path.join(tmpdir(), "sweepdeck-bench-"));
try {
  const script = path.join(folder, "train.py");
  writeFileSync(script, longScript());
  const sweep = longSweep();
  const around = surroundingsOf(path.join(folder, "sweep.yaml"), parseSweep(sweep));
  if (around.program?.kind !== "read") throw new Error("the script is not read");
  const problems = edits(sweep, rounds).map((text) =>
    timed(() => findingsIn(parseSweep(text), around).map(messageOf)),
  );
  const completion = completionEdits(sweep, rounds).map(({ text, offset }) =>
    timed(() => {
      if (completionsAt(text, offset, around).length === 0) throw new Error("nothing is completed");
    }),
  );
  const reading = Array.from({ length: rounds }, () => {
    const memory = newSurroundingsMemory();
    return timed(() => readScriptFile(script, { memory }));
  });
  const memory = newSurroundingsMemory();
  readScriptFile(script, { memory });
  const again = Array.from({ length: rounds }, () =>
    timed(() => readScriptFile(script, { memory })),
  );
  const samples = { problems, completion, reading, again };
  console.log(
    JSON.stringify(samples, (_, value) => (Array.isArray(value) ? value.slice(rounds / 2) : value)),
  );
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** Milliseconds. */
function timed(work: () => unknown): number {
  const started = performance.now();
  work();
  return performance.now() - started;
}
