/**
 * The tables of the reference, printed from the grammar: `docs/sweep-file.md` holds them between
 * marks, and a test keeps it in step.
 */
import * as z from "zod";
import { functions } from "../space/expression/functions.js";
import { commandMacros } from "./command-rules.js";
import { sampler } from "./deck-sampler-grammar.js";
import { stoppingRule } from "./deck-stopping-grammar.js";
import { factsOf } from "./facts.js";
import { sweepFile } from "./grammar.js";
import { definitions, distributionNames } from "./parameter-grammar.js";
import {
  choicesOf,
  expectations,
  factsThrough,
  isRequired,
  shapeOf,
  unwrap,
} from "./schema-shape.js";
import { typesOf, variantsOf } from "./variants.js";
import { wandbDifferences } from "./wandb-differences.js";

/** By the name that stands in its mark: `<!-- table: keys -->`. */
function referenceTables(): ReadonlyMap<string, string> {
  const shape = shapeOf(sweepFile);
  return new Map([
    ["keys", keyTable(sweepFile)],
    ["distributions", distributionTable()],
    ["metric", keyTable(shape["metric"])],
    ["early_terminate", keyTable(shape["early_terminate"])],
    ["sweepdeck", deckTable(shape["sweepdeck"])],
    ["samplers", variantTable(sampler)],
    ["stopping", variantTable(stoppingRule)],
    ["functions", functionTable()],
    ["macros", macroTable()],
    ["differences", differenceTable()],
  ]);
}

/** `markdown` with each marked table as it should be. */
export function withReferenceTables(markdown: string): string {
  const tables = referenceTables();
  return markdown.replace(
    /(<!-- table: (\w+) -->\n)[\s\S]*?(<!-- end -->)/g,
    (_, begin: string, name: string, end: string) => `${begin}${tables.get(name) ?? ""}${end}`,
  );
}

function keyTable(schema: z.ZodType | undefined): string {
  const rows = objectShape(schema).map(([key, of]) => keyRow(key, of));
  return table(["Key", "Value", "Default", "Meaning"], rows);
}

/** One level of its blocks is spelt out. */
function deckTable(schema: z.ZodType | undefined): string {
  const rows = objectShape(schema).flatMap(([key, of]) => [
    keyRow(key, of),
    ...objectShape(of).map(([inner, innerOf]) => keyRow(`${key}.${inner}`, innerOf)),
  ]);
  return table(["Key", "Value", "Default", "Meaning"], rows);
}

/** One row for each variant, and one for each option of it. */
function variantTable(union: z.ZodType): string {
  const rows = variantsOf(union).flatMap((variant) => {
    const [type = ""] = typesOf(variant);
    const meaning = factsThrough(shapeOf(variant)["type"] ?? variant)?.values?.[type] ?? "";
    const options = objectShape(variant).filter(([key]) => !sharedOptions.has(key));
    return [
      [`\`${type}\``, "", "", "", meaning],
      ...options.map(([key, of]) => ["", ...keyRow(key, of)]),
    ];
  });
  return table(["`type`", "Option", "Value", "Default", "Meaning"], rows);
}

/** What every variant has. */
const sharedOptions: ReadonlySet<string> = new Set(["type", "seed", "metric"]);

function functionTable(): string {
  const rows = [...functions.values()].map(({ signature, description }) => [
    `\`${signature}\``,
    description,
  ]);
  return table(["Function", "Gives"], rows);
}

function keyRow(key: string, schema: z.ZodType): readonly string[] {
  const facts = factsThrough(schema);
  const notes = [
    facts?.description ?? "",
    facts?.notYet === undefined ? "" : `*Not yet: ${facts.notYet}.*`,
    facts?.notUsed === undefined ? "" : `*Not used: ${lowerFirst(facts.notUsed)}.*`,
    valuesNotYet(facts?.valuesNotYet),
  ];
  const meaning = notes.filter((note) => note !== "").join(" ");
  return [`\`${key}\``, valueText(schema), defaultText(schema), meaning];
}

function valuesNotYet(values: Readonly<Record<string, string>> | undefined): string {
  const [first] = Object.values(values ?? {});
  return first === undefined ? "" : `*Not yet: ${codeList(Object.keys(values ?? {}))}; ${first}.*`;
}

function valueText(schema: z.ZodType): string {
  const choices = choicesOf(schema);
  const others = expectations(schema).filter((each) => !each.startsWith('"'));
  return [codeList(choices), ...others].filter((each) => each !== "").join(" or ");
}

function defaultText(schema: z.ZodType): string {
  if (schema instanceof z.ZodDefault) return `\`${String(schema.def.defaultValue)}\``;
  return isRequired(schema) ? "required" : "";
}

function distributionTable(): string {
  const rows = distributionNames.map((name) => {
    const schema = definitions[name];
    const shape = shapeOf(schema);
    const keys = Object.entries(shape).filter(([key]) => key !== "distribution");
    const needed = keys.filter(([, of]) => isRequired(of)).map(([key]) => key);
    const optional = keys
      .filter(([, of]) => !isRequired(of))
      .map(([key, of]) => `\`${key}\` (${defaultText(of).replaceAll("`", "")})`);
    const facts = factsOf(schema);
    const meaning =
      facts?.deprecated === undefined
        ? (facts?.description ?? "")
        : `${facts.description} *Deprecated: use \`${facts.deprecated}\`.*`;
    const isInferred = shape["distribution"] !== undefined && !isRequired(shape["distribution"]);
    return [`\`${name}\``, isInferred ? "yes" : "", codeList(needed), optional.join(", "), meaning];
  });
  return table(["`distribution`", "May be left out", "Needs", "Takes (default)", "Draws"], rows);
}

function macroTable(): string {
  const rows = Object.entries(commandMacros).map(([name, meaning]) => [`\`\${${name}}\``, meaning]);
  const variable = ["`${envvar:NAME}`", "An environment variable; may stand inside a word."];
  return table(["Macro", "Becomes"], [...rows, variable]);
}

function differenceTable(): string {
  const rows = wandbDifferences.map(({ here, what, why }) => [here, what, why]);
  return table(["Here", "What", "Why"], rows);
}

function objectShape(schema: z.ZodType | undefined): readonly [string, z.ZodType][] {
  const inner = schema === undefined ? undefined : unwrap(schema);
  return inner instanceof z.ZodObject ? Object.entries(shapeOf(inner)) : [];
}

function codeList(words: readonly string[]): string {
  return words.map((word) => `\`${word}\``).join(", ");
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const lines = [head, head.map(() => "---"), ...rows];
  return lines.map((cells) => `| ${cells.map(escapeBar).join(" | ")} |\n`).join("");
}

function escapeBar(cell: string): string {
  return cell.replaceAll("|", "\\|");
}
