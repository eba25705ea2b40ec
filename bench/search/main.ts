/**
 * `npm run bench:search -- --lcbench FOLDER`: our samplers beside Optuna's, on the same objectives
 * from the same first configurations. `docs/search.md` says what is measured and how it is scored.
 *
 * Ours are run again whenever their code has changed; Optuna's results are kept in `peers.jsonl`.
 * Quick, while an algorithm is written: `--ours gp --objectives lcbench,branin --seeds 3`.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import { costs } from "./cost.js";
import { builtNow, runPython, usualResults } from "./python.js";
import {
  keptRuns,
  latest,
  ofLastVersions,
  peersFile,
  type Run,
  runsIn,
  textOfKept,
} from "./runs.js";
import { Scores } from "./score.js";
import { type CurveSet, ordersOf, stoppingTable } from "./stopping.js";
import { againstNamesakes, againstTheBetter, byObjective, fronts, inFlight } from "./tables.js";

const usage = `npm run bench:search -- [options]
  --ours NAMES         ours, by commas (auto,gp,tpe,cmaes,sobol,random); "" for none
  --peers NAMES        runs Optuna's too: optuna-gp,optuna-tpe,optuna-cmaes,optuna-random
  --objectives NAMES   names, or how they begin, by commas (all)
  --seeds N            how many (5), or which: 5..9
  --in-flight N        how many trials run at once (1)
  --minutes N          no run is begun after so many
  --lcbench FOLDER     YAHPO's surrogate of LCBench
  --digits FILE        recorded curves of a network on scikit-learn's digits
  --cost               measures what a suggestion costs, beside Optuna's
  --stopping           replays the stopping rules on the recorded curves, beside Optuna's and Ray's
  --results FOLDER     where the results of runs are kept (.cache/bench-search-results)
  --as-it-is           runs nothing: shows what was last run of each
  --keep-peers         writes Optuna's results into peers.jsonl
  --write              writes the tables into docs/search.md`;

const text = { type: "string" } as const;
const flag = { type: "boolean" } as const;
const { values: options } = parseArgs({
  options: {
    ours: { ...text, default: "auto,gp,tpe,cmaes,sobol,random" },
    peers: { ...text, default: "" },
    objectives: { ...text, default: "all" },
    seeds: { ...text, default: "5" },
    "in-flight": { ...text, default: "1" },
    minutes: text,
    lcbench: text,
    digits: text,
    cost: flag,
    stopping: flag,
    results: text,
    "as-it-is": flag,
    "keep-peers": flag,
    write: flag,
    help: flag,
  },
});
if (options.help === true) {
  console.log(usage);
  process.exit(0);
}

const ours = names(options.ours);
const peers = names(options.peers);
const resultsFolder = path.resolve(options.results ?? usualResults);
const oursFile = path.join(resultsFolder, "ours.jsonl");
const pageFile = path.resolve(import.meta.dirname, "../../docs/search.md");
const freshPeersFile = path.join(resultsFolder, "peers.jsonl");
mkdirSync(resultsFolder, { recursive: true });

if (peers.length > 0) run(peers, freshPeersFile, []);
if (ours.length > 0 && options["as-it-is"] !== true) {
  const { command, code } = await builtNow();
  run(ours, oursFile, ["--code", code, "--sweepdeck", JSON.stringify(command)]);
}

const peerRuns = latest([...keptRuns(), ...runsIn(freshPeersFile)]);
if (options["keep-peers"] === true) writeFileSync(peersFile, textOfKept(peerRuns));
const ownRuns = latest(ofLastVersions(runsIn(oursFile)));
const shown = [...peerRuns, ...ownRuns].filter(isWanted);
show("samplers", tables(new Scores(shown)));
if (options.cost === true) show("cost", costs());
if (options.stopping === true) {
  for (const [name, sets, peerOrders] of curveSets()) {
    show(name, stoppingTable(sets, peerOrders));
  }
}

/** Prints a part, and puts it between its markers in the page where that is wished. */
function show(part: string, markdown: string): void {
  console.log(`${markdown}\n`);
  if (options.write !== true) return;
  const page = readFileSync(pageFile, "utf8");
  const begin = `<!-- bench: ${part} -->`;
  const at = page.indexOf(begin) + begin.length;
  const end = page.indexOf("<!-- end -->", at);
  writeFileSync(pageFile, `${page.slice(0, at)}\n${markdown}\n${page.slice(end)}`);
}

/** What is replayed, and in how many of the orders of each set the peers take part. */
function curveSets(): readonly (readonly [
  part: string,
  sets: readonly CurveSet[],
  peers: number,
])[] {
  const { digits, lcbench } = options;
  const own = digits === undefined ? [] : [digits];
  const networks = lcbench === undefined ? [] : lcbenchCurves(lcbench);
  return [
    ...own.map((file) => ["stopping-60", [ordersOf(file, 60, 200)], 40] as const),
    ...own.map((file) => ["stopping-200", [ordersOf(file, 200, 200)], 10] as const),
    ...(networks.length === 0
      ? []
      : [["stopping-lcbench", networks.map((file) => ordersOf(file, 60, 17)), 3] as const]),
  ];
}

/** Made once. */
function lcbenchCurves(lcbench: string): readonly string[] {
  const folder = path.join(resultsFolder, "curves");
  if (!existsSync(folder)) runPython("curves.py", [lcbench, folder]);
  return readdirSync(folder).map((file) => path.join(folder, file));
}

function run(contenders: readonly string[], results: string, more: readonly string[]): void {
  const { objectives, seeds, minutes, lcbench, digits } = options;
  const given = Object.entries({ minutes, lcbench, digits }).flatMap(([name, value]) =>
    value === undefined ? [] : [`--${name}`, value],
  );
  const batches = seeds.includes("..") ? seeds : `0..${Number(seeds) - 1}`;
  runPython("run.py", [
    ...["--contenders", contenders.join(","), "--objectives", objectives, "--seeds", batches],
    ...["--in-flight", options["in-flight"], "--results", results, ...given, ...more],
  ]);
}

function names(list: string): readonly string[] {
  return list.split(",").filter((each) => each !== "");
}

function isWanted({ objective }: Run): boolean {
  return names(options.objectives).some((each) => each === "all" || objective.startsWith(each));
}

function tables(scores: Scores): string {
  const [first = "auto"] = ours;
  return [
    "### Beside the better of Optuna's GP and TPE",
    againstTheBetter(scores, ours),
    "### Beside the namesake",
    againstNamesakes(scores, ours),
    "### Two objectives: what is missing of the hypervolume",
    fronts(scores, [...ours, "optuna-tpe"]),
    "### Four trials in flight, over one after another",
    inFlight(scores, ours),
    `### Median regret after 25 / 50 / 100 trials`,
    byObjective(scores, first),
    machine(),
  ].join("\n\n");
}

function machine(): string {
  return `Measured on ${cpus().length} × ${cpus()[0]?.model.trim()}, Node ${process.version}, Optuna 5.0.0.`;
}
