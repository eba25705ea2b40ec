/** What an option makes of a value, as the library that reads it would. */
import { closestName } from "./closest.js";
import type { Literal, Option, Takes } from "./reading.js";

export type ValueAcceptance =
  | { readonly verdict: "ok" }
  /** A flag takes no value: `--name=True` ends the program. */
  | { readonly verdict: "refused-flag-value"; readonly sets: boolean }
  /** The flag switches off what the name says. */
  | { readonly verdict: "negated-flag" }
  | {
      readonly verdict: "not-a-choice";
      readonly choices: readonly Literal[];
      readonly closest?: Literal;
    }
  | { readonly verdict: "wrong-type"; readonly wanted: "integer" | "number" }
  /** Any text is true, `False` too. */
  | { readonly verdict: "read-as-true" };

const ok: ValueAcceptance = { verdict: "ok" };

/**
 * @param value as the sweep has it; it reaches the script as Python's `str` of it
 */
export function valueAcceptance(option: Option, value: Literal): ValueAcceptance {
  const { takes, choices } = option;
  if (value === null && option.readsNone === true) return ok;
  if (takes.kind === "flag") return { verdict: "refused-flag-value", sets: takes.sets };
  const text = typeof value === "string" ? value : passedAs(value);
  const typed = typeAcceptance(takes, value, text);
  if (typed.verdict !== "ok" || choices === undefined || text === undefined) return typed;
  return choiceAcceptance(takes, text, choices);
}

function passedAs(value: Literal): string | undefined {
  if (value === null) return "None";
  if (value === true) return "True";
  if (value === false) return "False";
  return typeof value === "number" ? String(value) : undefined;
}

function typeAcceptance(takes: Takes, value: Literal, text: string | undefined): ValueAcceptance {
  switch (takes.kind) {
    case "integer":
      if (isInteger(text ?? "")) return ok;
      return { verdict: "wrong-type", wanted: "integer" };
    case "number":
      if (isNumber(text ?? "")) return ok;
      return { verdict: "wrong-type", wanted: "number" };
    case "boolean":
      return takes.reads === "any-text" && isMeantFalse(value, text)
        ? { verdict: "read-as-true" }
        : ok;
    case "list":
      return typeof value === "object" && value !== null
        ? ok
        : typeAcceptance(takes.of, value, text);
    default:
      return ok;
  }
}

/** As Python's `int` reads text. */
function isInteger(text: string): boolean {
  return /^\s*[-+]?\d+(?:_\d+)*\s*$/.test(text);
}

/** As Python's `float` reads text. */
function isNumber(text: string): boolean {
  return /^\s*[-+]?(?:(?:\d+(?:_\d+)*\.?|(?=\.\d))(?:\d+(?:_\d+)*)?(?:\.\d+(?:_\d+)*)?(?:e[-+]?\d+(?:_\d+)*)?|inf(?:inity)?|nan)\s*$/i.test(
    text,
  );
}

function isMeantFalse(value: Literal, text: string | undefined): boolean {
  return value === null || /^(?:false|no|off|0|n|f|none)$/i.test(text ?? "");
}

function choiceAcceptance(
  takes: Takes,
  text: string,
  choices: readonly Literal[],
): ValueAcceptance {
  const item = takes.kind === "list" ? takes.of : takes;
  // A converter of the script's own gives what only a run can compare.
  if (item.kind === "unknown" || item.kind === "boolean") return ok;
  const isNumeric = item.kind === "integer" || item.kind === "number";
  const isChosen = choices.some((choice) =>
    isNumeric ? choice === Number(text.replaceAll("_", "")) : choice === text,
  );
  if (isChosen) return ok;
  const closest = closestName(text, choices.map(String));
  const found = choices.find((choice) => String(choice) === closest);
  return { verdict: "not-a-choice", choices, ...(found !== undefined && { closest: found }) };
}
