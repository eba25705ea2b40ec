/**
 * Configurations as the journal holds them: numbers in Optuna's ranges, choices by their index.
 *
 * The way back is exact. What Optuna's distributions cannot say of a configuration (a list among
 * the choices, a constant, a value that is no choice at all) is kept in attributes of ours.
 */

import { identity } from "../space/distribution.js";
import { ownValue, recordFrom } from "../space/record.js";
import type { Configuration, Space } from "../space/space.js";
import type { Json } from "../space/value.js";
import { type Column, columnOf, isSame } from "./column.js";
import { constantsAttribute, type Decode, decoder } from "./decoding.js";
import type { NumericJournalDistribution, ValueSource } from "./distributions.js";
import type { Attributes } from "./records.js";
import { spaceAttribute, spaceJson } from "./space-json.js";

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
  readonly fromJournal: Decode;
}

export function encodeSpace(space: Space, source: ValueSource = "drawn"): SpaceEncoding {
  const columns = new Map<string, Column>();
  const constants: [string, Json][] = [];
  for (const { name, distribution } of space.parameters) {
    if (distribution.kind === "constant") constants.push([name, distribution.value]);
    else columns.set(name, columnOf(name, distribution, source));
  }
  const constantValues = recordFrom(constants);
  return {
    attributes: {
      [constantsAttribute]: constantValues,
      [spaceAttribute]: spaceJson(space),
    },
    clip: (configuration) => clip(columns, configuration),
    toJournal: (configuration) => toJournal(columns, constantValues, configuration),
    fromJournal: decoder(space, columns, constantValues),
  };
}

/**
 * The configuration of a trial as its script is given it. What somebody asked for by its values is
 * tried as it is, and so is an initial configuration.
 */
export function tried(
  encoding: SpaceEncoding,
  order: {
    readonly configuration: Configuration;
    readonly draw: number | null;
    readonly initial: number | null;
  },
): Configuration {
  const { configuration, draw, initial } = order;
  return draw === null || initial !== null ? configuration : encoding.clip(configuration);
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

/** Undefined for what the distribution cannot hold: another type, or a value that is no choice. */
function internalValue(column: Column, value: Json): number | undefined {
  const { distribution } = column;
  if (distribution.kind === "categorical") return column.indexOf.get(identity(value));
  if (typeof value !== "number" || !Number.isFinite(value)) return undefined;
  if (distribution.kind === "int" && !Number.isInteger(value)) return undefined;
  return distribution.log && value <= 0 ? undefined : value;
}
