/**
 * Search spaces in the form of `optuna ask --search-space`: a JSON object that gives each parameter
 * the name of a distribution of Optuna's and its attributes.
 */
import * as z from "zod";
import { quantile } from "../../space/distribution.js";
import { boundsOf } from "../../space/expression/domain.js";
import { recordFrom } from "../../space/record.js";
import type { Distribution, Space } from "../../space/space.js";
import type { Json } from "../../space/value.js";
import type { Note } from "./notes.js";

const bounds = { low: z.number(), high: z.number() };
const step = z.number().positive().nullish();
const log = z.boolean().default(false);

const optunaDistribution = z.discriminatedUnion("name", [
  z.object({
    name: z.literal("FloatDistribution"),
    attributes: z.object({ ...bounds, log, step }),
  }),
  z.object({
    name: z.literal("IntDistribution"),
    attributes: z.object({ ...bounds, log, step }),
  }),
  z.object({
    name: z.literal("CategoricalDistribution"),
    attributes: z.object({ choices: z.array(z.unknown()).min(1) }),
  }),
  // Those that Optuna had before its version 3, and still reads.
  z.object({ name: z.literal("UniformDistribution"), attributes: z.object(bounds) }),
  z.object({ name: z.literal("LogUniformDistribution"), attributes: z.object(bounds) }),
  z.object({
    name: z.literal("DiscreteUniformDistribution"),
    attributes: z.object({ ...bounds, q: z.number().positive() }),
  }),
  z.object({
    name: z.literal("IntUniformDistribution"),
    attributes: z.object({ ...bounds, step }),
  }),
  z.object({ name: z.literal("IntLogUniformDistribution"), attributes: z.object(bounds) }),
]);

export type OptunaDistribution = z.output<typeof optunaDistribution>;
export type OptunaSpace = Readonly<Record<string, OptunaDistribution>>;

export type OptunaReading =
  | { readonly kind: "space"; readonly space: OptunaSpace }
  /** `where` is the parameter, empty for the whole. */
  | { readonly kind: "unreadable"; readonly where: string; readonly detail: string };

/** Never throws. */
export function readOptunaSpace(text: string): OptunaReading {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (thrown) {
    const detail = thrown instanceof Error ? thrown.message : String(thrown);
    return { kind: "unreadable", where: "", detail };
  }
  const parsed = z.record(z.string(), optunaDistribution).safeParse(json);
  if (parsed.success) return { kind: "space", space: parsed.data };
  const [issue] = parsed.error.issues;
  const [where = "", ...path] = issue?.path ?? [];
  const detail = [path.join("."), issue?.message ?? ""].filter((each) => each !== "").join(": ");
  return { kind: "unreadable", where: String(where), detail };
}

export interface ToOptuna {
  readonly space: OptunaSpace;
  readonly notes: readonly Note[];
}

/** Constants are choices of one, so that a study has all that a trial was given. */
export function toOptuna({ parameters }: Space): ToOptuna {
  const notes: Note[] = [];
  const entries = parameters.map(({ name, path, distribution }) => {
    if (path.length > 1) notes.push({ code: "nested-name", name });
    return [name, optunaOf(name, distribution, notes)] as const;
  });
  return { space: recordFrom(entries), notes };
}

function optunaOf(name: string, distribution: Distribution, notes: Note[]): OptunaDistribution {
  switch (distribution.kind) {
    case "constant":
      return choiceOf(name, [distribution.value], notes);
    case "categorical":
      if (distribution.probabilities !== undefined) notes.push({ code: "weights", name });
      return choiceOf(name, distribution.values, notes);
    case "int_uniform":
      return int(distribution.min, distribution.max);
    case "uniform":
      return float(distribution.min, distribution.max);
    case "log_uniform_values":
    case "inv_log_uniform_values":
    case "log_uniform":
    case "inv_log_uniform": {
      const { low, high } = boundsOf(distribution);
      return float(low, high, true);
    }
    case "q_uniform":
      return stepped(name, distribution, notes);
    case "q_log_uniform_values":
    case "q_log_uniform":
      return steppedLog(name, distribution, notes);
    default:
      return approximated(name, distribution, notes);
  }
}

/** Optuna's choices are null, booleans, numbers and texts. */
function choiceOf(name: string, values: readonly Json[], notes: Note[]): OptunaDistribution {
  const isPlain = (value: Json) => typeof value !== "object" || value === null;
  if (!values.every(isPlain)) notes.push({ code: "values-as-text", name });
  const choices = values.map((value) => (isPlain(value) ? value : JSON.stringify(value)));
  return { name: "CategoricalDistribution", attributes: { choices } };
}

function int(low: number, high: number, isLog = false, every = 1): OptunaDistribution {
  return { name: "IntDistribution", attributes: { low, high, log: isLog, step: every } };
}

function float(
  low: number,
  high: number,
  isLog = false,
  every: number | null = null,
): OptunaDistribution {
  return { name: "FloatDistribution", attributes: { low, high, log: isLog, step: every } };
}

type Stepped = Extract<Distribution, { q: number; min: number }>;

/** The multiples of `q` that rounding gives; W&B draws the first and the last half as often. */
function stepped(name: string, { min, max, q }: Stepped, notes: Note[]): OptunaDistribution {
  const [low, high] = [Math.round(min / q) * q, Math.round(max / q) * q];
  if (low >= high) return choiceOf(name, [low], notes);
  notes.push({ code: "ends-as-often", name });
  return Number.isInteger(q) ? int(low, high, false, q) : float(clean(low), clean(high), false, q);
}

/** Without the error that a multiple of 0.1 brings. */
function clean(value: number): number {
  return Number(value.toPrecision(12));
}

/** Optuna has no steps on a logarithmic scale but those of whole numbers. */
function steppedLog(name: string, distribution: Stepped, notes: Note[]): OptunaDistribution {
  const { low, high } = boundsOf(distribution);
  const { q } = distribution;
  if (q !== 1) notes.push({ code: "step-lost", name, q });
  if (!Number.isInteger(q)) return float(low, high, true);
  const [from, to] = [Math.max(1, Math.round(low)), Math.round(high)];
  return from < to ? int(from, to, true) : choiceOf(name, [from], notes);
}

type Bell = Extract<
  Distribution,
  { kind: "normal" | "log_normal" | "q_normal" | "q_log_normal" | "beta" | "q_beta" }
>;

/** The range that holds 98 % of the draws, all alike. */
function approximated(name: string, distribution: Bell, notes: Note[]): OptunaDistribution {
  const isBeta = distribution.kind === "beta" || distribution.kind === "q_beta";
  const at = (probability: number) => Number(quantile(withoutStep(distribution), probability));
  const [low, high] = isBeta ? [0, 1] : [clean(at(0.01)), clean(at(0.99))];
  notes.push({ code: "shape-lost", name, distribution: distribution.kind, low, high });
  const isLog = distribution.kind === "log_normal" || distribution.kind === "q_log_normal";
  if (!("q" in distribution) || isLog) return float(low, high, isLog);
  const { q } = distribution;
  const [from, to] = [Math.floor(low / q) * q, Math.ceil(high / q) * q].map(clean);
  return from === undefined || to === undefined || from >= to
    ? choiceOf(name, [low], notes)
    : float(from, to, false, q);
}

function withoutStep(distribution: Bell): Distribution {
  switch (distribution.kind) {
    case "q_normal":
      return { ...distribution, kind: "normal" };
    case "q_log_normal":
      return { ...distribution, kind: "log_normal" };
    default:
      return distribution;
  }
}
