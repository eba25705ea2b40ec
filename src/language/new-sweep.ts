/**
 * A whole new sweep, made from what a training script says of itself: the defaults first, then the
 * few parameters that matter most around them, and the rest as comments to take in.
 */
import type { ScriptReading } from "../script/reading.js";
import { defaultCommand } from "../sweep/sweep.js";
import { macroFor, passableBy, type Sweepable, sweepablesOf, takesConfigKeys } from "./options.js";
import { fileName, type ParameterProposal, parameterFor } from "./parameter-proposal.js";
import { budgetRules } from "./practice/budget.js";
import { type Context, metricFacts, objectivesFirst, yamlValue } from "./practice/practice.js";
import { shownName } from "./reports.js";
import { escaped, newFields, written } from "./snippet.js";

export { describeReading } from "./reading-words.js";

export interface NewSweep {
  /** `train.sweep.yaml` for `train.py`. */
  readonly fileName: string;
  /** As it is written to a file. */
  readonly text: string;
  /** The same in the syntax of TextMate, with fields to go through. */
  readonly snippet: string;
}

/** What is written in a file and in a snippet alike. */
interface Pen {
  /** Stands for itself. */
  plain(text: string): string;
  /** Is likely to be changed. */
  field(text: string): string;
  choice(values: readonly string[]): string;
}

/** `program`: how the new file names the script, relative to its own folder. */
export function newSweepFrom(reading: ScriptReading, program: string): NewSweep {
  const plan = planOf(reading);
  const fields = newFields();
  const snippet: Pen = { plain: escaped, field: fields.text, choice: fields.choice };
  const text: Pen = {
    plain: (each) => each,
    field: (each) => each,
    choice: ([first = ""]) => first,
  };
  return {
    fileName: `${fileName(program).replace(/\.\w+$/, "")}.sweep.yaml`,
    text: linesOf(plan, program, text).join("\n"),
    snippet: linesOf(plan, program, snippet).join("\n"),
  };
}

interface Plan {
  /** In the order of their importance. */
  readonly searched: readonly ParameterProposal[];
  /** What the script asks for and has no default for. */
  readonly required: readonly Sweepable[];
  readonly others: readonly ParameterProposal[];
  readonly metric: Metric | undefined;
  readonly runs: number;
  readonly macro: string;
}

interface Metric {
  /** The best to judge by first. */
  readonly names: readonly [string, ...string[]];
  readonly goal: "minimize" | "maximize";
  /** Whether its name tells the goal. */
  readonly isGoalTold: boolean;
}

const mostSearched = 4;
const leastSearched = 2;
/** Ranks below this are the first two places of the tables of practice. */
const telling = 30;
const othersListed = 16;
const metricsListed = 8;

function planOf(reading: ScriptReading): Plan {
  const macro = macroFor(reading);
  const options = passableBy(macro, sweepablesOf(reading, [])).filter(
    ({ from }) => from !== "wandb.config" || takesConfigKeys(reading, []),
  );
  const context = contextOf(reading, options);
  const proposals = options
    .map((option) => parameterFor(option, context))
    .sort((a, b) => a.rank - b.rank);
  const known = proposals.filter(({ role }) => role === "search");
  const first = known.filter(({ rank }) => rank < telling).slice(0, mostSearched);
  const searched = first.length < leastSearched ? fallback(known, proposals) : first;
  const required = options.filter(
    (option) => option.isRequired && option.default === undefined && !has(searched, option),
  );
  return {
    searched,
    required,
    others: proposals.filter(({ option }) => !has(searched, option) && !required.includes(option)),
    metric: metricOf(reading),
    runs: budgetRules.find(({ parameters }) => parameters >= searched.length)?.runs ?? 60,
    macro,
  };
}

/** Of a script of which practice knows little, what can be searched at all. */
function fallback(
  known: readonly ParameterProposal[],
  proposals: readonly ParameterProposal[],
): readonly ParameterProposal[] {
  const candidates = known.length > 0 ? known : proposals.filter(isCandidate);
  return candidates.slice(0, leastSearched);
}

/** Of which nothing tells that it is better left alone. */
function isCandidate(proposal: ParameterProposal): boolean {
  return isVaried(proposal) && proposal.role === undefined;
}

function isVaried({ fields }: ParameterProposal): boolean {
  return fields.every(([key]) => key !== "value");
}

function has(proposals: readonly ParameterProposal[], option: Sweepable): boolean {
  return proposals.some((proposal) => proposal.option === option);
}

function contextOf({ words }: ScriptReading, options: readonly Sweepable[]): Context {
  const settings = options.flatMap(({ called, default: preset }) =>
    preset === undefined ? [] : [[called, preset] as const],
  );
  return {
    siblings: options.map(({ called }) => called),
    settings: Object.fromEntries(settings),
    words,
    method: "random",
  };
}

/** Validation first; a name of which a part is known to a run alone is no name to write down. */
function metricOf({ metrics }: ScriptReading): Metric | undefined {
  const whole = metrics.reported.filter(({ name }) => name.every((part) => part !== null));
  const names = [...new Set(whole.map(shownName))];
  const ordered = objectivesFirst(names);
  const name = ordered.find((each) => metricFacts(each).goal !== undefined);
  const chosen = name ?? ordered[0];
  if (chosen === undefined) return undefined;
  const { goal } = metricFacts(chosen);
  const others = ordered.filter((each) => each !== chosen).slice(0, metricsListed - 1);
  return { names: [chosen, ...others], goal: goal ?? "minimize", isGoalTold: goal !== undefined };
}

function linesOf(plan: Plan, program: string, pen: Pen): readonly string[] {
  const isEmpty = plan.searched.length + plan.required.length === 0;
  return [
    pen.plain(`program: ${written(program)}`),
    "method: random",
    ...metricLines(plan.metric, pen),
    `run_cap: ${chosenOf(runCaps(plan.runs), pen)}`,
    ...commandLines(plan.macro, pen),
    "parameters:",
    ...searchedLines(plan.searched, pen),
    ...plan.required.flatMap((option) => requiredLines(option, pen)),
    ...(isEmpty ? placeholderLines(plan, pen) : []),
    ...otherLines(isEmpty ? plan.others.slice(1) : plan.others, pen),
    "sweepdeck:",
    "  # The script's own defaults are tried first.",
    "  initial: [defaults]",
    "",
  ];
}

/** What there is no choice of is not asked for. */
function chosenOf(values: readonly string[], pen: Pen): string {
  const [only = ""] = values;
  return values.length > 1 ? pen.choice(values) : pen.plain(only);
}

/** The fitting one first. */
function runCaps(fitting: number): readonly string[] {
  return [...new Set([fitting, ...budgetRules.map(({ runs }) => runs)])].map(String);
}

function metricLines(metric: Metric | undefined, pen: Pen): readonly string[] {
  if (metric === undefined) {
    return [
      "# No metric was found in the script. Name here what it reports, and the trials are ranked:",
      "# metric: {name: val_loss, goal: minimize}",
    ];
  }
  const other = metric.goal === "minimize" ? "maximize" : "minimize";
  return [
    "metric:",
    `  name: ${chosenOf(metric.names.map(written), pen)}`,
    `  goal: ${pen.choice([metric.goal, other])}${metric.isGoalTold ? "" : " # its name does not say"}`,
  ];
}

/** None where W&B's default does. */
function commandLines(macro: string, pen: Pen): readonly string[] {
  if (defaultCommand.includes(macro)) return [];
  const words = [...defaultCommand.slice(0, -1), macro];
  return ["command:", ...words.map((word) => pen.plain(`  - ${word}`))];
}

interface Nested {
  readonly keys: readonly string[];
  readonly lines: readonly string[];
}

function searchedLines(searched: readonly ParameterProposal[], pen: Pen): readonly string[] {
  const entries = searched.map(({ option, fields }) => ({
    keys: keysOf(option).map((key) => pen.plain(written(key))),
    lines: fields.map(([key, text]) => {
      if (key === "distribution") return `${key}: ${text}`;
      const list = /^\[(.*)\]$/.exec(text)?.[1];
      return `${key}: ${list === undefined ? pen.field(text) : `[${pen.field(list)}]`}`;
    }),
  }));
  return nestedLines(entries).map(indented);
}

/** Keys within keys of `wandb.config` are groups; on a command line a name with dots is a name. */
function keysOf({ from, name }: Sweepable): readonly string[] {
  return from === "wandb.config" ? name.split(".") : [name];
}

function nestedLines(entries: readonly Nested[]): readonly string[] {
  const heads = [...new Set(entries.map(({ keys: [head = ""] }) => head))];
  return heads.flatMap((head) => {
    const own = entries.filter(({ keys }) => keys[0] === head);
    const inner = own
      .filter(({ keys }) => keys.length > 1)
      .map(({ keys, lines }) => ({ keys: keys.slice(1), lines }));
    const inside =
      inner.length > 0
        ? ["parameters:", ...nestedLines(inner).map(indented)]
        : own.flatMap(({ lines }) => lines);
    return [`${head}:`, ...inside.map(indented)];
  });
}

function indented(line: string): string {
  return `  ${line}`;
}

function requiredLines({ name }: Sweepable, pen: Pen): readonly string[] {
  return [
    pen.plain(`  ${written(name)}: # the script asks for it`),
    `    value: ${pen.field('""')}`,
  ];
}

/** Where nothing of the script can be searched as it is: its first option, else any name. */
function placeholderLines({ others: [first] }: Plan, pen: Pen): readonly string[] {
  if (first === undefined) {
    return [
      "  # No parameter was found in the script.",
      `  ${pen.field("lr")}:`,
      `    values: [${pen.field("0.0001, 0.001, 0.01")}]`,
    ];
  }
  const { option } = first;
  const preset = option.default === undefined ? '""' : yamlValue(option.default);
  return [`  ${pen.field(written(option.name))}:`, `    values: [${pen.field(preset)}]`];
}

/** As comments, each of which is a parameter once its mark is taken out. */
function otherLines(others: readonly ParameterProposal[], pen: Pen): readonly string[] {
  if (others.length === 0) return [];
  // A text that is the same in every trial is not worth a line.
  const worthALine = others.filter((other) => isVaried(other) || other.role === "budget");
  const listed = worthALine.slice(0, othersListed).map(({ option, fields }) => {
    const definition = fields
      .map(([key, text]) => `${key}: ${text === "" ? '""' : text}`)
      .join(", ");
    const keys = keysOf(option).map(written);
    const opening = keys.join(": {parameters: {");
    return pen.plain(`  # ${opening}: {${definition}}${"}}".repeat(keys.length - 1)}`);
  });
  const unlisted = [
    ...worthALine.slice(othersListed),
    ...others.filter((each) => !worthALine.includes(each)),
  ];
  return [
    ...(listed.length > 0 ? ["  # The script takes these too, the most telling first:"] : []),
    ...listed,
    ...(unlisted.length > 0 ? [pen.plain(unlistedLine(unlisted))] : []),
  ];
}

const lineFits = 100;

/** As many by name as fit a line, at least the first. */
function unlistedLine(unlisted: readonly ParameterProposal[]): string {
  const [first = "", ...others] = unlisted.map(({ option }) => written(option.name));
  let line = `  # The script also takes ${first}`;
  for (const [index, name] of others.entries()) {
    const left = others.length - index - 1;
    const next = `${line}, ${name}`;
    if (next.length + (left > 0 ? ` and ${left} more.`.length : 1) > lineFits) {
      return `${line} and ${left + 1} more.`;
    }
    line = next;
  }
  return `${line}.`;
}
