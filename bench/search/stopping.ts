/**
 * Stopping rules on recorded curves, ours beside Optuna's and Ray's: what they spend, and whether the
 * best is still found. Rows come in random orders, four trials run at once.
 */
import { readFileSync } from "node:fs";
import { stream } from "../../src/space/random.js";
import { stoppingRulesFor } from "../../src/stopping/rules-for.js";
import { type Recording, replay } from "../../src/stopping/simulate.js";
import { parseSweep } from "../../src/sweep/parse.js";
import { quantile } from "../statistics.js";
import { askPython } from "./python.js";
import { markdown } from "./tables.js";

/** Curves, and the orders in which some of their rows are tried. */
export interface CurveSet {
  readonly file: string;
  readonly orders: readonly (readonly number[])[];
}

/** Best found over the best of all, share of the epochs, share of what they cost. */
type Outcome = readonly [ratio: number, epochs: number, cost: number];

const slots = 4;

/** As a sweep file writes it; `steps` is the length of a whole curve. */
type Rule = (steps: number) => string;

const asha: Rule = (steps) => `{sweepdeck: {stopping: [{type: asha, max_steps: ${steps}}]}}`;

const ours: readonly (readonly [about: string, rule: Rule])[] = [
  ["`asha`", asha],
  ["`hyperband`", (steps) => `{sweepdeck: {stopping: [{type: hyperband, max_steps: ${steps}}]}}`],
  ["`median`", () => "{sweepdeck: {stopping: [{type: median}]}}"],
  [
    "W&B's `early_terminate`, `min_iter: 3`",
    () => "{early_terminate: {type: hyperband, min_iter: 3}}",
  ],
];

/** Ray with the first rung of our `asha`, which is a share of a whole curve, and with its own, a report. */
const peers = [
  { about: "Ray's ASHA, as our `asha`", name: "ray-asha", share: 1 / 12, eta: 4 },
  { about: "Ray's ASHA, its defaults", name: "ray-asha", share: 0, eta: 4 },
  { about: "Optuna's Hyperband", name: "optuna-hyperband" },
  { about: "Optuna's median", name: "optuna-median" },
] as const;

/** `count` orders of `rows` of the rows of a file, the same in every run. */
export function ordersOf(file: string, rows: number, count: number): CurveSet {
  const total = rowsIn(file).length;
  const orders = Array.from({ length: count }, (_, order) => {
    const source = stream("orders").fork(order);
    const indexes = Array.from({ length: total }, (_, index) => ({ index, key: source.next() }));
    indexes.sort((a, b) => a.key - b.key);
    return indexes.slice(0, rows).map(({ index }) => index);
  });
  return { file, orders };
}

/** A table of all rules over the same orders; the peers' over the first `peerOrders` of each set. */
export function stoppingTable(sets: readonly CurveSet[], peerOrders: number): string {
  const fewer = sets.map(({ file, orders }) => ({ file, orders: orders.slice(0, peerOrders) }));
  const asked = { sets: fewer, slots, rules: peers };
  const theirs: readonly (readonly Outcome[])[] = JSON.parse(
    askPython("stopping_peers.py", JSON.stringify(asked)),
  );
  const rows = [
    ...ours.map(([about, rule]) => rowOf(about, outcomesOf(sets, rule))),
    rowOf("`asha`, in the peers' orders", outcomesOf(fewer, asha)),
    ...peers.map(({ about }, index) => rowOf(about, theirs[index] ?? [])),
  ];
  const head = [
    "",
    "orders",
    "best found",
    "9 of 10 below",
    "the very best kept",
    "epochs",
    "cost",
  ];
  return markdown(head, rows);
}

function outcomesOf(sets: readonly CurveSet[], rule: Rule): readonly Outcome[] {
  return sets.flatMap(({ file, orders }) => {
    const rows = rowsIn(file);
    const steps = rows[0]?.values["val_loss"]?.length ?? 0;
    const rules = rulesOf(rule(steps));
    return orders.map((order): Outcome => {
      const recordings = order.flatMap((index) => rows[index] ?? []);
      const measure = { name: "val_loss", goal: "minimize" } as const;
      const replayed = replay({ recordings, rules, slots, measure, value: "best" });
      const { bestFound, bestFull, reportsSpent, reportsFull, costSpent, costFull } = replayed;
      return [
        (bestFound ?? Number.NaN) / (bestFull ?? Number.NaN),
        reportsSpent / reportsFull,
        costSpent / costFull,
      ];
    });
  });
}

function rulesOf(rule: string): ReturnType<typeof stoppingRulesFor> {
  const text = `{program: a.py, method: random, metric: {name: val_loss, goal: minimize},
    parameters: {a: {min: 0.0, max: 1.0}}, ${rule.slice(1)}`;
  const { sweep, problems } = parseSweep(text);
  if (sweep === undefined) throw new Error(`${rule}: ${JSON.stringify(problems)}`);
  return stoppingRulesFor(sweep);
}

function rowOf(about: string, outcomes: readonly Outcome[]): readonly string[] {
  const ratios = outcomes.map(([ratio]) => ratio);
  const share = (values: readonly number[]) =>
    `${((100 * values.reduce((sum, each) => sum + each, 0)) / values.length).toFixed(0)} %`;
  return [
    about,
    String(outcomes.length),
    quantile(ratios, 0.5).toFixed(3),
    quantile(ratios, 0.9).toFixed(3),
    share(ratios.map((each) => Number(each < 1.0001))),
    share(outcomes.map(([, epochs]) => epochs)),
    share(outcomes.map(([, , cost]) => cost)),
  ];
}

const known = new Map<string, readonly Recording[]>();

function rowsIn(file: string): readonly Recording[] {
  const before = known.get(file);
  if (before !== undefined) return before;
  const lines = readFileSync(file, "utf8").trim().split("\n");
  const rows = lines.map((line): Recording => {
    const { val_loss, cost }: { val_loss: number[]; cost?: number[] } = JSON.parse(line);
    return { values: { val_loss }, ...(cost !== undefined && { costs: cost }) };
  });
  known.set(file, rows);
  return rows;
}
