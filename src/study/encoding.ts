/**
 * Configurations as the journal holds them: numbers in Optuna's ranges, choices by their index.
 *
 * The way back is exact. What Optuna's distributions cannot say of a configuration (a list among
 * the choices, a constant, a value that is no choice at all) is kept in attributes of ours.
 */
import * as z from "zod";
import { identity } from "../space/distribution.js";
import { ownValue, recordFrom } from "../space/record.js";
import type { Configuration, Distribution, Parameter, Space } from "../space/space.js";
import type { Json } from "../space/value.js";
import {
  choicesFromText,
  differentValues,
  distributionText,
  type JournalDistribution,
  journalDistribution,
  type NumericJournalDistribution,
  type ValueSource,
} from "./distributions.js";
import type { Attributes } from "./records.js";

export const spaceAttribute = "sweepdeck:space";
export const constantsAttribute = "sweepdeck:constants";

export interface EncodedConfiguration {
  /** Numbers as they are, choices by index. */
  readonly params: Readonly<Record<string, number>>;
  /** Of the same parameters: Optuna's distributions as JSON text. */
  readonly distributions: Readonly<Record<string, string>>;
  /** What params cannot hold; for the trial. */
  readonly attributes: Attributes;
}

export interface SpaceEncoding {
  /** For the study: the space and its constants. */
  readonly attributes: Attributes;
  /** Pulls numbers into the ranges of the journal. To be done to a draw before anything uses it. */
  clip(configuration: Configuration): Configuration;
  toJournal(configuration: Configuration): EncodedConfiguration;
  fromJournal(
    params: Readonly<Record<string, number>>,
    distributions: Readonly<Record<string, string>>,
    trialAttributes?: Attributes,
  ): Configuration;
}

/** One parameter that varies. */
interface Column {
  readonly name: string;
  readonly distribution: JournalDistribution;
  readonly text: string;
  /** What each index stands for; empty for numbers. */
  readonly values: readonly Json[];
  readonly indexOf: ReadonlyMap<string, number>;
}

export function encodeSpace(space: Space, source: ValueSource = "drawn"): SpaceEncoding {
  const columns = new Map<string, Column>();
  const constants: [string, Json][] = [];
  for (const { name, distribution } of space.parameters) {
    if (distribution.kind === "constant") constants.push([name, distribution.value]);
    else columns.set(name, columnOf(name, distribution, source));
  }
  const constantValues = recordFrom(constants);
  const entries = space.parameters.map(({ name }) => entryOf(name, columns, constantValues));
  return {
    attributes: {
      [constantsAttribute]: constantValues,
      [spaceAttribute]: space.parameters.map(parameterJson),
    },
    clip: (configuration) => clip(columns, configuration),
    toJournal: (configuration) => toJournal(columns, constantValues, configuration),
    fromJournal: (params, distributions, trialAttributes = {}) =>
      fromJournal(entries, params, distributions, trialAttributes),
  };
}

function columnOf(
  name: string,
  distribution: Exclude<Distribution, { kind: "constant" }>,
  source: ValueSource,
): Column {
  const journal = journalDistribution(distribution, source);
  const values = distribution.kind === "categorical" ? differentValues(distribution.values) : [];
  return {
    name,
    distribution: journal,
    text: distributionText(journal),
    values,
    indexOf: new Map(values.map((value, index) => [identity(value), index])),
  };
}

function clip(columns: ReadonlyMap<string, Column>, configuration: Configuration): Configuration {
  return recordFrom(
    Object.entries(configuration).map(([name, value]) => {
      const distribution = columns.get(name)?.distribution;
      return distribution === undefined ||
        distribution.kind === "categorical" ||
        typeof value !== "number"
        ? [name, value]
        : [name, clipNumber(distribution, value)];
    }),
  );
}

function clipNumber(distribution: NumericJournalDistribution, value: number): number {
  const { low, high, step } = distribution;
  // A product such as 3 · 0.1 lies a hair above the bound 0.3, and is left as the script will see it.
  const slack = step === null ? 0 : step * 1e-6;
  if (value < low - slack) return low;
  if (value > high + slack) return high;
  return value;
}

function toJournal(
  columns: ReadonlyMap<string, Column>,
  constants: Readonly<Record<string, Json>>,
  configuration: Configuration,
): EncodedConfiguration {
  const params: [string, number][] = [];
  const distributions: [string, string][] = [];
  const others: [string, Json][] = [];
  for (const [name, value] of Object.entries(configuration)) {
    const column = columns.get(name);
    const internal = column === undefined ? undefined : internalValue(column, value);
    if (column !== undefined && internal !== undefined) {
      params.push([name, internal]);
      distributions.push([name, column.text]);
    } else if (!isSame(ownValue(constants, name), value)) {
      others.push([name, value]);
    }
  }
  return {
    params: recordFrom(params),
    distributions: recordFrom(distributions),
    attributes: others.length === 0 ? {} : { [constantsAttribute]: recordFrom(others) },
  };
}

function isSame(a: Json | undefined, b: Json): boolean {
  return a !== undefined && identity(a) === identity(b);
}

/** Undefined for what the distribution cannot hold: another type, or a value that is no choice. */
function internalValue(column: Column, value: Json): number | undefined {
  const { distribution } = column;
  if (distribution.kind === "categorical") return column.indexOf.get(identity(value));
  if (typeof value !== "number" || !Number.isFinite(value)) return undefined;
  if (distribution.kind === "int" && !Number.isInteger(value)) return undefined;
  return distribution.log && value <= 0 ? undefined : value;
}

function fromJournal(
  entries: readonly Entry[],
  params: Readonly<Record<string, number>>,
  distributions: Readonly<Record<string, string>>,
  trialAttributes: Attributes,
): Configuration {
  const others = ownValue(trialAttributes, constantsAttribute);
  const exceptions = isMembers(others) ? others : undefined;
  const configuration: Record<string, Json> = {};
  let fromParams = 0;
  for (const entry of entries) {
    const internal = valueAt(params, entry);
    if (internal !== undefined) fromParams += 1;
    let value = exceptions === undefined ? undefined : valueAt(exceptions, entry);
    if (value === undefined) {
      value =
        internal === undefined
          ? entry.constant
          : externalValue(entry.column, valueAt(distributions, entry), internal);
    }
    if (value === undefined) continue;
    // Assigning to `__proto__` would do something else.
    if (entry.isInherited) Object.defineProperty(configuration, entry.name, { ...own, value });
    else configuration[entry.name] = value;
  }
  // What other writers tried beyond the space, and what was added to a single trial.
  const isAll = fromParams === Object.keys(params).length && exceptions === undefined;
  return isAll
    ? configuration
    : withStrangers(configuration, params, distributions, exceptions ?? {});
}

/** One parameter of the space, on the way back. */
interface Entry {
  readonly name: string;
  /** Whether every object has something of that name, as with `constructor`; then one must look twice. */
  readonly isInherited: boolean;
  readonly column: Column | undefined;
  readonly constant: Json | undefined;
}

function entryOf(
  name: string,
  columns: ReadonlyMap<string, Column>,
  constants: Readonly<Record<string, Json>>,
): Entry {
  return {
    name,
    isInherited: name in {},
    column: columns.get(name),
    constant: ownValue(constants, name),
  };
}

function valueAt<T>(record: Readonly<Record<string, T>>, entry: Entry): T | undefined {
  return entry.isInherited ? ownValue(record, entry.name) : record[entry.name];
}

const own = { configurable: true, enumerable: true, writable: true };

function withStrangers(
  configuration: Configuration,
  params: Readonly<Record<string, number>>,
  distributions: Readonly<Record<string, string>>,
  exceptions: Readonly<Record<string, Json>>,
): Configuration {
  const strangers = Object.entries(params).map(
    ([name, internal]) =>
      [name, externalValue(undefined, ownValue(distributions, name), internal)] as const,
  );
  return { ...recordFrom(strangers), ...exceptions, ...configuration };
}

function isMembers(value: Json | undefined): value is { readonly [key: string]: Json } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function externalValue(
  column: Column | undefined,
  text: string | undefined,
  internal: number,
): Json {
  if (column !== undefined && column.text === text) {
    return column.distribution.kind === "categorical"
      ? (column.values[internal] ?? null)
      : internal;
  }
  return foreignValue(column, text, internal);
}

/** A value under a distribution that is not the sweep's: another writer's, or an older version's. */
function foreignValue(
  column: Column | undefined,
  text: string | undefined,
  internal: number,
): Json {
  const choices = text === undefined ? undefined : choicesOfText(text);
  if (choices === undefined) return internal;
  const choice = choices[internal] ?? null;
  if (column?.distribution.kind !== "categorical") return choice;
  // Where our choices are JSON text, what it stands for is meant, not the text.
  const ours = column.distribution.choices.findIndex((ourChoice) => isSame(ourChoice, choice));
  return column.values[ours] ?? choice;
}

const knownChoices = new Map<string, readonly Json[] | undefined>();

/** A journal repeats the text of a distribution in every trial; it is parsed once. */
function choicesOfText(text: string): readonly Json[] | undefined {
  if (!knownChoices.has(text)) {
    if (knownChoices.size >= 1000) knownChoices.clear();
    knownChoices.set(text, choicesFromText(text));
  }
  return knownChoices.get(text);
}

function parameterJson({ name, path, distribution }: Parameter): Json {
  return { name, path: [...path], distribution: { ...distribution } };
}

const number = z.custom<number>((value) => typeof value === "number");
const json = z.custom<Json>((value) => value !== undefined);

const distributionSchema: z.ZodType<Distribution> = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("constant"), value: json }),
  z
    .object({
      kind: z.literal("categorical"),
      values: z.array(json),
      probabilities: z.array(number).optional(),
    })
    .transform(({ probabilities, ...rest }) =>
      probabilities === undefined ? rest : { ...rest, probabilities },
    ),
  z.object({ kind: z.literal("int_uniform"), min: number, max: number }),
  z.object({
    kind: z.enum([
      "uniform",
      "log_uniform_values",
      "inv_log_uniform_values",
      "log_uniform",
      "inv_log_uniform",
    ]),
    min: number,
    max: number,
  }),
  z.object({
    kind: z.enum(["q_uniform", "q_log_uniform_values", "q_log_uniform"]),
    min: number,
    max: number,
    q: number,
  }),
  z.object({ kind: z.enum(["normal", "log_normal"]), mu: number, sigma: number }),
  z.object({ kind: z.enum(["q_normal", "q_log_normal"]), mu: number, sigma: number, q: number }),
  z.object({ kind: z.literal("beta"), a: number, b: number }),
  z.object({ kind: z.literal("q_beta"), a: number, b: number, q: number }),
]);

const spaceSchema: z.ZodType<readonly Parameter[]> = z.array(
  z.object({ name: z.string(), path: z.array(z.string()), distribution: distributionSchema }),
);

/** The space that a study's attributes describe; undefined where they are not ours, or not as we write them. */
export function decodeSpace(studyAttributes: Attributes): Space | undefined {
  const parsed = spaceSchema.safeParse(ownValue(studyAttributes, spaceAttribute));
  return parsed.success ? { parameters: parsed.data } : undefined;
}
