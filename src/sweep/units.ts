/** Durations and sizes with units, as `limits:` takes them. */

const durationUnitsMs: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1000,
  m: 60_000,
  min: 60_000,
  h: 3_600_000,
  d: 86_400_000,
};

/** A number is seconds. */
export function durationMs(duration: number | string): number {
  if (typeof duration === "number") return Math.round(duration * 1000);
  let sum = 0;
  for (const [, amount, unit = ""] of duration.matchAll(/(\d+(?:\.\d+)?)(ms|s|min|m|h|d)/g)) {
    sum += Number(amount) * (durationUnitsMs[unit] ?? 0);
  }
  return Math.round(sum);
}
