/** A sweep file without its `sweepdeck:` block: what W&B takes, and what stays behind. */
import type { StoppingChoice } from "../../sweep/deck-types.js";
import type { ParsedSweep } from "../../sweep/parse.js";
import { entryOf, isNull, type MapEntry, type MapNode, textOf, valueAt } from "../../sweep/tree.js";
import { lineOf, newlineOf, removalOf, rewordAt, type TextEdit } from "../edit.js";
import { yamlValue } from "../practice/practice.js";
import type { Action } from "./action.js";
import { isFlow } from "./redefine.js";

export interface PortableSweep {
  readonly edits: readonly TextEdit[];
  readonly lost: readonly Loss[];
}

/** What W&B has no word for, or another meaning. */
export type Loss =
  /** A key of the block. */
  | { readonly kind: "key"; readonly key: string }
  | { readonly kind: "sampler"; readonly type: string }
  | { readonly kind: "sampler-options"; readonly keys: readonly string[] }
  | { readonly kind: "rules"; readonly types: readonly string[] }
  /** Carried over as `early_terminate`. */
  | { readonly kind: "hyperband-differs"; readonly type: string };

export function makePortable(parsed: ParsedSweep): Action | undefined {
  const { root } = parsed.document;
  const portable = portableSweep(parsed);
  if (entryOf(root, "sweepdeck") === undefined || portable === undefined) return undefined;
  const { edits, lost } = portable;
  const kind = "refactor.rewrite";
  const title = "Make portable to W&B (without the sweepdeck block)";
  return { title, kind, edits, lost: lost.map(lossMessage) };
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
  const isOfMetric = rule?.metric === undefined || rule.metric === sweep.metric?.name;
  const carried = isFree && isOfMetric ? rule : undefined;
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

type Halving = Extract<StoppingChoice, { type: "asha" | "hyperband" }>;

function halvingRule(rules: readonly StoppingChoice[]): Halving | undefined {
  return rules.find((rule) => rule.type === "asha" || rule.type === "hyperband");
}

/** In W&B bands follow `min_iter` by factors of `eta`, as rungs do. */
function hyperbandText({ minSteps = 1, eta }: Halving, newline: string): string {
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

const ofKeys: Readonly<Record<string, string>> = {
  slots: "in W&B each agent runs one trial at a time; start one agent for each GPU.",
  metrics: "W&B takes what the script logs with `wandb.log`, and its last value.",
  limits: "W&B sets no limits of time, memory or failures; an agent's are its options.",
  retries: "W&B does not try a failed run again.",
  env: "set these variables where the agents are started.",
  cwd: "start the agents in this folder.",
  executor: "start the agents there yourself.",
  initial: "W&B draws its first configurations like all others.",
  conditions: "in W&B every run gets every parameter.",
  constraints: "W&B tries what they forbid too.",
  zip: "W&B tries every combination.",
  repeats: "W&B tries each configuration once.",
  objectives: "W&B goes by `metric` alone.",
};

export function lossMessage(loss: Loss): string {
  switch (loss.kind) {
    case "key":
      return `\`${loss.key}\`: ${ofKeys[loss.key] ?? "W&B has nothing like it."}`;
    case "sampler":
      return `\`sampler\`: W&B has its own samplers, and none is \`${loss.type}\`.`;
    case "sampler-options":
      return `\`sampler\`: W&B knows no ${inCode(loss.keys)}.`;
    case "rules":
      return `\`stopping\`: W&B has no rule like ${inCode(loss.types)}.`;
    case "hyperband-differs":
      return `\`stopping\`: for \`${loss.type}\` there is W&B's hyperband, which compares again at every report, and counts logged values.`;
  }
}

function inCode(words: readonly string[]): string {
  return words.map((word) => `\`${word}\``).join(", ");
}

function lostOf(
  deck: MapEntry["value"],
  stopping: readonly StoppingChoice[],
  carried: Halving | undefined,
): readonly Loss[] {
  if (deck.kind !== "map") return [];
  const given = deck.entries.filter(({ value }) => !isNull(value)).map(({ key }) => key);
  const types = stopping.filter((rule) => rule !== carried).map(({ type }) => type);
  return [
    ...samplerLosses(valueAt(deck, "sampler")),
    ...given
      .filter((key) => key !== "sampler" && key !== "stopping")
      .map((key): Loss => ({ kind: "key", key })),
    ...(types.length === 0 ? [] : [{ kind: "rules", types } as const]),
    ...(carried === undefined ? [] : [{ kind: "hyperband-differs", type: carried.type } as const]),
  ];
}

function samplerLosses(sampler: ReturnType<typeof valueAt>): readonly Loss[] {
  if (sampler?.kind !== "map") return [];
  const type = textOf(valueAt(sampler, "type"));
  const keys = sampler.entries.map(({ key }) => key).filter((key) => key !== "type");
  const isKnown = type === undefined || type === "random" || type === "auto";
  return [
    ...(isKnown ? [] : [{ kind: "sampler", type } as const]),
    ...(keys.length === 0 ? [] : [{ kind: "sampler-options", keys } as const]),
  ];
}
