/** The way back from the journal to configurations, by whichever writer a trial is. */
import { ownValue, recordFrom } from "../space/record.js";
import type { Configuration, Space } from "../space/space.js";
import type { Json } from "../space/value.js";
import { type Column, isSame } from "./column.js";
import { choicesFromText } from "./distributions.js";
import type { Attributes } from "./records.js";

/** Values that a trial has beyond what its parameters say, by name; and those that a study has. */
export const constantsAttribute = "sweepdeck:constants";

export type Decode = (
  params: Readonly<Record<string, number>>,
  distributions: Readonly<Record<string, string>>,
  trialAttributes?: Attributes,
) => Configuration;

export function decoder(
  space: Space,
  columns: ReadonlyMap<string, Column>,
  constants: Readonly<Record<string, Json>>,
): Decode {
  const names = space.parameters.map(({ name }) => name);
  let known: Readonly<Record<string, string>> = {};
  let entries: readonly Entry[] = [];
  return (params, distributions, trialAttributes = {}) => {
    // A reader gives trial after trial the same object, as long as its text is the same.
    if (known !== distributions) {
      known = distributions;
      entries = names.map((name) => entryOf(name, columns, constants, distributions));
    }
    const { configuration, found } = decode(entries, params);
    const others = ownValue(trialAttributes, constantsAttribute);
    const isAll = found === Object.keys(params).length && others === undefined;
    return isAll
      ? configuration
      : {
          ...configuration,
          ...strangers(names, params, distributions),
          ...(isMembers(others) ? others : {}),
        };
  };
}

/** One parameter of the space, on the way back. */
interface Entry {
  readonly name: string;
  /** Whether every object has something of that name, as with `constructor`; then one must look twice. */
  readonly isInherited: boolean;
  /** What each index stands for; undefined where numbers stand for themselves. */
  readonly choices: readonly Json[] | undefined;
  readonly constant: Json | undefined;
}

function entryOf(
  name: string,
  columns: ReadonlyMap<string, Column>,
  constants: Readonly<Record<string, Json>>,
  distributions: Readonly<Record<string, string>>,
): Entry {
  return {
    name,
    isInherited: name in {},
    choices: choicesOf(columns.get(name), ownValue(distributions, name)),
    constant: ownValue(constants, name),
  };
}

function decode(
  entries: readonly Entry[],
  params: Readonly<Record<string, number>>,
): { readonly configuration: Configuration; readonly found: number } {
  const configuration: Record<string, Json> = {};
  let found = 0;
  for (const { name, isInherited, choices, constant } of entries) {
    const internal = isInherited ? ownValue(params, name) : params[name];
    if (internal !== undefined) found += 1;
    const value =
      internal === undefined
        ? constant
        : choices === undefined
          ? internal
          : (choices[internal] ?? null);
    if (value === undefined) continue;
    // Assigning to `__proto__` would do something else.
    if (isInherited) Object.defineProperty(configuration, name, { ...own, value });
    else configuration[name] = value;
  }
  return { configuration, found };
}

const own = { configurable: true, enumerable: true, writable: true };

/** What other writers tried beyond the space. */
function strangers(
  names: readonly string[],
  params: Readonly<Record<string, number>>,
  distributions: Readonly<Record<string, string>>,
): Configuration {
  const others = Object.entries(params).filter(([name]) => !names.includes(name));
  return recordFrom(
    others.map(([name, internal]) => {
      const choices = choicesOf(undefined, ownValue(distributions, name));
      return [name, choices === undefined ? internal : (choices[internal] ?? null)] as const;
    }),
  );
}

function isMembers(value: Json | undefined): value is { readonly [key: string]: Json } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Undefined for numbers. */
function choicesOf(
  column: Column | undefined,
  text: string | undefined,
): readonly Json[] | undefined {
  if (text === undefined) return undefined;
  const isOurs = column?.text === text;
  const isCategorical = column?.distribution.kind === "categorical";
  if (isOurs) return isCategorical ? column.values : undefined;
  const choices = choicesOfText(text);
  if (choices === undefined || !isCategorical) return choices;
  // Another writer's, or an older version's. Where our choices are JSON text, what it stands for
  // is meant, not the text.
  const { choices: ourChoices } = column.distribution;
  return choices.map((choice) => {
    const ours = ourChoices.findIndex((ourChoice) => isSame(ourChoice, choice));
    return column.values[ours] ?? choice;
  });
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
