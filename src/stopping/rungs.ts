/** Where successive halving compares trials, and which bracket a trial is in. */

/** More are not counted: an `eta` near 1 gives one at almost every report. */
const rungsCounted = 1000;

/**
 * Counts of reports, ascending, from `minSteps` by factors of `eta` (above 1), each below `end`; rounded down where
 * `eta` is no whole number. By multiplication: the quotient of two logarithms loses rungs, for
 * log(243)/log(3) is less than 5.
 */
export function rungsFrom(minSteps: number, eta: number, end: number): readonly number[] {
  const rungs: number[] = [];
  for (let at = minSteps; at < end && rungs.length < rungsCounted; at *= eta) {
    const rung = Math.floor(at);
    if (rung !== rungs.at(-1)) rungs.push(rung);
  }
  return rungs;
}

const goldenFraction = (Math.sqrt(5) - 1) / 2;

/**
 * The bracket of a trial, from 0, each as often as its share says. The multiples of the golden ratio fill the unit
 * interval evenly and without a period, so that every stretch of trials has all brackets in their
 * proportions, and none coincides with a choice that a grid makes every second time.
 */
export function bracketOf(trial: number, shares: readonly number[]): number {
  const total = shares.reduce((sum, share) => sum + share, 0);
  const at = (((trial + 0.5) * goldenFraction) % 1) * total;
  let passed = 0;
  for (const [bracket, share] of shares.entries()) {
    passed += share;
    if (at < passed) return bracket;
  }
  return shares.length - 1;
}

/**
 * How many trials each of `count` brackets gets so that all spend about the same (Li et al. 2018,
 * algorithm 1; bracket b begins b rungs later): ceil(B·eta^(B-1-b) / (B-b)).
 */
export function bracketShares(count: number, eta: number): readonly number[] {
  return Array.from({ length: count }, (_, bracket) =>
    Math.ceil((count * eta ** (count - 1 - bracket)) / (count - bracket)),
  );
}
