/** `docs/established-practice.md`, printed from the data; a test keeps it in step. */
import { budgetRules } from "./budget.js";
import { couplings } from "./couplings.js";
import { families } from "./families/all.js";
import {
  type Area,
  areas,
  type Evidence,
  type Family,
  type Fields,
  type ProposalRule,
  type Width,
} from "./family.js";
import { ordinal } from "./markdown.js";
import { type Direction, directions, splits } from "./metric-words.js";
import { type Source, shortTitle, sourceOf, sources } from "./sources.js";
import { yamlFieldsOf } from "./yaml-fields.js";

const opening = `# Established practice

What Sweepdeck proposes for a parameter, why, and what it advises against. The tables are printed from the data in \`src/language/practice/\` (\`npx tsx scripts/write-reference.ts\`).

A name is compared without regard to case, \`-\` for \`_\`, and by its last part: \`SOLVER.BASE_LR\` is \`base_lr\`. Names in italics mean several things, and are taken for this one only where something beside them tells: other parameters, the part of the name before the last dot, or the words of the script.

*d* is the script's own default; those of frameworks are of the versions listed under Sources. Behind each statement stands where it comes from, and how far it can be relied on:
- **read**: in the source or its documentation, or printed by the installed package;
- **from memory**: cited without having been read again;
- **judgement**: no source fixes it, a sensible choice of ours;
- **measured on surrogates**: total effects on published surrogate benchmarks, not on training runs.
`;

export function practiceReference(): string {
  return [
    opening,
    ...areas.map(areaSection),
    "## What goes together\n",
    couplingTable(),
    "## How many runs\n",
    budgetTable(),
    "## Names of metrics\n",
    metricsText(),
    "## Sources\n",
    sourceTable(),
  ].join("\n");
}

function areaSection(area: Area): string {
  const members = families.filter((family) => family.area === area);
  const heading = `## ${area.charAt(0).toUpperCase()}${area.slice(1)}\n\n`;
  const kept = members.every(({ role }) => role !== "search");
  return heading + (kept ? keptTable(members) : familyTable(members));
}

function familyTable(members: readonly Family[]): string {
  const rows = members.flatMap((family) => {
    const { title, order, proposals } = family;
    const advice = adviceOf(family);
    const preset = family.defaults === undefined ? "" : `<br>Defaults: ${family.defaults}.`;
    const head = [`**${title}**<br>${namesOf(family)}${preset}`];
    const importance =
      order === undefined
        ? "leave it"
        : `${ordinal(order.place)}. ${order.because} ${evidence(order)} ${advice}`.trimEnd();
    if (proposals.length === 0) return [[...head, "", advice, importance]];
    return proposals.map((rule, index) => [
      ...(index === 0 ? head : [""]),
      proposalCell(rule),
      `${rule.reason} ${evidence(rule)}`,
      index === 0 ? importance : "",
    ]);
  });
  return table(["Parameter", "Proposal", "Why", "Importance"], rows);
}

function keptTable(members: readonly Family[]): string {
  const rows = members.map((family) => [
    `**${family.title}**<br>${namesOf(family)}`,
    adviceOf(family),
  ]);
  return table(["Parameter", "What to do"], rows);
}

function adviceOf({ advice }: Family): string {
  return advice === undefined ? "" : `${advice.text} ${evidence(advice)}`;
}

function namesOf({ spellings = [], shared }: Family): string {
  const own = spellings.map((name) => `\`${name}\``);
  const others = (shared?.spellings ?? []).map((name) => `*\`${name}\`*`);
  const signs = shared === undefined ? "" : ` (${shared.signs.join(", ")})`;
  return `${[...own, ...others].join(", ")}${signs}`;
}

function proposalCell({ where, around, usual, usualFirst, off }: ProposalRule): string {
  const parts = [
    where === undefined ? "" : `With ${where.join(" and ")}:`,
    usual === undefined ? "" : inCode(usual),
    around === undefined ? "" : aroundInWords(around, usualFirst ?? false),
    off === undefined ? "" : `where *d* is 0: ${inCode(off)}`,
  ];
  return parts.filter((part) => part !== "").join("<br>");
}

function aroundInWords(width: Width, usualFirst: boolean): string {
  const words = widthInWords(width);
  return usualFirst ? `where *d* lies outside: ${words}` : words;
}

function widthInWords(width: Width): string {
  switch (width.rule) {
    case "scale":
      return `*d* / ${width.factor} to *d* × ${width.factor}, by factors`;
    case "near-one":
      return "values by the distance from 1, from five times that of *d* to a fifth";
    case "fraction":
      return `*d* - 0.3 to *d* + 0.3, within ${width.min} and ${width.max}`;
    case "sizes":
      return `*d* × ${width.factors.join(", ")}`;
    case "count":
      return "*d* - 2 to *d* + 2";
    case "large-count":
      return "*d* / 4 to *d* × 4, by factors";
    case "usual-values":
      return "with *d* among them";
    case "words":
      return `of ${width.usual.map((word) => `\`${word}\``).join(", ")} what the script takes, and *d*`;
  }
}

function inCode(fields: Fields): string {
  const written = yamlFieldsOf(fields).map(([key, text]) => `${key}: ${text}`);
  return `\`{${written.join(", ")}}\``;
}

const titles = new Map(families.map(({ id, title }) => [id, title]));

function couplingTable(): string {
  const rows = couplings.map((coupling) => [
    coupling.between.map((name) => titles.get(name) ?? name).join(" and "),
    `${coupling.text} ${evidence(coupling)}`,
    { alone: "the first is searched alone", twice: "both are searched", note: "" }[coupling.kind],
  ]);
  return table(["Parameters", "What to know", "Said where"], rows);
}

function budgetTable(): string {
  const rows = budgetRules.map((rule) => [
    `up to ${rule.runs}`,
    String(rule.parameters),
    `${rule.reason} ${evidence(rule)}`,
  ]);
  return table(["Runs", "Parameters", "Why"], rows);
}

function metricsText(): string {
  const rows = (["minimize", "maximize"] as const).map((goal) => [
    goal,
    wordsToward(goal, "clear"),
    [wordsToward(goal, "likely"), wordsToward(goal, "generic")].filter((each) => each).join(", "),
  ]);
  const data = (["validation", "train", "test"] as const).map((split) => [
    split,
    [...splits]
      .filter(([, of]) => of === split)
      .map(([word]) => `\`${word}\``)
      .join(", "),
  ]);
  return `The last word that says something decides: \`reward_loss\` is a loss, \`fid_score\` is an FID. \`neg_\` turns it round; a drop is minimized, a gain maximized.

${table(["Goal", "Words that mean nothing else", "Words that mostly mean it"], rows)}
${table(["Measured on", "Words"], data)}`;
}

/** The sources by their short names; `## Sources` has them in full. */
function evidence({ sources: keys, standing }: Evidence): string {
  return `*${[...keys.map((key) => shortTitle(sourceOf(key))), standing].join(", ")}*`;
}

function sourceTable(): string {
  const rows = Object.values<Source>(sources).map(({ title, url = "" }) => [title, url]);
  return table(["Source", "Where"], rows);
}

function wordsToward(goal: Direction["goal"], weight: Direction["weight"]): string {
  return [...directions]
    .filter(([, direction]) => direction.goal === goal && direction.weight === weight)
    .map(([word]) => word)
    .join(", ");
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const lines = [head, head.map(() => "---"), ...rows];
  return lines
    .map((cells) => `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |\n`)
    .join("");
}
