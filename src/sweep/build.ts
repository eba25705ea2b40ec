/** From a tree without errors to a `Sweep`. */
import type * as z from "zod";
import { recordFrom } from "../space/record.js";
import { spaceOf } from "./build-space.js";
import { commandOf } from "./command-rules.js";
import { sweepFile } from "./grammar.js";
import { readAs } from "./read-as.js";
import type { Deck, Hyperband, Metric, Sweep } from "./sweep.js";
import { type MapNode, valueAt } from "./tree.js";
import { durationMs } from "./units.js";

/** All but what is built from the tree itself, for its order and for how it is written. */
const head = sweepFile.omit({ parameters: true, command: true });
type Head = z.output<typeof head>;

/** Undefined only where the checker has found an error. */
export function buildSweep(root: MapNode): Sweep | undefined {
  const read = head.safeParse(readAs(head, root)).data;
  if (read === undefined) return undefined;
  const { name, description, project, entity, program } = read;
  return present<Sweep>({
    ...present({ name, description, project, entity, program }),
    method: read.method,
    metric: read.metric && metricOf(read.metric),
    command: commandOf(root),
    space: spaceOf(valueAt(root, "parameters")),
    runCap: read.run_cap,
    earlyTerminate: read.early_terminate && hyperbandOf(read.early_terminate),
    deck: deckOf(read.sweepdeck ?? {}, root),
  });
}

function metricOf(read: NonNullable<Head["metric"]>): Metric {
  const { name, goal, target, impute, impute_while_running: imputeWhileRunning } = read;
  return present<Metric>({ name, goal, target, impute, imputeWhileRunning });
}

function hyperbandOf(read: NonNullable<Head["early_terminate"]>): Hyperband {
  const { type, min_iter: minIter, max_iter: maxIter, s, eta, strict } = read;
  return present<Hyperband>({ type, minIter, maxIter, s, eta, strict });
}

function deckOf(read: Partial<NonNullable<Head["sweepdeck"]>>, root: MapNode): Deck {
  const { sampler, slots, limits, metrics } = read;
  const { trial_time: trialTime, total_time: totalTime, failures = 5 } = limits ?? {};
  return present<Deck>({
    sampler: present<Deck["sampler"]>({ type: sampler?.type, seed: sampler?.seed }),
    slots: present<Deck["slots"]>({ parallel: slots?.parallel ?? "auto", gpus: slots?.gpus }),
    env: environmentOf(root),
    cwd: read.cwd,
    limits: present<Deck["limits"]>({
      trialTimeMs: trialTime === undefined ? undefined : durationMs(trialTime),
      totalTimeMs: totalTime === undefined ? undefined : durationMs(totalTime),
      failures,
    }),
    retries: read.retries ?? 0,
    metrics: present<Deck["metrics"]>({
      value: metrics?.value ?? "best",
      from: metrics?.from,
      pattern: metrics?.pattern,
    }),
  });
}

/** Values as they are written: `OMP_NUM_THREADS: 04` is "04". */
function environmentOf(root: MapNode): Readonly<Record<string, string>> {
  const env = valueAt(valueAt(root, "sweepdeck"), "env");
  if (env?.kind !== "map") return {};
  return recordFrom(
    env.entries.flatMap(({ key, value }) =>
      value.kind === "scalar" ? [[key, value.source] as const] : [],
    ),
  );
}

/** Without the keys that have no value. */
function present<T extends object>(record: { readonly [K in keyof T]: T[K] | undefined }): T {
  return Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined)) as T;
}
