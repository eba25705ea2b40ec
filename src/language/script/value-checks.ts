/** Whether the script's options take the values that the sweep gives them. */
import type { Library, Option } from "../../script/reading.js";
import { type ValueAcceptance, valueAcceptance } from "../../script/value-acceptance.js";
import { entryOf, isNull, type TextNode, type TextRange, toJson } from "../../sweep/tree.js";
import { parametersOf, type Swept } from "../practice/swept.js";
import { asPassed, type Fit, severityIn } from "./fit.js";
import { flagCure, flagFacts, passesFlags, valuesOf } from "./flag-checks.js";
import { inWords, type ScriptFacts, type ScriptProblem } from "./problem.js";
import { valueWords } from "./vocabulary.js";

export function valueProblems(fit: Fit): readonly ScriptProblem[] {
  const { passed } = fit;
  return parametersOf(fit.root).flatMap((swept) => {
    const acceptance = fit.acceptance(swept.name);
    const option = acceptance.verdict === "accepted" ? acceptance.option : undefined;
    const isPassed = passed.style === "hyphens" || passed.style === "overrides";
    if (option === undefined || !isPassed) return misspelt(fit, swept);
    const values = valuesOf(swept);
    if (values.length === 0) return drawnProblems(fit, swept, option);
    const isKey = acceptance.verdict === "accepted" && acceptance.key !== undefined;
    const found = values.flatMap((value) => valueProblem(fit, swept, option, value, isKey) ?? []);
    // A flag refuses each of its values in the same way: once is enough.
    const [first] = found;
    if (first?.code === "boolean-to-a-flag") return [first];
    const refused = new Set(found.map(({ range }) => range));
    return [...found, ...misspelt(fit, swept).filter(({ range }) => !refused.has(range))];
  });
}

function related(option: Option) {
  return [{ place: option.place, message: "Here the script says what it takes." }];
}

function valueProblem(
  fit: Fit,
  { name, entry }: Swept,
  option: Option,
  value: TextNode,
  isKey: boolean,
): ScriptProblem | undefined {
  const range = value.range.end > value.range.start ? value.range : entry.keyRange;
  const isFlag = passesFlags(fit) && value.kind === "scalar" && value.type === "boolean";
  // The script may well ask `wandb.config`, which has the value as it is.
  if (isFlag && isKey) return undefined;
  const literal = toJson(value);
  // Text that PyYAML leaves text reaches the script as it stands, and reads as the number it looks like.
  const verdict = valueAcceptance(option, literal);
  if (isNull(value)) return nullProblem(fit, name, option, verdict, range, isKey);
  const said = isFlag
    ? flagFacts(fit, name, option, literal === true)
    : factsOf(fit, name, option, inWords(literal), verdict);
  return (
    said && {
      ...said.facts,
      severity: severityIn(fit, said.severity),
      range,
      related: related(option),
    }
  );
}

interface Said {
  readonly facts: ScriptFacts;
  readonly severity: "error" | "warning";
}

function factsOf(
  fit: Fit,
  name: string,
  option: Option,
  value: string,
  verdict: ValueAcceptance,
): Said | undefined {
  const [line] = fit.reading.commandLines;
  const library = line?.library ?? "argparse";
  const passed = asPassed(fit, name);
  switch (verdict.verdict) {
    case "ok":
      return undefined;
    case "refused-flag-value":
    case "negated-flag": {
      const isReversed = verdict.verdict === "negated-flag" || !verdict.sets;
      return {
        facts: {
          code: "boolean-to-a-flag",
          name,
          passed,
          isReversed,
          library,
          ...flagCure(fit, name, option),
        },
        severity: "error",
      };
    }
    case "not-a-choice": {
      const choices = verdict.choices.map(inWords);
      const closest = verdict.closest === undefined ? {} : { closest: inWords(verdict.closest) };
      return {
        facts: { code: "value-not-a-choice", name, value, choices, ...closest },
        severity: "error",
      };
    }
    case "wrong-type":
      // What a list's converter makes of its text is not known here.
      if (option.takes.kind === "list") return undefined;
      return {
        facts: { code: "value-of-wrong-type", name, value, wanted: verdict.wanted },
        severity: "error",
      };
    case "read-as-true":
      return { facts: { code: "boolean-read-as-true", name, value }, severity: "warning" };
  }
}

function nullProblem(
  fit: Fit,
  name: string,
  option: Option,
  verdict: ValueAcceptance,
  range: TextRange,
  isKey: boolean,
): ScriptProblem | undefined {
  if (verdict.verdict === "wrong-type" && option.takes.kind !== "list" && refusesNone(fit)) {
    return {
      code: "null-as-text",
      severity: severityIn(fit, "error"),
      range,
      name,
      wanted: verdict.wanted,
      related: related(option),
    };
  }
  // The script may well take None from `wandb.config`, and the text only on its way there.
  if (option.readsNone === true || isKey || option.takes.kind === "unknown") return undefined;
  const isChoice = option.choices?.includes("None") === true;
  if (isChoice || verdict.verdict === "refused-flag-value") return undefined;
  return {
    code: "null-as-text",
    severity: severityIn(fit, "warning"),
    range,
    name,
    related: related(option),
  };
}

// They hand the text to `int` and `float` as it is, for an optional number too.
const plainConverters: ReadonlySet<Library> = new Set([
  "argparse",
  "click",
  "typer",
  "hf-argument-parser",
]);

function refusesNone({ reading }: Fit): boolean {
  return reading.commandLines.every(({ library }) => plainConverters.has(library));
}

/** Distributions that draw numbers with a fraction. */
const fractional = new Set([
  "uniform",
  "log_uniform_values",
  "inv_log_uniform_values",
  "log_uniform",
  "inv_log_uniform",
  "normal",
  "log_normal",
  "beta",
]);

export function drawsFractionsForInteger(fit: Fit, swept: Swept): boolean {
  const acceptance = fit.acceptance(swept.name);
  const option = acceptance.verdict === "accepted" ? acceptance.option : undefined;
  return option?.takes.kind === "integer" && fractional.has(swept.distribution);
}

function drawnProblems(
  fit: Fit,
  { name, node, entry, distribution }: Swept,
  option: Option,
): readonly ScriptProblem[] {
  if (option.takes.kind !== "integer" || !fractional.has(distribution)) return [];
  const written = entryOf(node, "distribution")?.value.range;
  return [
    {
      code: "fractions-for-an-integer",
      severity: severityIn(fit, "error"),
      range: written ?? entry.keyRange,
      name,
      distribution,
      related: related(option),
    },
  ];
}

/**
 * A word that stands nowhere in the script, one slip away from one that does or that libraries know.
 * Only a hint: there are other libraries.
 */
function misspelt(fit: Fit, swept: Swept): readonly ScriptProblem[] {
  const { words } = fit.reading;
  const values = valuesOf(swept).filter(({ kind }) => kind === "scalar");
  const texts = values.map((node) => ({ node, text: toJson(node) }));
  return texts.flatMap(({ node, text }): readonly ScriptProblem[] => {
    if (typeof text !== "string" || !/^[a-z]{3,}$/.test(text)) return [];
    if (words.has(text) || valueWords.has(text)) return [];
    // Short words of a script are too many to tell a slip among them.
    const closest = swapsOf(text).find(
      (swap) => valueWords.has(swap) || (text.length >= 5 && words.has(swap)),
    );
    if (closest === undefined || texts.some((each) => each.text === closest)) return [];
    const { script } = fit;
    return [
      {
        code: "value-misspelt",
        severity: "hint",
        range: node.range,
        name: swept.name,
        value: text,
        closest,
        script,
      },
    ];
  });
}

/** The text with two neighbouring letters the other way round, which hardly ever is another word. */
function swapsOf(text: string): readonly string[] {
  return Array.from({ length: text.length - 1 }, (_, at) => {
    const swapped = `${text.charAt(at + 1)}${text.charAt(at)}`;
    return text.slice(0, at) + swapped + text.slice(at + 2);
  }).filter((swapped) => swapped !== text);
}
