/** At which of a trial's reports a rule with a warm-up and an interval looks. */

export interface Looks {
  readonly warmupSteps: number;
  readonly interval: number;
}

/** With steps counted from 0, as Optuna's pruners have it: at `warmupSteps` and every `interval` from there. */
export function looksAt({ warmupSteps, interval }: Looks, count: number): boolean {
  const since = count - 1 - warmupSteps;
  return since >= 0 && since % interval === 0;
}

/** The first looks are all taken by a rule that compares; afterwards the stride doubles as the curve does. */
const dense = 100;

/**
 * For a rule that compares with others, whose values must be kept where it looks: after a hundred
 * looks every 8th, after two hundred every 16th, and so on, so that a curve of a hundred thousand
 * reports need not be kept whole.
 */
export function comparesAt(looks: Looks, count: number): boolean {
  if (!looksAt(looks, count)) return false;
  const look = (count - 1 - looks.warmupSteps) / looks.interval;
  if (look < dense) return true;
  const doublings = Math.floor(Math.log2(look / dense));
  return look % (8 * 2 ** doublings) === 0;
}
