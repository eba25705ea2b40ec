/** A sweep file without its `sweepdeck:` block: what W&B takes, and what stays behind. */
import type { StoppingRule } from "../../sweep/deck-types.js";
import type { ParsedSweep } from "../../sweep/parse.js";
import { entryOf, isNull, type MapEntry, type MapNode, textOf, valueAt } from "../../sweep/tree.js";
import { lineOf, removalOf, rewordAt, type TextEdit } from "../edit.js";
import { yamlValue } from "../practice/practice.js";
import type { Action } from "./action.js";
import { isFlow, newlineOf } from "./redefine.js";

export interface PortableSweep {
  readonly edits: readonly TextEdit[];
  /** What W&B has no word for, a sentence each. */
  readonly lost: readonly string[];
}

export function makePortable(parsed: ParsedSweep): Action | undefined {
  const { root } = parsed.document;
  const portable = portableSweep(parsed);
  if (entryOf(root, "sweepdeck") === undefined || portable === undefined) return undefined;
  const { edits, lost } = portable;
  const kind = "refactor.rewrite";
  return { title: "Make portable to W&B (without the sweepdeck block)", kind, edits, lost };
}

/**
 * What the block says is said in W&B's words where there are some: the sampler by `method`, the
 * first rule of successive halving by `early_terminate`. Undefined where the file has errors, or
 * the block cannot be taken out of its line.
 */
export function portableSweep({
  document,
  problems,
  sweep,
}: ParsedSweep): PortableSweep | undefined {
  const { text, root } = document;
  if (sweep === undefined || root?.kind !== "map") return undefined;
  // W&B reads such numbers as text.
  const numbers = problems.flatMap((problem): readonly TextEdit[] =>
    problem.code === "number-without-dot"
      ? [{ range: problem.range, newText: problem.replacement }]
      : [],
  );
  const deck = entryOf(root, "sweepdeck");
  if (deck === undefined) return { edits: numbers, lost: [] };
  const rule = halvingRule(sweep.deck.stopping);
  const isFree = entryOf(root, "early_terminate") === undefined && sweep.metric !== undefined;
  const carried = isFree ? rule : undefined;
  const removal = deckRemoval(text, root, deck, carried && hyperbandText(carried, newlineOf(text)));
  if (removal === undefined) return undefined;
  const outside = numbers.filter(
    ({ range }) => range.end <= removal.range.start || range.start >= removal.range.end,
  );
  return {
    edits: [
      ...methodEdits(text, root, sweep.deck.sampler.type, sweep.metric !== undefined),
      ...outside,
      removal,
    ],
    lost: lostOf(deck.value, sweep.deck.stopping, carried),
  };
}

type Halving = Extract<StoppingRule, { type: "asha" | "hyperband" }>;

function halvingRule(rules: readonly StoppingRule[]): Halving | undefined {
  return rules.find((rule) => rule.type === "asha" || rule.type === "hyperband");
}

/** In W&B bands follow `min_iter` by factors of `eta`, as rungs do. */
function hyperbandText({ minSteps, eta }: Halving, newline: string): string {
  const fields = ["type: hyperband", `min_iter: ${minSteps}`, `eta: ${yamlValue(eta)}`];
  return `early_terminate:${fields.map((field) => `${newline}  ${field}`).join("")}${newline}`;
}

function deckRemoval(
  text: string,
  root: MapNode,
  deck: MapEntry,
  instead = "",
): TextEdit | undefined {
  if (isFlow(text, root)) return undefined;
  const removal = removalOf(text, deck.keyRange);
  if (removal === undefined) return undefined;
  const { before } = lineOf(text, deck.keyRange.start);
  return { range: removal.range, newText: instead === "" ? "" : before + instead };
}

/** The method that comes closest to a sampler. */
function methodEdits(
  text: string,
  root: MapNode,
  sampler: string | undefined,
  hasMetric: boolean,
): readonly TextEdit[] {
  const method = entryOf(root, "method");
  if (method === undefined || sampler === undefined || sampler === "auto") return [];
  const isRandom = sampler === "random" || sampler === "sobol" || !hasMetric;
  const meant = isRandom ? "random" : "bayes";
  const current = textOf(method.value);
  return current === meant ? [] : [rewordAt(text, method.value.range, meant)];
}

const losses: Readonly<Record<string, string>> = {
  slots: "`slots`: in W&B each agent runs one trial at a time; start one agent for each GPU.",
  metrics: "`metrics`: W&B takes what the script logs with `wandb.log`, and its last value.",
  limits: "`limits`: W&B sets no limits of time, memory or failures; an agent's are its options.",
  retries: "`retries`: W&B does not try a failed run again.",
  env: "`env`: set these variables where the agents are started.",
  cwd: "`cwd`: start the agents in this folder.",
  executor: "`executor`: start the agents there yourself.",
  initial: "`initial`: W&B draws its first configurations like all others.",
  conditions: "`conditions`: in W&B every run gets every parameter.",
  constraints: "`constraints`: W&B tries what they forbid too.",
  zip: "`zip`: W&B tries every combination.",
  repeats: "`repeats`: W&B tries each configuration once.",
  objectives: "`objectives`: W&B goes by `metric` alone.",
};

function lostOf(
  deck: MapEntry["value"],
  stopping: readonly StoppingRule[],
  carried: Halving | undefined,
): readonly string[] {
  if (deck.kind !== "map") return [];
  const given = deck.entries.filter(({ value }) => !isNull(value)).map(({ key }) => key);
  const rules = stopping.filter((rule) => rule !== carried).map(({ type }) => `\`${type}\``);
  return [
    ...samplerLosses(valueAt(deck, "sampler")),
    ...given.flatMap((key) => losses[key] ?? []),
    ...(rules.length === 0 ? [] : [`\`stopping\`: W&B has no rule like ${rules.join(", ")}.`]),
    ...(carried === undefined
      ? []
      : ["`stopping`: W&B's hyperband compares again at every report, and counts logged values."]),
  ];
}

function samplerLosses(sampler: ReturnType<typeof valueAt>): readonly string[] {
  if (sampler?.kind !== "map") return [];
  const type = textOf(valueAt(sampler, "type"));
  const others = sampler.entries.filter(({ key }) => key !== "type").map(({ key }) => `\`${key}\``);
  return [
    ...(type === undefined || type === "random" || type === "auto"
      ? []
      : [`\`sampler\`: W&B has its own samplers, and none is \`${type}\`.`]),
    ...(others.length === 0 ? [] : [`\`sampler\`: W&B knows no ${others.join(", ")}.`]),
  ];
}
