/** What does not fit between a sweep and its script, as data. */
import type { Library, Literal } from "../../script/reading.js";
import type { Severity } from "../../sweep/problem.js";
import type { TextRange } from "../../sweep/tree.js";
import type { Related } from "../findings.js";

/** `script`: the name of the program's file, for messages. */
export type ScriptFacts =
  /** The program ends with an error as soon as it reads its arguments. */
  | {
      code: "parameter-refused";
      name: string;
      /** As the script is given it: `--lr`, or `lr`. */
      passed: string;
      library: Library;
      script: string;
      closest?: string;
      /** `wandb.config` has the name, and the parser ends the program before it is read. */
      isKey: boolean;
      /** It exists only where one of these is chosen: `model=vit`. */
      needs?: readonly string[];
    }
  | { code: "parameter-unread"; name: string; script: string; closest?: string }
  /** `missing`: as the script is to be given them, `--data`, or `data` where a place decides. */
  | { code: "argument-missing"; missing: readonly string[]; script: string }
  /** Nothing of what the sweep sets reaches the script: it is not passed, or not asked for. */
  | { code: "parameters-not-passed"; script: string; macro: string }
  | { code: "parameters-not-read"; script: string }
  /** Hydra takes `name=value` and no options; other parsers the reverse. */
  | {
      code: "arguments-in-other-style";
      library: Library;
      script: string;
      /** Undefined: the file has no command, and W&B's default passes `--name=value`. */
      macro?: string;
      better: string;
    }
  | {
      code: "value-not-a-choice";
      name: string;
      value: string;
      choices: readonly string[];
      closest?: string;
    }
  | { code: "value-of-wrong-type"; name: string; value: string; wanted: "integer" | "number" }
  | { code: "fractions-for-an-integer"; name: string; distribution: string }
  /** `refused`: it takes no value; `reversed`: it switches off what its name says. */
  | {
      code: "boolean-to-a-flag";
      name: string;
      passed: string;
      isReversed: boolean;
      /** On by default and given false, which the macro for flags cannot say. */
      isStuck: boolean;
      /** What switches it off: `no-bias`. */
      negation?: string;
      /** Another parameter of the sweep that the macro for flags would lose or break. */
      hindering?: string;
      library: Library;
    }
  /** The macro for flags gives nothing for false, and the script has it on by default. */
  | {
      code: "flag-stays-on";
      name: string;
      passed: string;
      /** Whether `--name=False` would do. */
      takesWords: boolean;
      negation?: string;
    }
  /** The macro for flags gives the bare name for true, and the option wants a value. */
  | { code: "flag-without-value"; name: string; passed: string }
  | { code: "boolean-read-as-true"; name: string; value: string }
  /** `wanted`: it is converted to that, which the text `None` is refused for. */
  | { code: "null-as-text"; name: string; wanted?: "integer" | "number" }
  | { code: "value-misspelt"; name: string; value: string; closest: string; script: string }
  /** Without `closest`: nothing that is reported is like it. */
  | { code: "metric-not-logged"; metric: string; script: string; closest?: string }
  | { code: "metric-only-printed"; metric: string; script: string; closest?: string }
  | { code: "program-not-found"; program: string; similar: readonly string[] }
  | { code: "script-broken"; script: string; line: number };

export type ScriptCode = ScriptFacts["code"];

export type ScriptProblem = Readonly<ScriptFacts> & {
  readonly severity: Severity;
  readonly range: TextRange;
  readonly related?: readonly Related[];
};

/** A value as Python writes it, and so as it reaches the script. */
export function inWords(value: Literal): string {
  if (typeof value === "boolean") return value ? "True" : "False";
  if (value === null) return "None";
  return typeof value === "string" ? value : JSON.stringify(value);
}
