/** From the `sweepdeck:` block of a tree without errors to a `Deck`. */
import type * as z from "zod";
import { recordFrom } from "../space/record.js";
import type { Configuration, Space } from "../space/space.js";
import type { Json } from "../space/value.js";
import { readConditions } from "./deck-conditions.js";
import { readConstraints, readOutcomes } from "./deck-constraints.js";
import type { executor } from "./deck-executor-grammar.js";
import type { block } from "./deck-grammar.js";
import { namesIn } from "./deck-names.js";
import type { Deck, Executor, InitialTrial, SamplerChoice, StoppingChoice } from "./deck-types.js";
import { metricOf } from "./metric-build.js";
import { present } from "./present.js";
import { type MapNode, type TextNode, textOf, toJson, valueAt } from "./tree.js";
import { durationMs, sizeBytes } from "./units.js";

type Read = Partial<z.output<typeof block>>;

export function deckOf(read: Read, root: MapNode): Deck {
  const { slots, limits, metrics, repeats } = read;
  return present<Deck>({
    sampler: inCode(read.sampler ?? {}) as SamplerChoice,
    slots: present<Deck["slots"]>({
      parallel: slots?.parallel ?? "auto",
      gpus: slots?.gpus,
      waitForIdleGpu: slots?.wait_for_idle_gpu,
    }),
    executor: executorOf(read.executor),
    env: environmentOf(root),
    cwd: read.cwd,
    limits: limitsOf(limits),
    retries: read.retries ?? 0,
    metrics: present<Deck["metrics"]>({
      value: metrics?.value ?? "best",
      from: metrics?.from,
      pattern: metrics?.pattern,
    }),
    ...planOf(root),
    warmStart: read.warm_start || undefined,
    outcomes: outcomesOf(root),
    repeats:
      repeats &&
      present<NonNullable<Deck["repeats"]>>({
        count: repeats.count,
        seedParameter: repeats.seed_parameter,
      }),
    objectives: read.objectives?.map(metricOf) ?? [],
    stopping: read.stopping?.map((rule) => inCode(rule) as StoppingChoice) ?? [],
  });
}

/** `startup_trials` becomes `startupTrials`, one level deep: below are names of others. */
function inCode(record: object): object {
  return Object.fromEntries(
    Object.entries(record)
      .filter(([, value]) => value !== undefined)
      .map(([key, value]) => [
        key.replaceAll(/_(\w)/g, (_, letter: string) => letter.toUpperCase()),
        value,
      ]),
  );
}

function limitsOf(read: Read["limits"]): Deck["limits"] {
  const { trial_time: trial, trial_memory: memory, total_time: total, failures = 5 } = read ?? {};
  return present<Deck["limits"]>({
    trialTimeMs: trial === undefined ? undefined : durationMs(trial),
    trialMemoryBytes: memory === undefined ? undefined : sizeBytes(memory),
    totalTimeMs: total === undefined ? undefined : durationMs(total),
    failures,
    noImprovement: read?.no_improvement,
  });
}

function executorOf(read: z.output<typeof executor> | undefined): Executor {
  if (typeof read === "string") return executorOf(read === "local" ? undefined : { [read]: {} });
  if (read?.slurm !== undefined) {
    const { gpu_type: gpuType, time, memory, setup = [], options = [], ...same } = read.slurm;
    return present<Extract<Executor, { kind: "slurm" }>>({
      kind: "slurm",
      partition: same.partition,
      account: same.account,
      qos: same.qos,
      constraint: same.constraint,
      timeMs: time === undefined ? undefined : durationMs(time),
      cpus: same.cpus,
      memoryBytes: memory === undefined ? undefined : sizeBytes(memory),
      gpuType,
      setup,
      options,
    });
  }
  if (read?.ray !== undefined) {
    const {
      address = "auto",
      cpus,
      memory,
      resources = {},
      runtime_env: runtimeEnv = {},
    } = read.ray;
    return present<Extract<Executor, { kind: "ray" }>>({
      kind: "ray",
      address,
      cpus,
      memoryBytes: memory === undefined ? undefined : sizeBytes(memory),
      resources,
      runtimeEnv,
    });
  }
  return { kind: "local" };
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

/** What speaks of parameters; the checker has found no error in it. */
function planOf(root: MapNode): Pick<Deck, "initial" | "conditions" | "constraints" | "zip"> {
  const deck = valueAt(root, "sweepdeck");
  if (deck === undefined) return { initial: [], conditions: [], constraints: [], zip: [] };
  const names = namesIn(root);
  const space: Space = { parameters: [...names.parameters.values()] };
  const unheard = () => undefined;
  const conditions = readConditions(valueAt(deck, "conditions"), names, unheard);
  return {
    initial: itemsOf(valueAt(deck, "initial")).map((item) => initialOf(item, space)),
    conditions,
    constraints: readConstraints(valueAt(deck, "constraints"), names, conditions, unheard),
    zip: itemsOf(valueAt(deck, "zip")).map((list) =>
      itemsOf(list).flatMap((name) => textOf(name) ?? []),
    ),
  };
}

function outcomesOf(root: MapNode): Deck["outcomes"] {
  const outcomes = valueAt(valueAt(root, "sweepdeck"), "outcomes");
  return outcomes && readOutcomes(outcomes, namesIn(root), () => undefined);
}

function itemsOf(node: TextNode | undefined): readonly TextNode[] {
  return node?.kind === "list" ? node.items : [];
}

function initialOf(item: TextNode, space: Space): InitialTrial {
  if (item.kind !== "map") return "defaults";
  const entries = space.parameters.flatMap(({ name, path }) => {
    const value = valueUnder(item, path) ?? valueAt(item, name);
    return value === undefined ? [] : [[name, toJson(value)] as const];
  });
  return recordFrom<Json>(entries) satisfies Configuration;
}

/** Groups may be nested, or joined to the name by dots at any level. */
function valueUnder(node: TextNode, path: readonly string[]): TextNode | undefined {
  for (let length = path.length; length > 0; length -= 1) {
    const value = valueAt(node, path.slice(0, length).join("."));
    if (value === undefined) continue;
    const found = length === path.length ? value : valueUnder(value, path.slice(length));
    if (found !== undefined) return found;
  }
  return undefined;
}
