/** The middle of the sorted values; between the two in the middle where their number is even. */
export function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}

/** Interpolated between neighbours; NaN for no values at all. */
export function quantile(values: readonly number[], probability: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const at = probability * (sorted.length - 1);
  const below = sorted[Math.floor(at)] ?? Number.NaN;
  const above = sorted[Math.ceil(at)] ?? below;
  return below + (above - below) * (at - Math.floor(at));
}
