/** What a program may say to `ask-tell`, read from a line. */
import type { AskTellProblem } from "./ask-tell-messages.js";

export type Request =
  | { readonly kind: "ask"; readonly count: number }
  | { readonly kind: "tell"; readonly number: number; readonly outcome: Outcome }
  | {
      readonly kind: "report";
      readonly number: number;
      readonly step: number;
      /** NaN where the line has null: JSON has no other word for what is no number. */
      readonly value: number;
      /** Undefined for the one that decides. */
      readonly metric: string | undefined;
    };

/** How a trial ended. */
export interface Outcome {
  readonly state: ToldState;
  /** One for each objective, or none where it did not complete. */
  readonly values: readonly number[];
}

export type ToldState = "complete" | "pruned" | "failed" | "stopped";

const toldStates: readonly string[] = ["complete", "pruned", "failed", "stopped"];
/** A program that asks for more at once has mistaken something. */
export const mostAsked = 10_000;

type Fields = Readonly<Record<string, unknown>>;

const keysOf = {
  ask: ["ask"],
  tell: ["tell", "value", "values", "state"],
  report: ["report", "step", "value", "metric"],
} as const;

export function requestIn(line: string): Request | AskTellProblem {
  const fields = fieldsIn(line);
  if (fields === undefined) return { code: "no-json", hasNaN: /\b(?:NaN|Infinity)\b/.test(line) };
  const kinds = (["ask", "tell", "report"] as const).filter((kind) => Object.hasOwn(fields, kind));
  const [kind, second] = kinds;
  if (kind === undefined || second !== undefined) return { code: "no-request", kinds };
  const known: readonly string[] = keysOf[kind];
  const unknown = Object.keys(fields).find((key) => !known.includes(key));
  if (unknown !== undefined) return { code: "unknown-key", kind, key: unknown, known };
  switch (kind) {
    case "ask":
      return ask(fields["ask"]);
    case "tell":
      return tell(fields);
    case "report":
      return report(fields);
    default:
      return kind satisfies never;
  }
}

function fieldsIn(line: string): Fields | undefined {
  try {
    const parsed: unknown = JSON.parse(line);
    return isFields(parsed) ? parsed : undefined;
  } catch {
    return undefined;
  }
}

function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function ask(count: unknown): Request | AskTellProblem {
  return isWhole(count) && count >= 1 && count <= mostAsked
    ? { kind: "ask", count }
    : { code: "wrong-ask", most: mostAsked };
}

function tell(fields: Fields): Request | AskTellProblem {
  const number = fields["tell"];
  if (!isWhole(number) || number < 0) return { code: "no-number", kind: "tell" };
  const outcome = outcomeIn(fields);
  return "code" in outcome ? outcome : { kind: "tell", number, outcome };
}

function outcomeIn(fields: Fields): Outcome | AskTellProblem {
  const { value, values, state } = fields;
  if (state !== undefined && !isToldState(state))
    return { code: "wrong-state", states: toldStates };
  if (value !== undefined && values !== undefined) return { code: "value-and-values" };
  if (value === undefined && values === undefined) {
    return state === undefined || state === "complete"
      ? { code: "no-outcome" }
      : { state, values: [] };
  }
  const given = value === undefined ? values : [value];
  if (!Array.isArray(given) || !given.every((each) => Number.isFinite(each))) {
    return { code: "wrong-value", key: value === undefined ? "values" : "value" };
  }
  return { state: state ?? "complete", values: given };
}

function isToldState(state: unknown): state is ToldState {
  return typeof state === "string" && toldStates.includes(state);
}

function report(fields: Fields): Request | AskTellProblem {
  const { report: number, step, value, metric } = fields;
  if (!isWhole(number) || number < 0) return { code: "no-number", kind: "report" };
  if (typeof step !== "number") return { code: "wrong-step" };
  const read = value === null ? Number.NaN : value;
  if (typeof read !== "number") return { code: "wrong-report" };
  if (metric !== undefined && typeof metric !== "string") return { code: "wrong-metric" };
  return { kind: "report", number, step, value: read, metric };
}

function isWhole(value: unknown): value is number {
  return Number.isSafeInteger(value);
}
