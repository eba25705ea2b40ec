/** The tables that the bench prints, as Markdown. */
import {
  type Difference,
  difference,
  geometricMean,
  mean,
  type Scores,
  type Side,
  winRate,
} from "./score.js";
import { holm, signedRank } from "./significance.js";

export const budgets = [25, 50, 100] as const;

/** Optuna's samplers of the same approach. */
const namesakes: readonly (readonly [ours: string, theirs: string])[] = [
  // A Gaussian process, as far as these studies go.
  ["auto", "optuna-gp"],
  ["gp", "optuna-gp"],
  ["tpe", "optuna-tpe"],
  ["cmaes", "optuna-cmaes"],
  ["random", "optuna-random"],
  ["sobol", "optuna-random"],
];

/** Ours over the better of Optuna's GP and TPE, which is chosen by objective and budget. */
export function againstTheBetter(scores: Scores, ours: readonly string[]): string {
  const single = scores.objectives.filter((each) => !isFront(each));
  const networks = single.filter((each) => each.startsWith("lcbench-"));
  const others = single.filter((each) => !networks.includes(each));
  const groups = [
    ["all", single],
    ["LCBench", networks],
    ["the others", others],
  ] as const;
  const rows = ours.flatMap((contender) =>
    groups.flatMap(([about, objectives]) => {
      const over = (trials: number, by: By) =>
        objectives.flatMap((each) => overTheBetter(scores, each, contender, trials, by) ?? []);
      const last = over(100, "end");
      if (last.length === 0) return [];
      const cells = budgets.map((trials) => ratioText(over(trials, "end")));
      const wins = percent(winRate(last.flatMap(({ pairs }) => pairs)));
      return [
        [`\`${contender}\``, about, seedsText(last), ...cells, ratioText(over(100, "area")), wins],
      ];
    }),
  );
  const head = ["", "objectives", "of them, seeds", ...budgetHeads, "area", "wins @100"];
  return markdown(head, rows);
}

/** Ours over Optuna's sampler of the same approach. */
export function againstNamesakes(scores: Scores, ours: readonly string[]): string {
  const pairs = namesakes.filter(([contender]) => ours.includes(contender));
  return sideBySide(
    scores,
    pairs.map(([contender, peer]) => [
      `\`${contender}\` over ${peer}`,
      { contender },
      { contender: peer },
    ]),
  );
}

/** With two objectives: what of the hypervolume is missing, over Optuna's sampler of that kind. */
export function fronts(scores: Scores, contenders: readonly string[]): string {
  return sideBySide(
    scores,
    contenders.map((contender) => [
      `\`${contender}\` over optuna-nsga2`,
      { contender },
      { contender: "optuna-nsga2" },
    ]),
    scores.objectives.filter(isFront),
  );
}

function isFront(objective: string): boolean {
  return objective.startsWith("front-");
}

/** With four trials in flight over one after another. */
export function inFlight(scores: Scores, contenders: readonly string[]): string {
  return sideBySide(
    scores,
    contenders.map((contender) => [`\`${contender}\``, { contender, inFlight: 4 }, { contender }]),
  );
}

function sideBySide(
  scores: Scores,
  sides: readonly (readonly [about: string, ours: Side, theirs: Side])[],
  objectives = scores.objectives.filter((each) => !isFront(each)),
): string {
  const rows = sides.flatMap(([about, ours, theirs]) => {
    const ratios = budgets.map((trials) =>
      objectives.flatMap(
        (each) =>
          difference(
            scores.logRegrets(each, ours, trials),
            scores.logRegrets(each, theirs, trials),
          ) ?? [],
      ),
    );
    const [first = []] = ratios;
    return first.length === 0 ? [] : [[about, seedsText(first), ...ratios.map(ratioText)]];
  });
  return markdown(["", "objectives, seeds", ...budgetHeads], rows);
}

/** Medians of the regret of one of ours beside Optuna's and random search, objective by objective. */
export function byObjective(scores: Scores, ours: string): string {
  const objectives = scores.objectives.filter(
    (each) => !isFront(each) && scores.runsOf(each, ours).length > 0,
  );
  const compared = objectives.map((each) =>
    budgets.map((trials) => overTheBetter(scores, each, ours, trials, "end")?.pairs ?? []),
  );
  const tests = compared.map((pairs) => pairs.map(signedRank));
  const probabilities = holm(tests.flat());
  const rows = objectives.map((objective, index) => {
    const regrets = [ours, "optuna-gp", "optuna-tpe", "optuna-random"].map((contender) =>
      budgets
        .map((each) => numberText(scores.medianRegret(objective, contender, each)))
        .join(" / "),
    );
    const own = compared[index] ?? [];
    const wins = own.map((pairs) => percent(winRate(pairs))).join(" / ");
    const from = index * budgets.length;
    const p = Math.min(...probabilities.slice(from, from + budgets.length));
    return [objective, ...regrets, wins, p > 0.99 ? "1" : p.toPrecision(1)];
  });
  const contenders = [`\`${ours}\``, "Optuna's GP", "its TPE", "random"];
  return markdown(["objective", ...contenders, "wins", "least p (Holm)"], rows);
}

type By = "end" | "area";

/** Undefined where ours, or both of Optuna's, have no runs. */
function overTheBetter(
  scores: Scores,
  objective: string,
  contender: string,
  trials: number,
  by: By,
): Difference | undefined {
  const measured = (side: Side) =>
    by === "end"
      ? scores.logRegrets(objective, side, trials)
      : scores.areas(objective, side, trials);
  const peers = ["optuna-gp", "optuna-tpe"]
    .map((peer) => measured({ contender: peer }))
    .filter(({ size }) => size > 0);
  const level = (values: ReadonlyMap<number, number>) => mean([...values.values()]);
  const [better] = peers.sort((a, b) => level(a) - level(b));
  return better && difference(measured({ contender }), better);
}

const budgetHeads = budgets.map((each) => `@${each}`);

export function markdown(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}

function ratioText(differences: readonly Difference[]): string {
  const { ratio, low, high } = geometricMean(differences);
  return `${ratio.toFixed(2)} [${low.toFixed(2)}, ${high.toFixed(2)}]`;
}

function seedsText(differences: readonly Difference[]): string {
  const seeds = differences.map((each) => each.seeds);
  const [least, most] = [Math.min(...seeds), Math.max(...seeds)];
  return `${differences.length}, ${least === most ? least : `${least} to ${most}`}`;
}

export function numberText(value: number): string {
  if (Number.isNaN(value)) return "–";
  if (value === 0) return "0";
  return value < 1e-3 ? value.toExponential(0) : String(Number(value.toPrecision(2)));
}

function percent(share: number): string {
  return Number.isNaN(share) ? "–" : `${Math.round(share * 100)} %`;
}
