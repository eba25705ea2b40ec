/** Scales from values to pixels, and the ticks worth naming on them. */
export type Scale = (value: number) => number;

/** Values outside the domain are drawn at its edge: a diverged curve leaves the frame flat. */
export function scaleBetween(
  domain: { readonly min: number; readonly max: number; readonly log: boolean },
  from: number,
  to: number,
): Scale {
  const place = domain.log ? Math.log : (value: number): number => value;
  const [low, high] = [place(domain.min), place(domain.max)];
  const span = high - low || 1;
  return (value) => {
    const fraction = (place(value) - low) / span;
    const clamped = Number.isNaN(fraction) ? 1 : Math.min(1, Math.max(0, fraction));
    return from + clamped * (to - from);
  };
}

/** At most `most` round values between two others: 1, 2 and 5 times powers of ten. */
export function ticksBetween(min: number, max: number, log: boolean, most: number): number[] {
  if (!(max > min)) return [min];
  return log && max / min >= 5 ? logTicks(min, max, most) : evenTicks(min, max, most);
}

function logTicks(min: number, max: number, most: number): number[] {
  const first = Math.floor(Math.log10(min));
  const last = Math.ceil(Math.log10(max));
  const within = (steps: readonly number[]): number[] => {
    const ticks: number[] = [];
    for (let power = first; power <= last; power++) {
      for (const step of steps) {
        const tick = Number((step * 10 ** power).toPrecision(3));
        if (tick >= min && tick <= max) ticks.push(tick);
      }
    }
    return ticks;
  };
  const fitting = [[1, 2, 5], [1, 5], [1]].map(within).find((ticks) => ticks.length <= most);
  if (fitting !== undefined) return fitting;
  const powers = within([1]);
  const every = Math.ceil(powers.length / most);
  return powers.filter((_, place) => place % every === 0);
}

function evenTicks(min: number, max: number, most: number): number[] {
  const rough = (max - min) / most;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((times) => times * power).find((size) => size >= rough) ?? rough;
  const ticks: number[] = [];
  for (let at = Math.ceil(min / step); at * step <= max + step * 1e-6; at++) {
    ticks.push(Number((at * step).toPrecision(6)));
  }
  return ticks;
}

/** Whole steps: the first, the last, and round ones that stand clear of both. */
export function stepTicks(first: number, last: number, most: number): number[] {
  const clear = (last - first) / (most * 1.5);
  const between = evenTicks(first, last, most).filter(
    (tick) => Number.isInteger(tick) && tick - first > clear && last - tick > clear,
  );
  return [first, ...between, last];
}

export function tickText(value: number): string {
  const size = Math.abs(value);
  if (size !== 0 && (size >= 1e5 || size < 1e-3)) return value.toExponential(0).replace("e+", "e");
  return String(value);
}
