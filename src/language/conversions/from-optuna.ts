/** A sweep file for a search space of Optuna's. */
import type { Json } from "../../space/value.js";
import { parameterName } from "../../sweep/parameter-grammar.js";
import { type Draft, listOf, mapOf, numberOf, textOf, wordOf } from "./draft.js";
import type { Note } from "./notes.js";
import type { OptunaDistribution, OptunaSpace } from "./optuna.js";

export interface FromOptuna {
  readonly text: string;
  readonly notes: readonly Note[];
}

export function fromOptuna(space: OptunaSpace): FromOptuna {
  const notes: Note[] = [];
  const taken = new Set(Object.keys(space).filter((name) => parameterName.test(name)));
  const parameters = Object.entries(space).map(([from, distribution]) => {
    const name = parameterName.test(from) ? from : fitting(from, taken);
    if (name !== from) notes.push({ code: "renamed", name, from });
    return [name, definitionOf(name, distribution, notes)] as const;
  });
  const text = textOf(
    mapOf([
      ["method", wordOf("random")],
      ["parameters", mapOf(parameters)],
    ]),
  );
  return { text, notes };
}

/** A name that a sweep takes, and that no other parameter has. */
function fitting(from: string, taken: Set<string>): string {
  const plain = from.replaceAll(/[^A-Za-z0-9_.-]/g, "_").replace(/^(?![A-Za-z_])/, "_");
  let name = plain;
  for (let count = 2; taken.has(name); count += 1) name = `${plain}_${count}`;
  taken.add(name);
  return name;
}

function definitionOf(
  name: string,
  { name: kind, attributes }: OptunaDistribution,
  notes: Note[],
): Draft {
  switch (kind) {
    case "CategoricalDistribution": {
      const choices = attributes.choices as readonly Json[];
      const [only] = choices;
      return choices.length === 1 && only !== undefined
        ? mapOf([["value", draftOf(only)]])
        : mapOf([["values", listOf(choices.map(draftOf))]]);
    }
    case "FloatDistribution":
    case "UniformDistribution":
    case "LogUniformDistribution":
    case "DiscreteUniformDistribution": {
      const { low, high } = attributes;
      const isLog = kind === "LogUniformDistribution" || ("log" in attributes && attributes.log);
      const step = "q" in attributes ? attributes.q : "step" in attributes ? attributes.step : null;
      return floatDefinition(name, { low, high, isLog, step: step ?? undefined }, notes);
    }
    case "IntDistribution":
    case "IntUniformDistribution":
    case "IntLogUniformDistribution": {
      const { low, high } = attributes;
      const isLog = kind === "IntLogUniformDistribution" || ("log" in attributes && attributes.log);
      const step = ("step" in attributes ? attributes.step : undefined) ?? 1;
      return intDefinition(name, { low, high, isLog, step }, notes);
    }
  }
}

interface Range {
  readonly low: number;
  readonly high: number;
  readonly isLog: boolean;
  readonly step: number | undefined;
}

function floatDefinition(name: string, range: Range, notes: Note[]): Draft {
  const { low, high, isLog, step } = range;
  if (low === high) return mapOf([["value", numberOf(low, true)]]);
  const bounds = [
    ["min", numberOf(low, true)],
    ["max", numberOf(high, true)],
  ] as const;
  if (step !== undefined) return steppedDefinition(name, { ...range, step }, true, notes);
  const distribution = isLog ? "log_uniform_values" : "uniform";
  return mapOf([["distribution", wordOf(distribution)], ...bounds]);
}

function intDefinition(
  name: string,
  range: Range & { readonly step: number },
  notes: Note[],
): Draft {
  const { low, high, isLog, step } = range;
  if (low === high) return mapOf([["value", numberOf(low)]]);
  const bounds = [
    ["min", numberOf(low)],
    ["max", numberOf(high)],
  ] as const;
  if (isLog) {
    return mapOf([["distribution", wordOf("q_log_uniform_values")], ...bounds, ["q", numberOf(1)]]);
  }
  return step === 1 ? mapOf(bounds) : steppedDefinition(name, range, false, notes);
}

/** More values than this are not listed. */
const mostListed = 50;

/** A sweep's steps are the multiples of `q`; Optuna's count from the lower bound. */
function steppedDefinition(
  name: string,
  { low, high, step }: { readonly low: number; readonly high: number; readonly step: number },
  isFloat: boolean,
  notes: Note[],
): Draft {
  const count = Math.floor((high - low) / step + 1e-9) + 1;
  const isMultiple = Math.abs(low / step - Math.round(low / step)) < 1e-9;
  const last = Number((low + (count - 1) * step).toPrecision(12));
  if (!isMultiple && count <= mostListed) {
    notes.push({ code: "listed", name, count });
    const values = Array.from({ length: count }, (_, index) =>
      numberOf(Number((low + index * step).toPrecision(12)), isFloat),
    );
    return mapOf([["values", listOf(values)]]);
  }
  notes.push(isMultiple ? { code: "ends-as-often", name } : { code: "steps-moved", name, q: step });
  return mapOf([
    ["distribution", wordOf("q_uniform")],
    ["min", numberOf(low, isFloat)],
    ["max", numberOf(last, isFloat)],
    ["q", numberOf(step, isFloat)],
  ]);
}

/** JSON as it is: there 1.0 and 1 are the same. */
function draftOf(value: Json): Draft {
  if (typeof value === "number") return numberOf(value);
  if (value === null || typeof value !== "object") return wordOf(value);
  if (Array.isArray(value)) return listOf(value.map((item: Json) => draftOf(item)));
  return mapOf(Object.entries(value).map(([key, each]) => [key, draftOf(each as Json)] as const));
}
