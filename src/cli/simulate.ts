/** What a sweep's stopping rules would have saved, and lost, on trials whose curves are known. */
import type { Measure } from "../stopping/curves.js";
import type { StoppingRule } from "../stopping/rule.js";
import { stoppingRulesFor } from "../stopping/rules-for.js";
import { stopSentence } from "../stopping/sentence.js";
import { type Recording, type Replayed, replay } from "../stopping/simulate.js";
import type { Sweep } from "../sweep/sweep.js";
import { type Command, jsonOption, onlyWord, Unusable } from "./command.js";
import { printJson, printText, say, table, valueText } from "./output.js";
import { recordingsOf } from "./recordings.js";
import { sweepIn } from "./sweep-file.js";

export const simulate: Command = {
  name: "simulate",
  words: "FILE",
  summary: "Replay a sweep's stopping rules over recorded learning curves.",
  about:
    "Says what the rules of FILE would have saved, and whether the best trial would still have been found: all of them together, and each alone.",
  options: {
    curves: {
      type: "string",
      value: "CURVES",
      about: "a file of JSON lines, a trial each, with a list named like the metric; or a study",
    },
    slots: {
      type: "string",
      value: "N",
      about: "how many trials run at once (the sweep's own, or 1)",
    },
    json: jsonOption,
  },
  run: async (given) => {
    const file = onlyWord(simulate, given, "sweep file");
    const curves = given.text("curves");
    if (curves === undefined) {
      throw new Unusable("Say which curves: sweepdeck simulate sweep.yaml --curves curves.jsonl");
    }
    const sweep = sweepIn(file);
    const measure = measureOf(sweep, file);
    const recordings = await recordingsOf(curves, measure.name);
    const { parallel } = sweep.deck.slots;
    const slots = given.count("slots", 1) ?? (parallel === "auto" ? 1 : parallel);
    const simulation = simulationOf(sweep, measure, recordings, slots);
    if (given.flag("json")) printJson(recordOf(simulation));
    else tell(simulation);
    return 0;
  },
};

interface Simulation {
  readonly metric: string;
  readonly slots: number;
  readonly hasCosts: boolean;
  readonly together: Replayed;
  /** Of a sweep with several rules. */
  readonly alone: readonly { readonly name: string; readonly replayed: Replayed }[];
}

function measureOf(sweep: Sweep, file: string): Measure {
  const measure = sweep.metric ?? sweep.deck.objectives[0];
  if (measure !== undefined) return measure;
  throw new Unusable(`${file} has no metric, so no rule can compare its trials. Add one.`);
}

function simulationOf(
  sweep: Sweep,
  measure: Measure,
  recordings: readonly Recording[],
  slots: number,
): Simulation {
  const { value } = sweep.deck.metrics;
  const rules = stoppingRulesFor(sweep);
  const withRules = (some: readonly StoppingRule[]) =>
    replay({ recordings, rules: some, slots, measure, value });
  for (const { name, metric } of rules) {
    if (metric === undefined || recordings.some(({ values }) => metric in values)) continue;
    say(`${name} looks at ${metric}, of which there are no curves: here it stops nothing.`);
  }
  return {
    slots,
    hasCosts: recordings.some(({ costs }) => costs !== undefined),
    metric: measure.name,
    together: withRules(rules),
    alone:
      rules.length < 2
        ? []
        : rules.map((rule) => ({ name: rule.name, replayed: withRules([rule]) })),
  };
}

function recordOf({ together, alone, slots, hasCosts }: Simulation): object {
  return {
    ...replayRecord(together, hasCosts),
    slots,
    ...(alone.length > 0 && {
      rules: alone.map(({ name, replayed }) => ({
        rule: name,
        ...replayRecord(replayed, hasCosts),
      })),
    }),
  };
}

function replayRecord(replayed: Replayed, hasCosts: boolean): object {
  return {
    epochs_full: replayed.reportsFull,
    epochs_spent: replayed.reportsSpent,
    ...(hasCosts && { time_full: replayed.costFull, time_spent: replayed.costSpent }),
    best_full: replayed.bestFull,
    best_found: replayed.bestFound,
    stopped: replayed.stopped.map(({ row, step, as, why }) => ({
      row,
      step,
      rule: why.rule,
      reason: stopSentence(why),
      as,
      why,
    })),
  };
}

/** More stops are not listed. */
const stopsShown = 20;

function tell({ metric, slots, hasCosts, together, alone }: Simulation): void {
  const share = (spent: number, full: number) =>
    full === 0 ? "–" : `${((100 * spent) / full).toFixed(1)} %`;
  const rowOf = (name: string, replayed: Replayed) => [
    name,
    `${replayed.reportsSpent} of ${replayed.reportsFull}`,
    share(replayed.reportsSpent, replayed.reportsFull),
    ...(hasCosts ? [share(replayed.costSpent, replayed.costFull)] : []),
    String(replayed.stopped.length),
    numberText(replayed.bestFound),
    numberText(replayed.bestFull),
  ];
  const head = ["rules", "reports", "spent", ...(hasCosts ? ["time"] : []), "stopped"];
  const rows = alone.map(({ name, replayed }) => rowOf(name, replayed));
  const name = alone.length > 0 ? "all together" : (together.stopped[0]?.why.rule ?? "the sweep's");
  printText(
    table([[...head, `best ${metric} found`, "best of all"], ...rows, rowOf(name, together)]),
  );
  const stops = together.stopped.slice(0, stopsShown);
  if (stops.length > 0) printText("");
  for (const { row, why } of stops) printText(`trial ${row}: ${stopSentence(why)}`);
  const more = together.stopped.length - stops.length;
  if (more > 0) say(`… and ${more} more, all of them with --json.`);
  say(`${slots === 1 ? "1 trial" : `${slots} trials`} at a time.`);
}

function numberText(value: number | null): string {
  return value === null ? "–" : valueText(value);
}
