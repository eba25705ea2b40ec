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

/** A number is bytes; `kB` counts by 1000, `KiB` by 1024. */
export function sizeBytes(size: number | string): number {
  if (typeof size === "number") return Math.round(size);
  const [, amount = "0", prefix = "", binary] =
    /^(\d+(?:\.\d+)?) ?([kKMGT]?)(i?)B$/.exec(size) ?? [];
  const power = ["", "K", "M", "G", "T"].indexOf(prefix.toUpperCase());
  return Math.round(Number(amount) * (binary === "i" ? 1024 : 1000) ** Math.max(0, power));
}
