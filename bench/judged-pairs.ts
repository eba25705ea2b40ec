/**
 * What we say of public sweeps and their scripts, beside what was judged by hand.
 *
 * `npx tsx bench/judged-pairs.ts JUDGEMENTS.jsonl CHECKOUTS [--all] [N...]`: a line of the first is
 * `{n, sweep_path, program_path, accepted, not_accepted, metric_ok, mistakes: [{line, what, cls,
 * level}], must_stay_silent}`, and CHECKOUTS/<n>/ is its repository at the judged commit. Counted are
 * mistakes at whose line we say what was judged, those where we say something else, and errors or
 * warnings on what was judged right. `--all` prints every finding of each pair.
 */
import { readFileSync } from "node:fs";
import path from "node:path";
import { surroundingsOf } from "../src/engine/surroundings.js";
import { type Finding, findingsIn, messageOf } from "../src/language/findings.js";
import { parseSweep } from "../src/sweep/parse.js";
import { positionsOf } from "../src/sweep/position.js";

interface Mistake {
  readonly line: number | null;
  readonly what: string;
  readonly cls: string;
  readonly level: "fatal" | "silent" | "advice" | "unclear";
}

interface Judgement {
  readonly n: number;
  readonly repo: string;
  readonly sweep_path: string;
  readonly accepted: readonly string[];
  readonly not_accepted: readonly { readonly name: string; readonly line: number }[];
  readonly metric_ok: boolean | null;
  readonly mistakes: readonly Mistake[];
}

interface Said {
  readonly line: number;
  readonly finding: Finding;
}

const [judgements, checkouts, ...rest] = process.argv.slice(2);
if (judgements === undefined || checkouts === undefined) {
  console.error("usage: judged-pairs.ts JUDGEMENTS.jsonl CHECKOUTS [--all] [N...]");
  process.exit(2);
}
const wanted = new Set(rest.filter((each) => /^\d+$/.test(each)).map(Number));
const showsAll = rest.includes("--all");

/** What a finding must be to tell of a mistake of a class; of other classes any will do. */
const telling: Readonly<Record<string, RegExp>> = {
  "metric-missing": /^metric-not-logged$/,
  "train-metric": /^metric-on-training-data$/,
  "test-metric": /^metric-on-test-data$/,
  "param-rejected": /^(?:parameter-refused|parameter-unread|parameters-not-read)$/,
  "hydra-key": /^parameter-refused$/,
  "swept-unread": /^(?:parameter-unread|parameters-not-read)$/,
  "never-reaches": /^parameter/,
  "string-bound": /^number-without-dot$/,
  "string-config": /^number-without-dot$/,
  "program-missing": /^program-not-found$/,
  "macro-style": /^arguments-in-other-style$/,
};

const tally = new Map<string, { found: number; of: number }>();
let falseAlarms = 0;
let names = 0;
let slowest = 0;
for (const line of readFileSync(judgements, "utf8").trim().split("\n")) {
  const pair = JSON.parse(line) as Judgement;
  if (wanted.size > 0 && !wanted.has(pair.n)) continue;
  const started = performance.now();
  const said = saidOf(pair, checkouts);
  const took = performance.now() - started;
  slowest = Math.max(slowest, took);
  console.log(`\n${pair.n} ${pair.repo} ${pair.sweep_path} (${took.toFixed(0)} ms)`);
  for (const mistake of pair.mistakes) console.log(`  ${judged(mistake, said)}`);
  names += pair.accepted.length;
  for (const alarm of said.filter((each) => isFalseAlarm(each, pair))) {
    falseAlarms += 1;
    console.log(`  FALSE  ${shown(alarm)}`);
  }
  if (showsAll) for (const each of said) console.log(`    said ${shown(each)}`);
}
console.log("");
for (const [level, { found, of }] of [...tally].sort()) {
  console.log(
    `${level}: ${found} of ${of} found at their line (${Math.round((100 * found) / of)} %)`,
  );
}
console.log(
  `false alarms: ${falseAlarms}, with ${names} accepted names; slowest ${slowest.toFixed(0)} ms`,
);

function saidOf({ n, sweep_path }: Judgement, folder: string): readonly Said[] {
  const root = path.join(folder, String(n));
  const file = path.join(root, sweep_path);
  const text = readFileSync(file, "utf8");
  const parsed = parseSweep(text);
  const positions = positionsOf(text);
  return findingsIn(parsed, surroundingsOf(file, parsed, { root })).map((finding) => ({
    line: positions.of(finding.range).start.line + 1,
    finding,
  }));
}

/** A mistake in the script has no line in the sweep: then any finding of a script counts. */
function judged({ line, what, cls, level }: Mistake, said: readonly Said[]): string {
  const there = said.filter((each) =>
    line === null ? each.finding.code === "script-broken" : each.line === line,
  );
  const isFound = there.some(({ finding }) => telling[cls]?.test(finding.code) !== false);
  const count = tally.get(level) ?? { found: 0, of: 0 };
  tally.set(level, { found: count.found + (isFound ? 1 : 0), of: count.of + 1 });
  const how = there.map(({ finding }) => `${finding.severity}[${finding.code}]`).join(" ");
  return `${isFound ? "found " : "MISSED"} ${level} ${line ?? "-"} ${cls}: ${isFound ? how : `${what} ${how}`}`;
}

/** Loud where nothing was judged to be wrong. */
function isFalseAlarm({ line, finding }: Said, { mistakes, not_accepted }: Judgement): boolean {
  if (finding.severity !== "error" && finding.severity !== "warning") return false;
  const isJudged =
    mistakes.some((mistake) => mistake.line === line) ||
    not_accepted.some((name) => name.line === line);
  return !isJudged;
}

function shown({ line, finding }: Said): string {
  return `${line} ${finding.severity}[${finding.code}] ${messageOf(finding)}`;
}
