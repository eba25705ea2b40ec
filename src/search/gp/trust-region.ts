/**
 * The box around the best point that local trials are drawn from, its side replayed from the results.
 *
 * In the manner of TuRBO (Eriksson et al., "Scalable global optimization via local Bayesian
 * optimization", 2019): it grows with success and shrinks with failure. Only every third trial is
 * local, so that the rest go on looking elsewhere.
 */
import { distance, type Encoding } from "./encoding.js";
import type { Box } from "./maximize.js";
import type { Row } from "./observed.js";

const firstLocal = 20;
const every = 3;
const sideAtFirst = 0.4;
const sideAtMost = 0.8;
const sideAtLeast = 0.004;
const growth = 1.6;
const shrinkage = 0.7;

/** By the number of the draw alone, so that a trial's kind need not be stored. */
export function isLocal(draw: number): boolean {
  return draw >= firstLocal && (draw + 1) % every === 0;
}

/** The side of the box after all results, in the order in which they came. */
export function sideOf(rows: readonly Row[], encoding: Encoding): number {
  const inOrder = rows
    .filter(({ ended, violation }) => ended !== null && violation === 0)
    .sort((a, b) => (a.ended ?? 0) - (b.ended ?? 0));
  let side = sideAtFirst;
  let best: Row | undefined;
  for (const row of inOrder) {
    const isBetter = best === undefined || row.loss < best.loss;
    if (row.draw !== null && isLocal(row.draw)) {
      side = isBetter ? Math.min(sideAtMost, side * growth) : side * shrinkage;
      if (side < sideAtLeast) side = sideAtFirst;
    } else if (isBetter && best !== undefined) {
      // A leap to elsewhere: what lies around it is not known as finely as this box assumed.
      const leap = distance(encoding, row.point, best.point);
      side = Math.max(side, Math.min(sideAtMost, 2 * leap));
    }
    if (isBetter) best = row;
  }
  return side;
}

export function boxAround({ features }: Row, side: number): Box {
  return {
    lower: features.map((each) => Math.min(1, Math.max(0, each - side / 2))),
    upper: features.map((each) => Math.max(0, Math.min(1, each + side / 2))),
  };
}
