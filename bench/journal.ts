/**
 * The journal against Optuna's JournalStorage, in the same run: reports written a second, and how
 * long a study of 10,000 trials with 8 parameters takes to open. Run by `npx tsx bench/journal.ts`.
 *
 * Each figure is the best of five, ours and Optuna's in turn, for what else the machine does can
 * only add to it; each opening is a fresh process's first. Changes of state are flushed to disk at
 * once. Optuna flushes every report too; ours are flushed ten times a second, and with each change
 * of state.
 */
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Distribution, Space } from "../src/space/space.js";
import { encodeSpace } from "../src/study/encoding.js";
import { Journal } from "../src/study/journal.js";
import {
  createStudyLine,
  createTrialLine,
  JournalState,
  reportLine,
  studyAttributeLine,
  trialAttributeLine,
  trialStateLine,
} from "../src/study/records.js";
import { peerPython } from "../test/support/peers.js";

const rate: Distribution = { kind: "log_uniform_values", min: 1e-5, max: 1 };
const size: Distribution = { kind: "int_uniform", min: 1, max: 512 };
const choice: Distribution = { kind: "categorical", values: ["sgd", "adam", "lion"] };
const space: Space = {
  parameters: [rate, rate, rate, rate, size, size, choice, choice].map((distribution, index) => ({
    name: `parameter_${index}`,
    path: [`parameter_${index}`],
    distribution,
  })),
};
const encoding = encodeSpace(space);
const configurationOf = (trial: number) =>
  Object.fromEntries(
    space.parameters.map(({ name, distribution }, index) => [
      name,
      distribution === rate
        ? 1e-5 + (trial % 9973) * 1e-6 * Math.sqrt(index + 2)
        : distribution === size
          ? 1 + (trial % 512)
          : "adam",
    ]),
  );

const rounds = 5;
const trials = 10_000;
const startedAtMs = Date.UTC(2026, 10, 24, 8);
const writer = "sweepdeck-1-8485e6a4-20fd-4402-9e66-f29715452ef6";
const home = path.join(import.meta.dirname, "..");
const folder = mkdtempSync(path.join(tmpdir(), "sweepdeck-bench-"));

try {
  console.log(
    "| | Sweepdeck | Optuna | ratio | Optuna without its copy | ratio |\n|---|---|---|---|---|---|",
  );
  benchReports();
  benchOpening(0);
  benchOpening(30);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function benchReports(): void {
  const [ours, theirs] = inTurn(
    (round) => reportsPerSecond(path.join(folder, `ours-${round}.log`)),
    (round) =>
      Number(
        python(
          `
study = optuna.create_study(storage=storage(sys.argv[1]))
trial = study.ask()
started = time.perf_counter()
for step in range(300):
    trial.report(step / 300, step)
print(300 / (time.perf_counter() - started))`,
          path.join(folder, `theirs-${round}.log`),
        ),
      ),
  );
  const [mine, other] = [Math.max(...ours), Math.max(...theirs)];
  row(
    "reports a second",
    mine.toFixed(0),
    other.toFixed(0),
    `${(mine / other).toFixed(1)} times`,
    "",
    "",
  );
}

/** As a conductor writes: what was reported is flushed every 100 ms, and after 200 reports the next trial begins. */
function reportsPerSecond(file: string): number {
  const reports = 10_000;
  using journal = Journal.open(file, { writer: "bench" });
  const study = journal.createStudy({
    name: "bench",
    goals: ["minimize"],
    metricNames: ["loss"],
    attributes: encoding.attributes,
  });
  const started = performance.now();
  let flushed = started;
  for (let done = 0; done < reports; done += 200) {
    const encoded = encoding.toJournal(configurationOf(done));
    const trial = journal.createTrial(study, { encoded, attributes: {}, startedAtMs });
    for (let step = 0; step < 200; step += 1) {
      journal.report(trial.id, step, 1 / (step + 1));
      if (performance.now() - flushed < 100) continue;
      journal.flush();
      flushed = performance.now();
    }
    journal.finishTrial(trial.id, {
      state: "complete",
      values: [0.005],
      attributes: {},
      endedAtMs: startedAtMs,
    });
  }
  return reports / ((performance.now() - started) / 1000);
}

function benchOpening(reports: number): void {
  const file = path.join(folder, `open-${reports}.log`);
  writeFileSync(file, [...journalLines(reports)].join(""));
  const opener = path.join(folder, "open.mjs");
  // Built as it ships: a loader of TypeScript would be timed along.
  execFileSync("npx", [
    "esbuild",
    path.join(home, "bench/open-journal.ts"),
    "--bundle",
    "--platform=node",
    "--format=esm",
    "--log-level=error",
    `--outfile=${opener}`,
  ]);
  const [ours, theirs] = inTurn(
    () => [Number(execFileSync(process.execPath, [opener, file], { encoding: "utf8" }))],
    () =>
      python(
        `
started = time.perf_counter()
study = optuna.load_study(study_name="bench", storage=storage(sys.argv[1]))
assert len(study.get_trials(deepcopy=False)) == ${trials}
replayed = time.perf_counter() - started
assert len(study.trials) == ${trials}
print(time.perf_counter() - started, replayed)`,
        file,
      )
        .split(" ")
        .map(Number),
  );
  const best = (measured: readonly (readonly number[])[], at: number) =>
    Math.min(...measured.map((round) => round[at] ?? Number.NaN));
  const [mine, all, replayed] = [best(ours, 0), best(theirs, 0), best(theirs, 1)];
  const megabytes = (statSync(file).size / 1e6).toFixed(0);
  row(
    `open ${trials} trials with ${reports} reports each (${megabytes} MB)`,
    `${mine.toFixed(3)} s`,
    `${all.toFixed(3)} s`,
    `1/${(all / mine).toFixed(1)} of the time`,
    `${replayed.toFixed(3)} s`,
    `1/${(replayed / mine).toFixed(1)} of the time`,
  );
}

function* journalLines(reports: number): Generator<string> {
  yield createStudyLine(writer, "bench", ["minimize"]);
  for (const [key, value] of Object.entries(encoding.attributes)) {
    yield studyAttributeLine(writer, 0, key, value);
  }
  for (let trial = 0; trial < trials; trial += 1) {
    const encoded = encoding.toJournal(configurationOf(trial));
    const attributes = { "sweepdeck:draw": trial, "sweepdeck:slot": "CPU 0" };
    yield createTrialLine(writer, 0, encoded, attributes, startedAtMs + trial * 1000);
    for (let step = 0; step < reports; step += 1) {
      yield reportLine(writer, trial, step, 1 / (step + trial + 1));
    }
    yield trialAttributeLine(writer, trial, "sweepdeck:exit", 0);
    const endedAtMs = startedAtMs + trial * 1000 + 500;
    yield trialStateLine(writer, trial, JournalState.complete, [1 / (trial + 1)], endedAtMs);
  }
}

/** The measurements of both, ours first. */
function inTurn<T>(
  ours: (round: number) => T,
  theirs: (round: number) => T,
): readonly [ours: readonly T[], theirs: readonly T[]] {
  const measured = Array.from(
    { length: rounds },
    (_, round) => [ours(round), theirs(round)] as const,
  );
  return [measured.map(([mine]) => mine), measured.map(([, other]) => other)];
}

function python(body: string, file: string): string {
  const script = `
import sys, time, optuna
optuna.logging.set_verbosity(optuna.logging.ERROR)
def storage(file):
    return optuna.storages.JournalStorage(optuna.storages.journal.JournalFileBackend(file))
${body}`;
  return execFileSync(peerPython(), ["-c", script, file], { encoding: "utf8" });
}

function row(...cells: readonly string[]): void {
  console.log(`| ${cells.join(" | ")} |`);
}
