/** The few special functions that a Gaussian process and its acquisition need. */

const stepsPerUnit = 32;
const deepest = 40;
/** exp(-i / 32): the rest of an argument is at most a 64th, where seven terms of the series suffice. */
const powers = Float64Array.from({ length: deepest * stepsPerUnit + 2 }, (_, index) =>
  Math.exp(-index / stepsPerUnit),
);

/**
 * exp(-x) for x at least 0, to 2 parts in 10^16; 0 beyond 40. Kernels spend most of their time here,
 * and a table is about four times as fast as `Math.exp`.
 */
export function expOfMinus(x: number): number {
  if (x >= deepest) return 0;
  const index = (x * stepsPerUnit + 0.5) | 0;
  const r = index / stepsPerUnit - x;
  const series =
    1 + r * (1 + r * (1 / 2 + r * (1 / 6 + r * (1 / 24 + r * (1 / 120 + r * (1 / 720))))));
  return (powers[index] ?? 0) * series;
}

const inverseRootPi = 1 / Math.sqrt(Math.PI);
const rootHalfPi = Math.sqrt(Math.PI / 2);
const halfLog2Pi = 0.5 * Math.log(2 * Math.PI);

/**
 * exp(x²) erfc(x) for x at least 0, to a few parts in 10^15.
 *
 * Up to 1 by the series of erf (Abramowitz & Stegun 7.1.6), beyond by the continued fraction (7.1.14).
 */
export function erfcx(x: number): number {
  return x < 1 ? erfcxBySeries(x) : erfcxByFraction(x);
}

function erfcxBySeries(x: number): number {
  // exp(x²) erf(x) = 2/√π Σ 2ⁿ x²ⁿ⁺¹ / (2n + 1)!!, all of one sign.
  let term = x;
  let sum = x;
  for (let n = 1; n < 80 && term > sum * 1e-17; n += 1) {
    term *= (2 * x * x) / (2 * n + 1);
    sum += term;
  }
  return Math.exp(x * x) - 2 * inverseRootPi * sum;
}

function erfcxByFraction(x: number): number {
  // √π erfcx(x) = 1 / (x + (1/2) / (x + (2/2) / (x + (3/2) / ...))), from far enough down.
  const depth = 12 + Math.ceil(400 / (x * x));
  let rest = x;
  for (let n = depth; n > 0; n -= 1) rest = x + n / 2 / rest;
  return inverseRootPi / rest;
}

/** The density of the standard normal distribution. */
export function normalDensity(z: number): number {
  return Math.exp(-0.5 * z * z - halfLog2Pi);
}

export function normalCumulative(z: number): number {
  const x = Math.abs(z) / Math.SQRT2;
  const tail = 0.5 * erfcx(x) * Math.exp(-x * x);
  return z < 0 ? tail : 1 - tail;
}

/** Of the logarithm, with its derivative: the one is -z²/2 and the other -z far below 0. */
export function logNormalCumulative(z: number): Slope {
  if (z > -1) {
    const cumulative = normalCumulative(z);
    return { value: Math.log(cumulative), slope: normalDensity(z) / cumulative };
  }
  const scaled = erfcx(-z / Math.SQRT2);
  return {
    value: -0.5 * z * z + Math.log(0.5 * scaled),
    slope: 2 / (scaled * Math.sqrt(2 * Math.PI)),
  };
}

export interface Slope {
  readonly value: number;
  readonly slope: number;
}

/**
 * log h(z) and its derivative, where sd h(z) with h(z) = φ(z) + z Φ(z) is the expected improvement
 * at z = (best - mean) / sd.
 *
 * After Ament et al., "Unexpected improvements to expected improvement for Bayesian optimization"
 * (2023), section 4.1: where h underflows its logarithm does not, and its gradient still points the way.
 */
export function logImprovement(z: number): Slope {
  if (z > -1) {
    const cumulative = normalCumulative(z);
    const h = normalDensity(z) + z * cumulative;
    return { value: Math.log(h), slope: cumulative / h };
  }
  const base = -0.5 * z * z - halfLog2Pi;
  const x = 1 / (z * z);
  if (z < -50) {
    // With R(z) = Φ(z)/φ(z), by its asymptotic series: 1 + z R = x (1 - 3x + 15x² - 105x³ + ...).
    const rest = x * (1 - x * (3 - x * (15 - x * (105 - x * 945))));
    const ratio = (1 - x * (1 - x * (3 - x * (15 - x * 105)))) / -z;
    return { value: base + Math.log(rest), slope: ratio / rest };
  }
  const ratio = rootHalfPi * erfcx(-z / Math.SQRT2);
  const rest = 1 + z * ratio;
  return { value: base + Math.log(rest), slope: ratio / rest };
}
