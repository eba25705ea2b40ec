/**
 * A keystroke in a sweep file of 1,000 lines: how long until its problems are known, and until a
 * completion is there, beside `yaml-language-server` with W&B's own schema, in turn in one run; and
 * how long a training script of 2,000 lines takes to read.
 *
 * Ours is what the extension does between the keystroke and the list that it hands to the editor.
 * The server is spoken to as editors do, over stdio; it waits 200 ms after a keystroke before it
 * looks for problems, where our extension waits 150 ms. Both waits are left out in the last column.
 */
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { completionEdits, edits } from "./language-edits.js";
import { longSweep } from "./language-texts.js";
import { median, quantile } from "./statistics.js";
import { startYamlLanguageServer } from "./yaml-language-server.js";

const home = path.join(import.meta.dirname, "..");
const theirDebounceMs = 200;

/** Of which the first third warms up the server. */
const theirRounds = 30;

interface Ours {
  readonly problems: readonly number[];
  readonly completion: readonly number[];
  readonly reading: readonly number[];
  readonly again: readonly number[];
}

const before = measureOurs();
const theirs = await measureTheirs();
const after = measureOurs();
const ours = (what: keyof Ours) => [...before[what], ...after[what]];

console.log("| | Sweepdeck | 19 of 20 under | yaml-language-server | ratio | without its wait |");
console.log("|---|---|---|---|---|---|");
compared("problems after a keystroke", ours("problems"), theirs.problems, theirDebounceMs);
compared("completion after a keystroke", ours("completion"), theirs.completion, 0);
alone("reading a script of 2,000 lines", ours("reading"));
alone("reading it again, unchanged", ours("again"));

function compared(
  title: string,
  mine: readonly number[],
  other: readonly number[],
  waitMs: number,
): void {
  const [own, others] = [median(mine), median(other)];
  const without = waitMs === 0 ? "" : times((others - waitMs) / own);
  row(title, ms(own), ms(quantile(mine, 0.95)), ms(others), times(others / own), without);
}

function alone(title: string, mine: readonly number[]): void {
  row(title, ms(median(mine)), ms(quantile(mine, 0.95)), "", "", "");
}

function measureOurs(): Ours {
  const folder = mkdtempSync(path.join(tmpdir(), "sweepdeck-bench-"));
  try {
    const program = path.join(folder, "ours.mjs");
    execFileSync("npx", [
      "esbuild",
      path.join(home, "bench/language-ours.ts"),
      "--bundle",
      "--platform=node",
      "--format=esm",
      "--log-level=error",
      `--alias:yaml=${path.join(home, "node_modules/yaml/browser/dist/index.js")}`,
      `--outfile=${program}`,
    ]);
    return JSON.parse(execFileSync(process.execPath, [program], { encoding: "utf8" }));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function measureTheirs(): Promise<Pick<Ours, "problems" | "completion">> {
  const sweep = longSweep();
  const server = await startYamlLanguageServer(sweep);
  const problems: number[] = [];
  const completion: number[] = [];
  for (const text of edits(sweep, theirRounds)) problems.push(await server.problems(text));
  for (const { text, line } of completionEdits(sweep, theirRounds)) {
    completion.push(await server.completion(text, line, 1));
  }
  server.close();
  return { problems: warm(problems), completion: warm(completion) };
}

function warm(samples: readonly number[]): readonly number[] {
  return samples.slice(theirRounds / 3);
}

function ms(value: number): string {
  return `${value < 10 ? value.toFixed(2) : value.toFixed(0)} ms`;
}

function times(ratio: number): string {
  return `${ratio.toFixed(0)} times`;
}

function row(...cells: readonly string[]): void {
  console.log(`| ${cells.join(" | ")} |`);
}
