/**
 * The beta distribution: its quantile function, and the inverse of that.
 *
 * The incomplete beta function by its continued fraction (Abramowitz & Stegun 26.5.8, evaluated
 * by the modified Lentz method), inverted by Newton steps on ln x inside a bracket: on that scale
 * the function is smooth even where x is as small as 1e-300, which a shape below 1 makes usual.
 */

/** `probability` in the open interval (0, 1), `a` and `b` above 0. */
export function betaQuantile(probability: number, a: number, b: number): number {
  const lnBeta = lnBetaFunction(a, b);
  const middle = a / (a + b);
  if (probability <= lowerBeta(middle, 1 - middle, a, b, lnBeta)) {
    return invert(probability, a, b, lnBeta);
  }
  // The other end is solved for 1 - x, which keeps its digits there.
  return 1 - invert(1 - probability, b, a, lnBeta);
}

/** The chance of a value of at most `value`, with `a` and `b` above 0: the inverse of `betaQuantile`. */
export function betaProbability(value: number, a: number, b: number): number {
  if (value <= 0) return 0;
  if (value >= 1) return 1;
  return lowerBeta(value, 1 - value, a, b, lnBetaFunction(a, b));
}

/** Solves I_x(a, b) = probability, for an x at or below the mean. */
function invert(probability: number, a: number, b: number, lnBeta: number): number {
  const target = Math.log(probability);
  // For small x the integral is x^a / (a B(a, b)): exact in the limit, and the usual case for a < 1.
  const first = (target + Math.log(a) + lnBeta) / a;
  let low = -Infinity;
  let high = 0;
  let lnX = Math.min(first, Math.log(a / (a + b)));
  for (let round = 0; round < 200; round += 1) {
    const x = Math.exp(lnX);
    if (x === 0) return 0;
    const value = lowerBeta(x, 1 - x, a, b, lnBeta);
    const miss = Math.log(value) - target;
    if (miss > 0) high = lnX;
    else low = lnX;
    // d ln I / d ln x = x f(x) / I(x)
    const slope = Math.exp(a * lnX + (b - 1) * Math.log1p(-x) - lnBeta) / value;
    let next = lnX - miss / slope;
    if (!(next > low && next < high)) next = Number.isFinite(low) ? (low + high) / 2 : high - 1;
    if (Math.abs(next - lnX) <= 1e-15 * Math.max(1, Math.abs(lnX))) return Math.exp(next);
    lnX = next;
  }
  return Math.exp(lnX);
}

/** I_x(a, b); `y` is 1 - x, given by the caller, who may know it with more digits. */
function lowerBeta(x: number, y: number, a: number, b: number, lnBeta: number): number {
  const front = Math.exp(a * Math.log(x) + b * Math.log(y) - lnBeta);
  // The fraction converges fast on this side of the mean only.
  if (x < (a + 1) / (a + b + 2)) return (front * betaFraction(x, a, b)) / a;
  return 1 - (front * betaFraction(y, b, a)) / b;
}

function betaFraction(x: number, a: number, b: number): number {
  const tiny = 1e-300;
  const away = (value: number): number => (Math.abs(value) < tiny ? tiny : value);
  let c = 1;
  let d = 1 / away(1 - ((a + b) * x) / (a + 1));
  let fraction = d;
  for (let m = 1; m <= 10_000; m += 1) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / away(1 + even * d);
    c = away(1 + even / c);
    fraction *= d * c;
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / away(1 + odd * d);
    c = away(1 + odd / c);
    const step = d * c;
    fraction *= step;
    if (Math.abs(step - 1) < 1e-16) break;
  }
  return fraction;
}

/** ln B(a, b). */
function lnBetaFunction(a: number, b: number): number {
  const [small, large] = a < b ? [a, b] : [b, a];
  if (large < stirlingFrom) return lnGamma(small) + lnGamma(large) - lnGamma(small + large);
  // ln Γ(large) - ln Γ(small + large), with what cancels taken out: it would cost six digits.
  const sum = small + large;
  const difference =
    small -
    small * Math.log(sum) -
    (large - 0.5) * Math.log1p(small / large) +
    stirlingSeries(large) -
    stirlingSeries(sum);
  return lnGamma(small) + difference;
}

const stirlingFrom = 10;

/** ln Γ(x) for x > 0: Stirling's series, reached from below by Γ(x + 1) = x Γ(x). */
function lnGamma(x: number): number {
  let shift = 1;
  let z = x;
  while (z < stirlingFrom) {
    shift *= z;
    z += 1;
  }
  const stirling = (z - 0.5) * Math.log(z) - z + 0.5 * Math.log(2 * Math.PI) + stirlingSeries(z);
  return stirling - Math.log(shift);
}

/** What Stirling's formula leaves out of ln Γ(x), for x of 10 and more (Abramowitz & Stegun 6.1.41). */
function stirlingSeries(x: number): number {
  const w = 1 / (x * x);
  const terms = [1 / 12, -1 / 360, 1 / 1260, -1 / 1680, 1 / 1188, -691 / 360360, 1 / 156];
  return terms.reduceRight((sum, term) => sum * w + term, 0) / x;
}
