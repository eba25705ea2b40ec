/**
 * At which counts of reported values W&B's engine compares trials, and how many of them go on
 * (`hyperband_stopping.py` of sweeps 0.3.0).
 */
import type { Hyperband } from "./sweep.js";

/** More bands than this are not counted: without `max_iter` they go on for ever. */
const bandsCounted = 100;

/** In reported values, in ascending order; empty where the rule is not whole. */
export function bandsOf({ minIter, maxIter, s, eta }: Hyperband): readonly number[] {
  if (maxIter !== undefined) return s === undefined ? [] : bandsBelow(maxIter, s, eta);
  if (minIter === undefined) return [];
  const bands: number[] = [];
  // Multiplied on, as W&B does: a power of a fractional eta may round to another count.
  for (let band = minIter; bands.length < bandsCounted; band *= eta) bands.push(Math.floor(band));
  return bands.filter(Number.isSafeInteger);
}

/** Down from the longest run, by factors of `eta` above 1, in at most `s` steps. */
export function bandsBelow(maxIter: number, s: number, eta: number): readonly number[] {
  const bands: number[] = [];
  // More than these are no bands of any run, and would not end for an `eta` near 1.
  const most = Math.min(s, 1000);
  for (let band = maxIter / eta; bands.length < most && band >= 1; band /= eta) {
    bands.unshift(Math.floor(band));
  }
  return bands;
}

/**
 * Where the threshold stands among `reach` sorted values, the best first, from 0. W&B multiplies by
 * a rounded 1/eta, which is one less than the quotient now and then.
 */
export function thresholdIndex(reach: number, eta: number): number {
  return Math.floor((1 / eta) * reach);
}

/** How many of `reach` trials that are compared at a band go on: the threshold passes itself. */
export function survivorsOf(reach: number, eta: number): number {
  return Math.min(reach, thresholdIndex(reach, eta) + 1);
}
